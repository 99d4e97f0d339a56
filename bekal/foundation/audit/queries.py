"""Reading the trail: the events of a row, the root of a day, and whether the chain is whole."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bekal.foundation.audit.chain import LINKS, Break, breaks_in
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


def breaks() -> Iterator[Break]:
    """Each row that was edited, removed or reordered, in every chain in sight, and each end that was cut off.

    Reads with one query in chunks; within a scope, the chains of its facilities.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINKS)
        yield from breaks_in(_rows(cursor), Head.objects.order_by("facility").values_list("facility", "seq", "hash"))


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(2000):
        yield from rows


def holds_root(root: str) -> bool:
    """Whether a root that was printed once still stands in a chain in sight; False where the tail was cut off."""
    try:
        return Event.objects.filter(hash=bytes.fromhex(root)).exists()
    except ValueError:
        return False
