"""Reads about sheets of paper, as far as the user may see them: those of rehabilitation are hidden by row security."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from bekal.delivery.programmes.choices import SessionStatus
from bekal.delivery.programmes.models import Attendance, Batch, Enrolment, Scan, Seat, Session, Sheet
from bekal.delivery.programmes.queries.attendance import SheetRow, on_list
from bekal.delivery.programmes.queries.batches import here
from bekal.delivery.programmes.queries.sessions import sessions_of
from bekal.foundation.accounts.models import User


def sheets_for(user: User) -> QuerySet[Sheet]:
    """The sheets that were printed, latest first, with how many scans each has."""
    sheets = Sheet.objects.filter(**here(user)).select_related("batch__programme", "batch__facility", "printed_by")
    return sheets.annotate(scan_count=Count("scans")).order_by("-printed_at", "-pk")


def sheet_by_code(user: User, code: str) -> Sheet | None:
    """The sheet with a code, if the user may see it."""
    return sheets_for(user).filter(code=code).first()


def scans_of(sheet: Sheet) -> QuerySet[Scan]:
    """The scans of a sheet, latest first."""
    return sheet.scans.select_related("added_by", "facility").order_by("-added_at", "-pk")


def on_paper(batch: Batch, first: date, last: date) -> tuple[list[Session], list[Enrolment]]:
    """The sessions of a batch between two days that may be held, and everyone on the list of one of them, by name."""
    sessions = [
        session
        for session in sessions_of(batch).filter(held_on__range=(first, last))
        if session.status != SessionStatus.NOT_HELD
    ]
    people = {enrolment.pk: enrolment for session in sessions for enrolment in on_list(session)}
    return sessions, sorted(people.values(), key=lambda row: (row.person.search_name, row.pk))


@dataclass(frozen=True)
class GridColumn:
    """A session of a sheet with what is recorded of each row of the sheet; nothing where somebody is not on its list."""

    session: Session
    cells: list[SheetRow | None]


def grid_of(sheet: Sheet) -> tuple[list[Enrolment], list[GridColumn]]:
    """The rows of a sheet in the order of the paper, and its columns. As many queries for one session as for seven."""
    sessions = {
        row.public_id: row
        for row in sheet.batch.sessions.filter(public_id__in=sheet.sessions, is_active=True).select_related(
            "batch__programme", "batch__facility", "facility", "makes_up_for", "recorded_by"
        )
    }
    people = {
        row.public_id: row
        for row in sheet.batch.enrolments.filter(public_id__in=sheet.enrolments).select_related(
            "person", "tag", "batch"
        )
    }
    rows = [people[key] for key in sheet.enrolments if key in people]
    recorded = {
        (row.session_id, row.enrolment_id): row
        for row in Attendance.objects.filter(
            session__in=[session.pk for session in sessions.values()], enrolment__in=[row.pk for row in rows]
        ).select_related("recorded_by")
    }
    seats = _seats(sessions.values())
    columns = [
        GridColumn(
            session,
            [
                SheetRow(row, recorded.get((session.pk, row.pk))) if _is_on(session, row, seats) else None
                for row in rows
            ],
        )
        for session in (sessions[key] for key in sheet.sessions if key in sessions)
    ]
    return rows, columns


def _seats(sessions: Iterable[Session]) -> dict[int, set[int]]:
    """Who has a seat in which catch-up session."""
    seats: dict[int, set[int]] = {}
    taken = Seat.objects.filter(session__in=[row.pk for row in sessions if row.makes_up_for_id], is_active=True)
    for session, enrolment in taken.values_list("session", "enrolment"):
        seats.setdefault(session, set()).add(enrolment)
    return seats


def _is_on(session: Session, row: Enrolment, seats: dict[int, set[int]]) -> bool:
    """Whether somebody stands on the list of a session (`queries.on_list`, without asking once more)."""
    if session.makes_up_for_id and row.pk not in seats.get(session.pk, ()):
        return False
    return row.enrolled_on <= session.held_on and (row.exit_on is None or row.exit_on >= session.held_on)
