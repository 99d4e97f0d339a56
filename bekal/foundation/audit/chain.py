"""The chain's rule, in Python, beside the trigger that writes it: two hands that must agree."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: which facility, which place in it, which row, and what is wrong."""

    facility: int
    seq: int
    row: int | None
    what: str


# The rows that `breaks_in` reads, and the ends that it compares them with.
LINKS = """
select id, facility, seq, at, code, coalesce(actor::text, ''), actor_role, subject_kind, coalesce(subject::text, ''), payload::text,
       prev_hash, hash
  from audit_event order by facility, seq nulls first, id
"""
HEADS = "select facility, seq, hash from audit_head order by facility"


def breaks_in(
    rows: Iterable[tuple[Any, ...]],
    heads: Iterable[tuple[int, int, Any]],
    *,
    after: Mapping[int, tuple[int, bytes]] | None = None,
) -> Iterator[Break]:
    """Each row that was edited, removed or reordered, and each end that was cut off. Both come as the queries above give them.

    `after` are the places after which the rows begin, where they are only the tails of their chains.
    """
    expected = dict(after or {})
    for row_id, facility, seq, *facts, prev_hash, own_hash in rows:
        if seq is None:
            yield Break(facility, 0, row_id, "tidak punya tempat di rantai")
            continue
        last_seq, last_hash = expected.get(facility, (0, GENESIS))
        at, code, actor, role, kind, subject, payload = facts
        hashes = bytes(prev_hash or b""), bytes(own_hash or b"")
        link = Link(facility, seq, at, code, actor, role, kind, subject, payload, *hashes)
        if seq != last_seq + 1:
            yield Break(facility, last_seq + 1, None, f"hilang; baris berikutnya berurutan {seq}")
        if link.prev_hash != last_hash and seq == last_seq + 1:
            yield Break(facility, seq, row_id, "tidak menyambung dengan baris sebelumnya")
        if link_hash(link, link.prev_hash) != link.hash:
            yield Break(facility, seq, row_id, "isinya diubah")
        expected[facility] = (seq, link.hash)
    for facility, seq, digest in heads:
        if expected.get(facility, (0, GENESIS)) != (seq, bytes(digest)):
            yield Break(facility, seq, None, "baris terakhir rantai ini hilang atau diubah")
