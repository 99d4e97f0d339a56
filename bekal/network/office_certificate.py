"""The certificate that the office gives, in place of the house's own."""

import os
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from bekal.embedded.refusals import Refused
from bekal.network.certificate import Certificate, fingerprint, key_as_text, names_of, write

FILES = ("kantor.crt", "kantor.key")


def office_certificate(folder: Path, *, at: datetime) -> Certificate | None:
    """What BEKAL_TLS_CERT and BEKAL_TLS_KEY name, else `kantor.crt` and `kantor.key` in the folder, else nothing.

    Raises:
        Refused: half a pair, unreadable, locked, not belonging together, over, or not yet begun.
    """
    paths = _named() or _lying_in(folder)
    if paths is None:
        return None
    chain, key = _certificates(paths[0]), _key(paths[1])
    first = chain[0]
    if first.public_key() != key.public_key():
        raise Refused(f"Sertifikat {paths[0]} dan kunci {paths[1]} bukan pasangan. Periksa kedua berkas itu.")
    _check_time(first, paths[0], at)
    served = folder / "kantor.pkcs8"
    # The web server reads one form of key only; whatever form came, it finds that one.
    write(served, key_as_text(key))
    is_of_authority = first.issuer != first.subject
    return Certificate(
        paths[0], served, fingerprint(first), names_of(first), first.not_valid_after_utc, is_of_authority
    )


def _named() -> tuple[Path, Path] | None:
    certificate, key = os.environ.get("BEKAL_TLS_CERT"), os.environ.get("BEKAL_TLS_KEY")
    if certificate and key:
        return Path(certificate), Path(key)
    if certificate or key:
        raise Refused("BEKAL_TLS_CERT dan BEKAL_TLS_KEY harus diisi dua-duanya: sertifikat kantor dan kuncinya.")
    return None


def _lying_in(folder: Path) -> tuple[Path, Path] | None:
    certificate, key = (folder / name for name in FILES)
    if certificate.exists() and key.exists():
        return certificate, key
    if certificate.exists() or key.exists():
        raise Refused(f"Di {folder} harus ada kedua berkas, {FILES[0]} dan {FILES[1]}, atau tidak satu pun.")
    return None


def _content(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise Refused(f"{what} {path} tidak terbaca ({wrong.strerror}).") from wrong


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_content(path, "Sertifikat kantor"))
    except ValueError:
        raise Refused(f"Berkas {path} bukan sertifikat dalam bentuk PEM.") from None


def _key(path: Path) -> PrivateKeyTypes:
    try:
        return serialization.load_pem_private_key(_content(path, "Kunci sertifikat kantor"), None)
    except TypeError:
        raise Refused(f"Kunci {path} terkunci dengan kata sandi. Simpan kunci itu tanpa kata sandi.") from None
    except ValueError:
        raise Refused(f"Berkas {path} bukan kunci dalam bentuk PEM.") from None


def _check_time(certificate: x509.Certificate, path: Path, at: datetime) -> None:
    if certificate.not_valid_after_utc <= at:
        ended = certificate.not_valid_after_utc.strftime("%d-%m-%Y")
        raise Refused(f"Sertifikat kantor {path} sudah berakhir pada {ended}. Pasang yang baru.")
    if certificate.not_valid_before_utc > at:
        begins = certificate.not_valid_before_utc.strftime("%d-%m-%Y")
        raise Refused(f"Sertifikat kantor {path} baru berlaku mulai {begins}. Periksa juga jam PC ini.")
