"""What the signatures of a PDF say: judged over the whole document, fetching nothing, whatever the bytes are."""

import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

MAX_BYTES = 20 * 1024 * 1024
MAX_SIGNATURES = 12


@dataclass(frozen=True)
class Finding:
    """One signature: whose, over the whole document or not, by a key of this house or not, and when it says it was made."""

    signer: str
    fingerprint: str
    is_valid: bool
    is_whole: bool
    is_of_house: bool
    claimed_at: datetime | None
    reason: str


def signatures_of(pdf: bytes, *, trusted: list[x509.Certificate]) -> list[Finding] | None:
    """Each signature of the file, in order; None where the bytes are no PDF that can be read.

    `trusted` are the certificates of this house. A signature is valid if pyHanko's bottom line says so: nothing was changed
    or laid over after it. `intact` alone would stay true after an overlay.
    """
    if len(pdf) > MAX_BYTES or b"%PDF-" not in pdf[:1024]:
        return None
    roots = [asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)) for certificate in trusted]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        return [_judged(signature, roots, len(pdf)) for signature in list(reader.embedded_signatures)[:MAX_SIGNATURES]]
    # Hostile bytes make a parser fail in ways that its authors did not name; all of them mean the same here.
    except Exception:
        return None


def _judged(signature, roots: list[asn1_x509.Certificate], length: int) -> Finding:  # type: ignore[no-untyped-def]
    certificate = signature.signer_cert
    own = {root.sha256 for root in roots}
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    try:
        # Our seals commit to what they seal; a key without that use is nobody's seal.
        usage = KeyUsageConstraints(key_usage={"digital_signature"})
        status = validate_pdf_signature(signature, signer_validation_context=context, key_usage_settings=usage)
        is_valid, reason = bool(status.bottom_line), "" if status.bottom_line else _why(status)
    except Exception as wrong:
        is_valid, reason = False, type(wrong).__name__
    first, _count, second, rest = (int(number) for number in signature.byte_range)
    return Finding(
        signer=_name(certificate),
        fingerprint=certificate.sha256.hex() if certificate else "",
        is_valid=is_valid,
        is_whole=first == 0 and second + rest == length,
        is_of_house=certificate is not None and certificate.sha256 in own,
        claimed_at=signature.self_reported_timestamp,
        reason=reason,
    )


def _why(status) -> str:  # type: ignore[no-untyped-def]
    if not status.intact:
        return "changed"
    if not status.trusted:
        return "unknown key"
    return "added to after sealing"


def _name(certificate: asn1_x509.Certificate | None) -> str:
    if certificate is None:
        return ""
    return str(certificate.subject.native.get("common_name", ""))[:200]
