"""Reading the trail: the events of a row, the root of a day, and whether the chain is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.audit.chain import GENESIS, Link, link_hash
from bekal.foundation.audit.models import Event, Head


def events_on(public_id: UUID) -> QuerySet[Event]:
    """What was done to one row, latest first, within the scope."""
    return Event.objects.filter(subject=public_id).order_by("-id")


def events_of(facility: int) -> QuerySet[Event]:
    """The trail of a facility, latest first."""
    return Event.objects.filter(facility=facility).order_by("-at", "-id")


def root_until(facility: int, until: datetime) -> str:
    """The day's root: hash of the facility's last event before `until`, in hex; empty where nothing has happened yet."""
    event = Event.objects.filter(facility=facility, at__lt=until, seq__isnull=False).order_by("-seq").first()
    return bytes(event.hash or b"").hex() if event else ""


def last_event_at(facility: int) -> datetime | None:
    """When the facility's latest event says it was: a clock that stands before it is wrong."""
    return Event.objects.filter(facility=facility).order_by("-at").values_list("at", flat=True).first()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: which facility, which place in it, which row, and what is wrong."""

    facility: int
    seq: int
    row: int | None
    what: str


_LINKS = """
select id, facility, seq, at, code, coalesce(actor::text, ''), actor_role, subject_kind, coalesce(subject::text, ''), payload::text,
       prev_hash, hash
  from audit_event order by facility, seq nulls first, id
"""


def breaks() -> Iterator[Break]:
    """Each row that was edited, removed or reordered, in every chain in sight, and each end that was cut off.

    Reads with one query in chunks; within a scope, the chains of its facilities.
    """
    expected: dict[int, tuple[int, bytes]] = {}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINKS)
        while rows := cursor.fetchmany(2000):
            for row_id, facility, seq, *facts, prev_hash, own_hash in rows:
                if seq is None:
                    yield Break(facility, 0, row_id, "has no place in the chain")
                    continue
                last_seq, last_hash = expected.get(facility, (0, GENESIS))
                at, code, actor, role, kind, subject, payload = facts
                hashes = bytes(prev_hash or b""), bytes(own_hash or b"")
                link = Link(facility, seq, at, code, actor, role, kind, subject, payload, *hashes)
                if seq != last_seq + 1:
                    yield Break(facility, last_seq + 1, None, f"is missing; the next row is {seq}")
                if link.prev_hash != last_hash and seq == last_seq + 1:
                    yield Break(facility, seq, row_id, "does not follow the row before it")
                if link_hash(link, link.prev_hash) != link.hash:
                    yield Break(facility, seq, row_id, "was edited")
                expected[facility] = (seq, link.hash)
    for head in Head.objects.order_by("facility"):
        if expected.get(head.facility, (0, GENESIS)) != (head.seq, bytes(head.hash)):
            yield Break(head.facility, head.seq, None, "was the last row of the chain, and it is gone or changed")


def holds_root(root: str) -> bool:
    """Whether a root that was printed once still stands in a chain in sight; False where the tail was cut off."""
    try:
        return Event.objects.filter(hash=bytes.fromhex(root)).exists()
    except ValueError:
        return False
