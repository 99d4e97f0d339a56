"""The certificate with which the house shows itself to the office's PCs."""

import ipaddress
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key, as files that the web server reads."""

    certificate: Path
    key: Path
    fingerprint: str
    names: Sequence[str]
    ends_at: datetime
    # Given by the office and signed by an authority that its PCs know; then browsers may be told to insist on it.
    is_of_authority: bool


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the certificate, in the form in which browsers show it: AB:CD:…"""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def names_of(certificate: x509.Certificate) -> list[str]:
    """Names and addresses for which a certificate stands."""
    with suppress(x509.ExtensionNotFound):
        said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        hosts = said.get_values_for_type(x509.DNSName)
        return [*hosts, *(str(address) for address in said.get_values_for_type(x509.IPAddress))]
    return []


def as_name(name: str) -> x509.GeneralName:
    """A name or an address as it stands in a certificate."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def key_as_text(key: PrivateKeyTypes) -> bytes:
    """A key in the one form that the web server reads (PKCS#8)."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write(path: Path, text: bytes) -> None:
    """Write a file that only we may read; whole, or as it was."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text)
    draft.replace(path)
