"""Reads about attendance: the sheet of a session, and the history of a row."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from bekal.delivery.programmes.models import Attendance, Enrolment, Session
from bekal.foundation.accounts.models import User


@dataclass(frozen=True)
class SheetRow:
    """A participant on the list of a session's day, and the row that tells what is recorded of them."""

    enrolment: Enrolment
    row: Attendance | None

    @property
    def attendance(self) -> Attendance | None:
        """What is recorded; nothing where the entry was undone."""
        return None if self.row is None or self.row.is_withdrawn else self.row

    @property
    def version(self) -> str:
        """What a form carries, to find out that somebody was faster."""
        return version_of(self.row)


def version_of(attendance: Attendance | None) -> str:
    """The instant of the last entry; empty where there is none."""
    return attendance.recorded_at.isoformat() if attendance else ""


def session_version(session: Session) -> str:
    """The instant at which the session itself was recorded last."""
    return session.recorded_at.isoformat() if session.recorded_at else ""


def on_list(session: Session) -> list[Enrolment]:
    """Who stands on the list of a session: enrolled by its day, and not gone before it; of a catch-up session, its seats."""
    there = Q(exit_on=None) | Q(exit_on__gte=session.held_on)
    enrolments = Enrolment.objects.filter(there, batch=session.batch_id, enrolled_on__lte=session.held_on)
    if session.makes_up_for_id:
        enrolments = enrolments.filter(seats__session=session, seats__is_active=True)
    return list(enrolments.select_related("person", "tag").order_by("person__search_name", "pk"))


def gone_before(session: Session) -> list[Enrolment]:
    """Who had left before the day of a session, and is therefore not on its list."""
    if session.makes_up_for_id:
        return []
    gone = Enrolment.objects.filter(batch=session.batch_id, exit_on__lt=session.held_on)
    return list(gone.select_related("person").order_by("exit_on", "pk"))


def sheet_of(session: Session) -> list[SheetRow]:
    """The list of a session with what is recorded so far."""
    recorded = {
        attendance.enrolment_id: attendance
        for attendance in Attendance.objects.filter(session=session).select_related("recorded_by")
    }
    return [SheetRow(enrolment, recorded.get(enrolment.pk)) for enrolment in on_list(session)]


@dataclass(frozen=True)
class Said:
    """What a row of attendance said from an instant on, and who wrote it."""

    at: datetime
    who: str
    is_present: bool
    absence_reason: str
    participation: str
    counted_jp: int
    is_withdrawn: bool = False


def history_of(attendance: Attendance) -> list[Said]:
    """Everything a row of attendance ever said, latest first."""
    past = list(attendance.past.order_by("-pgh_id"))
    entries = [attendance, *past]
    names = dict(User.objects.filter(pk__in={entry.recorded_by_id for entry in entries}).values_list("pk", "name"))
    return [
        Said(
            entry.recorded_at,
            names.get(entry.recorded_by_id, "–"),
            entry.is_present,
            entry.absence_reason,
            entry.participation,
            entry.counted_jp,
            entry.is_withdrawn,
        )
        for entry in entries
    ]
