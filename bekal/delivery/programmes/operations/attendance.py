"""Attendance: what happened at a session, saved row by row; where two officers differ, both stay until one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import permissions, rules
from bekal.delivery.programmes.choices import BatchStatus, SessionStatus
from bekal.delivery.programmes.models import Attendance, Enrolment, Session
from bekal.delivery.programmes.operations.batches import locked
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import on_list, sees_care, session_version
from bekal.delivery.programmes.queries.attendance import version_of
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities import reference

HELD = (SessionStatus.HELD, SessionStatus.PARTLY_HELD)


@dataclass(frozen=True)
class Saved:
    """What became of a sheet: how many rows were written, and the rows on which somebody else was faster."""

    rows: int = 0
    clashes: dict[UUID, Attendance] = field(default_factory=dict)


@transaction.atomic
def record_attendance(
    *,
    session: Session,
    status: str,
    held_jp: int | None = None,
    note: str = "",
    marks: Mapping[UUID, Mark],
    read: Mapping[UUID, str] | None = None,
    session_read: str | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Save the sheet of a session (simpan kehadiran): was it held, and a mark for each participant entered.

    `marks` and `read` go by the enrolment's public id; `read` is the version of the row when the form was opened. A row
    that somebody else changed meanwhile to something else stays as it is and is given back as a clash; all others are
    saved.

    Raises:
        RuleBroken: the batch is closed, the window is over, or a mark does not agree with itself.
        Changed: somebody else recorded meanwhile that the session was held otherwise.
    """
    session = _open(session, by)
    today = session.facility.day_of(at)
    leads = by.may(permissions.MANAGE_BATCHES)
    hours = _hours(session, status, held_jp, note)
    _record_session(session, status, hours, note, session_read, today=today, leads=leads, by=by, at=at)
    if status not in HELD:
        Attendance.objects.filter(session=session, counted_jp__gt=0).update(counted_jp=0)
        return Saved()
    Attendance.objects.filter(session=session, counted_jp__gt=hours).update(counted_jp=hours)
    reasons = reference.by_code("absence_reasons")
    recorded = {row.enrolment_id: row for row in _rows(session)}
    listed = {enrolment.public_id: enrolment for enrolment in on_list(session)}
    saved, clashes = 0, {}
    for key, mark in marks.items():
        enrolment = listed.get(key)
        if enrolment is None:
            raise RuleBroken(_("Somebody on this sheet is not on the list of that day. Read the page again."))
        rules.check_mark(mark, held_jp=hours, reasons=reasons)
        row = recorded.get(enrolment.pk)
        if row and _says(row) == mark:
            continue
        if row and read is not None and read.get(key, "") != version_of(row):
            clashes[key] = row
            continue
        rules.check_may_edit(held_on=session.held_on, today=today, is_recorded=row is not None, leads=leads)
        _write(session, enrolment, row, mark, by=by, at=at)
        saved += 1
    if saved:
        audit.record("programmes.attendance.recorded", on=session, by=by, at=at, payload={"rows": saved})
    return Saved(saved, clashes)


def _open(session: Session, by: User) -> Session:
    """The session, held, of a batch that runs. The batch is locked too, so that it cannot close in between."""
    batch = locked(session.batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status == BatchStatus.PLANNED:
        raise RuleBroken(_("The batch has not started. Start it, then enter attendance."))
    if batch.status != BatchStatus.RUNNING:
        raise RuleBroken(_("The batch is closed: attendance is no longer accepted."))
    session = hold(Session.objects.select_related("facility", "recorded_by"), session)
    if not session.is_active:
        raise RuleBroken(_("This session has left the timetable."))
    return session


def _hours(session: Session, status: str, held_jp: int | None, note: str) -> int:
    """The hours that were held, from what the officer said.

    Raises:
        RuleBroken: hours or reason do not fit.
    """
    if status == SessionStatus.HELD:
        return session.jp
    if status == SessionStatus.PARTLY_HELD:
        if held_jp is None or not 1 <= held_jp <= session.jp:
            raise RuleBroken(
                _("Say how many JP were held, from 1 to %(most)s.") % {"most": session.jp}, field="held_jp"
            )
        return held_jp
    if status == SessionStatus.NOT_HELD:
        if not note.strip():
            raise RuleBroken(_("Say why the session was not held."), field="note")
        return 0
    raise RuleBroken(_("Say whether the session was held."), field="status")


def _record_session(
    session: Session,
    status: str,
    hours: int,
    note: str,
    read: str | None,
    *,
    today: date,
    leads: bool,
    by: User,
    at: datetime,
) -> None:
    if (session.status, session.held_jp, session.note) == (status, hours, note.strip()):
        return
    if read is not None and read != session_version(session):
        raise Changed(_who_was_faster(session))
    was_recorded = session.status != SessionStatus.PLANNED
    rules.check_may_edit(held_on=session.held_on, today=today, is_recorded=was_recorded, leads=leads)
    if session.status != status:
        check_move(rules.SESSION_MOVES, session.status, status)
    session.status, session.held_jp, session.note = status, hours, note.strip()
    session.recorded_by, session.recorded_at = by, at
    session.save(update_fields=["status", "held_jp", "note", "recorded_by", "recorded_at"])
    audit.record("programmes.session.recorded", on=session, by=by, at=at, payload={"status": str(status), "jp": hours})


def _who_was_faster(session: Session) -> str:
    recorded = session.facility.at_local(session.recorded_at) if session.recorded_at else None
    return _("%(name)s recorded at %(time)s that the session was: %(state)s. Yours is not saved and not lost.") % {
        "name": session.recorded_by.name if session.recorded_by else "–",
        "time": clock(recorded) if recorded else "–",
        "state": session.get_status_display(),
    }


def _rows(session: Session) -> list[Attendance]:
    """What is recorded so far. The session is held, so nobody else writes here meanwhile."""
    return list(Attendance.objects.filter(session=session).select_related("recorded_by"))


def _says(row: Attendance) -> Mark:
    return Mark(row.is_present, row.absence_reason, row.participation, row.counted_jp)


def _write(
    session: Session, enrolment: Enrolment, row: Attendance | None, mark: Mark, *, by: User, at: datetime
) -> None:
    row = row or Attendance(
        facility=session.facility, session=session, enrolment=enrolment, is_confidential=enrolment.is_confidential
    )
    row.is_present, row.absence_reason = mark.is_present, mark.absence_reason
    row.participation, row.counted_jp = mark.participation, mark.counted_jp
    row.recorded_by, row.recorded_at = by, at
    fields = ["is_present", "absence_reason", "participation", "counted_jp", "recorded_by", "recorded_at"]
    row.save(update_fields=fields if row.pk else None)
