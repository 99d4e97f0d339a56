"""Attendance: what happened at a session, saved at once; where two officers differ, both stay until one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
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
    return save_sheet(
        open_session(session, by), status=status, held_jp=held_jp, note=note, marks=marks, read=read,
        session_read=session_read, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def save_sheet(
    session: Session,
    *,
    status: str,
    held_jp: int | None,
    note: str,
    marks: Mapping[UUID, Mark],
    read: Mapping[UUID, str] | None = None,
    session_read: str | None = None,
    is_decided: bool = False,
    by: User,
    at: datetime,
) -> Saved:
    """Save the sheet of a session that `open_session` holds. `is_decided`: two people agreed, the window does not matter."""
    today = session.facility.day_of(at)
    hours = rules.held_hours(status, held_jp, note, jp=session.jp)
    _record_session(session, status, hours, note, session_read, today=today, is_decided=is_decided, by=by, at=at)
    if status not in HELD:
        _cap(session, 0, by=by, at=at)
        return Saved()
    _cap(session, hours, by=by, at=at)
    reasons = reference.by_code("absence_reasons")
    recorded = {row.enrolment_id: row for row in _rows(session)}
    listed = {enrolment.public_id: enrolment for enrolment in on_list(session)}
    new, changed, clashes = [], 0, {}
    for key, mark in marks.items():
        enrolment = listed.get(key)
        if enrolment is None:
            raise RuleBroken(_("Somebody on this sheet is not on the list of that day. Read the page again."))
        rules.check_mark(mark, held_jp=hours, reasons=reasons)
        row = recorded.get(enrolment.pk)
        if row and says(row) == mark:
            continue
        if row and read is not None and read.get(key, "") != version_of(row):
            clashes[key] = row
            continue
        is_recorded = row is not None and not row.is_withdrawn
        if not is_decided:
            rules.check_may_edit(held_on=session.held_on, today=today, is_recorded=is_recorded)
        if row is None:
            new.append(_entry(session, enrolment, mark, by=by, at=at))
        else:
            _rewrite(row, mark, by=by, at=at)
            changed += 1
    Attendance.objects.bulk_create(new)
    saved = len(new) + changed
    if saved:
        audit.record("programmes.attendance.recorded", on=session, by=by, at=at, payload={"rows": saved})
    return Saved(saved, clashes)


def _cap(session: Session, hours: int, *, by: User, at: datetime) -> None:
    """Nobody has more hours than were held."""
    above = Attendance.objects.filter(session=session, counted_jp__gt=hours)
    above.update(counted_jp=hours, recorded_by=by, recorded_at=at)


def open_session(session: Session, by: User) -> Session:
    """The session, held, of a batch that runs. The batch is locked too, so that it cannot close in between.

    Raises:
        RuleBroken: the batch does not run, the session is off the timetable, or its list is not for this officer.
    """
    batch = locked(session.batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status == BatchStatus.PLANNED:
        raise RuleBroken(_("The batch has not started. Start it, then enter attendance."))
    if batch.status != BatchStatus.RUNNING:
        raise RuleBroken(_("The batch is closed: attendance is no longer accepted."))
    session = hold(Session.objects.select_related("facility", "recorded_by", "batch"), session)
    if not session.is_active:
        raise RuleBroken(_("This session has left the timetable."))
    return session


def _record_session(
    session: Session,
    status: str,
    hours: int,
    note: str,
    read: str | None,
    *,
    today: date,
    is_decided: bool,
    by: User,
    at: datetime,
) -> None:
    if (session.status, session.held_jp, session.note) == (status, hours, note.strip()):
        return
    if read is not None and read != session_version(session):
        raise Changed(_who_was_faster(session))
    was_recorded = session.status != SessionStatus.PLANNED
    if not is_decided:
        rules.check_may_edit(held_on=session.held_on, today=today, is_recorded=was_recorded)
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


def says(row: Attendance) -> Mark | None:
    """What a row says; nothing where its entry was undone."""
    if row.is_withdrawn:
        return None
    return Mark(row.is_present, row.absence_reason, row.participation, row.counted_jp)


def _entry(session: Session, enrolment: Enrolment, mark: Mark, *, by: User, at: datetime) -> Attendance:
    return Attendance(
        facility=session.facility,
        session=session,
        enrolment=enrolment,
        is_confidential=enrolment.is_confidential,
        is_present=mark.is_present,
        absence_reason=mark.absence_reason,
        participation=mark.participation,
        counted_jp=mark.counted_jp,
        recorded_by=by,
        recorded_at=at,
    )


def _rewrite(row: Attendance, mark: Mark | None, *, by: User, at: datetime) -> None:
    """Let a row say something else, or, without a mark, nothing."""
    row.is_withdrawn = mark is None
    mark = mark or Mark(False)
    row.is_present, row.absence_reason = mark.is_present, mark.absence_reason
    row.participation, row.counted_jp = mark.participation, mark.counted_jp
    row.recorded_by, row.recorded_at = by, at
    fields = ["is_present", "absence_reason", "participation", "counted_jp"]
    row.save(update_fields=[*fields, "is_withdrawn", "recorded_by", "recorded_at"])


@transaction.atomic
def undo_last_save(*, session: Session, by: User, at: datetime) -> int:
    """Take back what the officer saved last on a sheet (urungkan): each row says again what it said before, or nothing.

    Done once more, it brings the entry back. Gives how many rows changed.

    Raises:
        RuleBroken: somebody else saved since, nothing was saved yet, or the window is over.
    """
    session = open_session(session, by)
    rows = _rows(session)
    instants = [row.recorded_at for row in rows] + ([session.recorded_at] if session.recorded_at else [])
    last = max(instants, default=None)
    if last is None:
        raise RuleBroken(_("Nothing is saved on this sheet yet."))
    mine = [row for row in rows if row.recorded_at == last]
    authors = {row.recorded_by_id for row in mine} | (
        {session.recorded_by_id} if session.recorded_at == last else set()
    )
    if authors != {by.pk}:
        raise RuleBroken(_("Somebody else saved on this sheet after you. Read the page again."))
    rules.check_may_edit(held_on=session.held_on, today=session.facility.day_of(at), is_recorded=True)
    for row in mine:
        restore(row, by=by, at=at)
    if session.recorded_at == last:
        _restore_session(session, by=by, at=at)
    audit.record("programmes.attendance.undone", on=session, by=by, at=at, payload={"rows": len(mine)})
    return len(mine)


@transaction.atomic
def restore(row: Attendance, *, by: User, at: datetime) -> None:
    """Let a row say what it said before its last entry."""
    before = row.past.exclude(recorded_at=row.recorded_at).order_by("-pgh_id").first()
    _rewrite(row, says(before) if before else None, by=by, at=at)


def _restore_session(session: Session, *, by: User, at: datetime) -> None:
    before = session.past.filter(recorded_at__lt=session.recorded_at).order_by("-pgh_id").first()
    status = before.status if before else SessionStatus.PLANNED
    if status != session.status:
        check_move(rules.SESSION_MOVES, session.status, status)
    session.status, session.held_jp = status, before.held_jp if before else None
    session.note, session.recorded_by, session.recorded_at = before.note if before else "", by, at
    session.save(update_fields=["status", "held_jp", "note", "recorded_by", "recorded_at"])
