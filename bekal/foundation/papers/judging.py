"""The judge of signatures, in a process of its own: started by `verifying`, it reads hostile bytes and may be killed.

Standard input: one line of JSON with the house's certificates, then the PDF. Standard output: a list of findings, or null.
"""

import io
import json
import logging
import sys
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from bekal.foundation.core.confined import confine

MAX_SIGNATURES = 12
# A paper of ours takes 1.5 s and 150 MB with the start of this process, nearly all of it the start.
MAX_SECONDS = 10
MAX_MEMORY = 1 << 30


def judged(pdf: bytes, *, house: list[bytes]) -> list[dict[str, Any]] | None:
    """What each signature of the file says, in order; None where the bytes are no PDF that can be read.

    `house` are certificates (DER) that are trusted. Nothing is fetched.
    """
    roots = [x509.Certificate.load(certificate) for certificate in house]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        return [_judged(signature, roots, len(pdf)) for signature in list(reader.embedded_signatures)[:MAX_SIGNATURES]]
    # Hostile bytes make a parser fail in ways that its authors did not name; all of them mean the same here.
    except Exception:
        return None


def _judged(signature: Any, roots: list[x509.Certificate], length: int) -> dict[str, Any]:
    certificate = signature.signer_cert
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    try:
        # A key whose certificate does not allow signing is nobody's seal.
        usage = KeyUsageConstraints(key_usage={"digital_signature"})
        status = validate_pdf_signature(signature, signer_validation_context=context, key_usage_settings=usage)
        is_valid, reason = bool(status.bottom_line), "" if status.bottom_line else _why(status)
    except Exception as wrong:
        is_valid, reason = False, type(wrong).__name__
    first, count, second, rest = (int(number) for number in signature.byte_range)
    told = signature.self_reported_timestamp
    return {
        "signer": _name(certificate),
        "fingerprint": certificate.sha256.hex() if certificate else "",
        "is_valid": is_valid,
        "is_whole": first == 0 and 0 < count < second and second + rest == length,
        "is_of_house": certificate is not None and certificate.sha256 in {root.sha256 for root in roots},
        "claimed_at": told.isoformat() if told else None,
        "reason": reason,
    }


def _why(status: Any) -> str:
    if not status.intact:
        return "changed"
    if not status.trusted:
        return "unknown key"
    return "added to after sealing"


def _name(certificate: x509.Certificate | None) -> str:
    if certificate is None:
        return ""
    return str(certificate.subject.native.get("common_name", ""))[:200]


if __name__ == "__main__":
    confine(seconds=MAX_SECONDS, memory=MAX_MEMORY)
    # Nobody reads what the parser says of hostile bytes.
    logging.disable()
    head, _line, sent = sys.stdin.buffer.read().partition(b"\n")
    known = [bytes.fromhex(certificate) for certificate in json.loads(head)]
    sys.stdout.write(json.dumps(judged(sent, house=known)))
