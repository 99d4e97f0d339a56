"""The certificate that the house makes for itself: self-signed, ECDSA P-256. PCs know it by its fingerprint."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bekal.embedded.refusals import Refused
from bekal.network.certificate import Certificate, as_name, fingerprint, key_as_text, names_of, write

# Browsers take no longer life than 825 days from a certificate that somebody put in by hand.
LIFE, RENEWED_BEFORE = timedelta(days=820), timedelta(days=90)


def own_certificate(folder: Path, *, names: Sequence[str], at: datetime) -> Certificate:
    """The house's own certificate: made at its first use, and anew with the same key before it ends or if the PC has another name.

    An address that came later does not change it, since every change is a new fingerprint for every PC of the office: delete
    `bekal.crt` to have the addresses of today in it.

    Raises:
        Refused: what lies there is not ours to read, or no certificate.
    """
    paths = folder / "bekal.crt", folder / "bekal.key"
    key = _key(paths[1])
    found = _read(paths[0], key)
    if found is None or found.not_valid_after_utc - at < RENEWED_BEFORE or names[0] not in names_of(found):
        found = _make(key, names=names, at=at)
        write(paths[0], found.public_bytes(serialization.Encoding.PEM))
    return Certificate(*paths, fingerprint(found), names_of(found), found.not_valid_after_utc, is_of_authority=False)


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    if not path.exists():
        write(path, key_as_text(ec.generate_private_key(ec.SECP256R1())))
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Refused(
            f"Kunci sertifikat {path} tidak terbaca. Hapus berkas itu agar dibuat yang baru, lalu jalankan lagi."
        )
    path.chmod(0o600)
    return key


def _read(path: Path, key: ec.EllipticCurvePrivateKey) -> x509.Certificate | None:
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if found.public_key() == key.public_key() else None


def _make(key: ec.EllipticCurvePrivateKey, *, names: Sequence[str], at: datetime) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # PCs whose clock is a little late still take it.
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + LIFE)
        .add_extension(x509.SubjectAlternativeName([as_name(name) for name in names]), critical=False)
        # No authority: whoever trusts it trusts this house and nothing that it could sign.
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
