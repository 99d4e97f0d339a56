"""Reads about a session as the scan page shows it: who was seen, who not yet."""

from dataclasses import dataclass

from bekal.delivery.programmes.models import Reading, Session
from bekal.delivery.programmes.queries.attendance import SheetRow, sheet_of


@dataclass(frozen=True)
class Room:
    """A session's list, parted: present, absent with a reason, not seen yet; and the readings, latest first."""

    rows: list[SheetRow]
    readings: list[Reading]

    @property
    def present(self) -> int:
        return sum(bool(row.attendance and row.attendance.is_present) for row in self.rows)

    @property
    def unseen(self) -> list[SheetRow]:
        return [row for row in self.rows if row.attendance is None]


def room_of(session: Session) -> Room:
    """Who was seen at a session, and who not yet."""
    readings = session.readings.filter(undone_at=None).select_related("enrolment__person", "recorded_by")
    return Room(sheet_of(session), list(readings.order_by("-read_at", "-pk")))
