"""The facility's own sealing key: P-256, made at its first use, kept outside the database with its certificate."""

import os
import stringprep
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

# A seal is checked by the house that made it, so its key lives as long as the papers do.
YEARS = 30


@dataclass(frozen=True)
class SealKey:
    """A parsed private key with its certificate."""

    private: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate."""
        return self.certificate.fingerprint(hashes.SHA256())

    @property
    def subject(self) -> str:
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _folder(facility: UUID) -> Path:
    return Path(settings.DATA) / "keys" / "seal" / str(facility)


def key_of(facility: UUID, *, subject: str) -> SealKey:
    """The key of a facility; the first use makes it, with `subject` as the neutral name on its certificate."""
    folder = _folder(facility)
    if not (folder / "whole.pem").exists():
        _make(folder, subject)
    return _read(folder / "whole.pem")


@lru_cache(maxsize=64)
def _read(path: Path) -> SealKey:
    """Parsed once a process: parsing costs more than sealing."""
    pem = path.read_bytes()
    private = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("A seal's key is P-256.")
    return SealKey(private, x509.load_pem_x509_certificate(pem))


def _plain(subject: str) -> str:
    """The name without letters that certificates do not know (RFC 4518: those after Unicode 3.2), or nobody could check it."""
    known = "".join(letter for letter in subject if letter.isprintable() and not stringprep.in_table_a1(letter))
    return known.strip() or "Penerbit"


def _make(folder: Path, subject: str) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _plain(subject)[:64])])
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        # Papers of a history that is entered later are sealed with the day they tell.
        .not_valid_before(today - timedelta(days=3650))
        .not_valid_after(today + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(private, hashes.SHA256())
    )
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    for above in (folder.parent.parent, folder.parent, folder):
        above.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = folder / f"{os.getpid()}.pem"
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link fails where another process was first: then its key is the key.
        os.link(making, folder / "whole.pem")
    except FileExistsError:
        pass
    finally:
        making.unlink()


def certificates_of_house() -> list[x509.Certificate]:
    """The certificates of every facility that has sealed in this house."""
    folder = Path(settings.DATA) / "keys" / "seal"
    return [_read(path).certificate for path in sorted(folder.glob("*/whole.pem"))]
