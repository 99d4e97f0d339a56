"""The chain's rule, in Python, beside the trigger that writes it: two hands that must agree."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

GENESIS = b"\0" * 32


@dataclass(frozen=True)
class Link:
    """An event as the database tells it; `payload` is the text of its jsonb, to the letter."""

    facility: int
    seq: int
    at: datetime
    code: str
    actor: str
    actor_role: str
    subject_kind: str
    subject: str
    payload: str
    prev_hash: bytes
    hash: bytes


def link_hash(link: Link, prev_hash: bytes) -> bytes:
    """SHA-256 over the previous hash and every fact of the event, each on a line of its own."""
    microseconds = round(link.at.timestamp() * 1_000_000)
    facts: list[object] = [link.facility, link.seq, microseconds, link.code, link.actor, link.actor_role]
    facts += [link.subject_kind, link.subject, link.payload]
    return hashlib.sha256(prev_hash + "\n".join(map(str, facts)).encode()).digest()
