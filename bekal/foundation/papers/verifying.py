"""What the signatures of a PDF say: judged over the whole document, fetching nothing, whatever the bytes are.

The judge is another process (`judging`), confined as `core.confined` says.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from bekal.foundation.core.confined import Stopped, answer_of

MAX_BYTES = 20 * 1024 * 1024
PATIENCE_SECONDS = 45


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
    """Each signature of the file, in order; None where the bytes are no PDF that can be read in time.

    `trusted` are the certificates of this house. A signature is valid if pyHanko's bottom line says so: nothing was changed
    or laid over after it. `intact` alone would stay true after an overlay.
    """
    if len(pdf) > MAX_BYTES or b"%PDF-" not in pdf[:1024]:
        return None
    # A signature has a byte range, and its name is never compressed: without one there is nothing to judge.
    if b"/ByteRange" not in pdf:
        return []
    head = json.dumps([certificate.public_bytes(Encoding.DER).hex() for certificate in trusted]).encode()
    try:
        said = answer_of("bekal.foundation.papers.judging", head + b"\n" + pdf, patience_seconds=PATIENCE_SECONDS)
    except Stopped:
        return None
    found = json.loads(said)
    return None if found is None else [_finding(one) for one in found]


def _finding(told: dict[str, str | bool | None]) -> Finding:
    claimed_at = told.pop("claimed_at")
    return Finding(claimed_at=datetime.fromisoformat(str(claimed_at)) if claimed_at else None, **told)  # type: ignore[arg-type]
