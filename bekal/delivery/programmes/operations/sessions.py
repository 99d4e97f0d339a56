"""The timetable of a batch: planned from its weekly pattern, then moved, added to, called off."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Module, Session
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import modules_of, slots_of_others
from bekal.delivery.programmes.rules import Slot
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.queries import holidays_between

OPEN = (BatchStatus.PLANNED, BatchStatus.RUNNING)
ASIDE = 1000


@transaction.atomic
def plan_sessions(*, batch: Batch, by: User, at: datetime) -> list[Session]:
    """Plan the sessions of a batch from its weekly pattern, without holidays; modules follow each other by their hours.

    Planned again, the sessions that have been recorded stay; planned ones move to the new days, and what is left over
    leaves the timetable.
    """
    batch = _locked(batch)
    kept = list(batch.sessions.filter(is_active=True).exclude(status=SessionStatus.PLANNED))
    free = holidays_between(batch.facility, batch.starts_on, batch.ends_on)
    days = rules.session_days(batch.starts_on, batch.ends_on, weekdays=batch.weekdays, holidays=free)
    taken = {session.held_on for session in kept}
    days = [day for day in days if day not in taken]
    _check_no_clash(batch, [_slot(batch, day, batch.starts_at, batch.ends_at) for day in days])
    spare = list(batch.sessions.filter(is_active=True, status=SessionStatus.PLANNED).order_by("number"))
    batch.sessions.filter(is_active=True).update(number=F("number") + ASIDE)
    for session in kept:
        session.number += ASIDE
    planned = []
    for place, day in enumerate(days):
        session = spare[place] if place < len(spare) else Session(facility=batch.facility, batch=batch)
        # Numbers above those aside, so that none is used twice before all are given anew.
        session.number = 2 * ASIDE + place
        session.held_on, session.jp = day, batch.jp_per_session
        session.starts_at, session.ends_at = batch.starts_at, batch.ends_at
        session.save(update_fields=["number", "held_on", "jp", "starts_at", "ends_at"] if session.pk else None)
        planned.append(session)
    for session in spare[len(days) :]:
        session.is_active = False
        session.save(update_fields=["is_active"])
    _number(batch)
    _give_modules(batch)
    audit.record("programmes.timetable.planned", on=batch, by=by, at=at, payload={"sessions": len(days)})
    return planned


def _locked(batch: Batch) -> Batch:
    batch = hold(Batch.objects.select_related("programme", "facility"), batch)
    if batch.status not in OPEN:
        raise RuleBroken(_("This batch has ended: its timetable stays as it is."))
    return batch


def _slot(batch: Batch, day: date, starts_at: time, ends_at: time) -> Slot:
    return Slot(day, starts_at, ends_at, batch.place_id, batch.teacher_id, batch.code)


def _check_no_clash(batch: Batch, slots: list[Slot]) -> None:
    """Neither the place nor the teacher is needed twice at the same time.

    Raises:
        RuleBroken: naming the day and the other batch.
    """
    if not slots:
        return
    days = [slot.on for slot in slots]
    found = rules.clash(slots, slots_of_others(batch, first=min(days), last=max(days)))
    if found:
        slot, other = found
        raise RuleBroken(
            _("Place or teacher is taken on %(day)s from %(from)s to %(until)s by batch %(code)s.")
            % {
                "day": short_day(slot.on),
                "from": clock(other.starts_at),
                "until": clock(other.ends_at),
                "code": other.whose,
            },
            field="place",
        )


def _number(batch: Batch) -> None:
    """Number the sessions by day and hour. Those already recorded may get another number, and keep their rows."""
    sessions = list(batch.sessions.filter(is_active=True).order_by("held_on", "starts_at", "pk"))
    wrong = [(session, place) for place, session in enumerate(sessions, start=1) if session.number != place]
    if not wrong:
        return
    # First all out of the way: two sessions never share a number, not even while they change.
    batch.sessions.filter(is_active=True).update(number=F("number") + 10 * ASIDE)
    for place, session in enumerate(sessions, start=1):
        session.number = place
        session.save(update_fields=["number"])


def _give_modules(batch: Batch) -> None:
    """Let each session that is not recorded yet teach the module whose hours it begins in."""
    modules: list[Module] = list(modules_of(batch.programme))
    sessions = list(batch.sessions.filter(is_active=True).order_by("number"))
    turns = rules.modules_in_turn([session.jp for session in sessions], [module.hours_jp for module in modules])
    for session, turn in zip(sessions, turns, strict=True):
        module = None if turn is None else modules[turn]
        if session.status == SessionStatus.PLANNED and session.module_id != (module.pk if module else None):
            session.module = module
            session.save(update_fields=["module"])


@transaction.atomic
def add_session(
    *,
    batch: Batch,
    held_on: date,
    starts_at: time,
    ends_at: time,
    jp: int,
    module: Module | None = None,
    by: User,
    at: datetime,
) -> Session:
    """Add a session to the timetable (tambah pertemuan). The same day and hour twice is one session."""
    batch = _locked(batch)
    _check_hours(batch, held_on, starts_at, ends_at)
    own = batch.sessions.filter(is_active=True, held_on=held_on)
    same = own.filter(starts_at=starts_at, ends_at=ends_at).first()
    if same:
        return same
    _check_own(own, starts_at, ends_at)
    _check_no_clash(batch, [_slot(batch, held_on, starts_at, ends_at)])
    last = batch.sessions.aggregate(last=Max("number"))["last"] or 0
    session = Session.objects.create(
        facility=batch.facility,
        batch=batch,
        number=last + 1,
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        jp=jp,
        module=module,
    )
    _number(batch)
    audit.record("programmes.session.added", on=session, by=by, at=at, payload={"on": str(held_on)})
    session.refresh_from_db()
    return session


def _check_hours(batch: Batch, held_on: date, starts_at: time, ends_at: time) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(_("A session ends later than it begins."), field="ends_at")
    if not batch.starts_on <= held_on <= batch.ends_on:
        raise RuleBroken(_("The day lies outside the span of the batch."), field="held_on")


def _check_own(sessions: Iterable[Session], starts_at: time, ends_at: time) -> None:
    if any(other.starts_at < ends_at and starts_at < other.ends_at for other in sessions):
        raise RuleBroken(_("The batch has a session at this hour already."), field="held_on")


@transaction.atomic
def move_session(
    *,
    session: Session,
    held_on: date,
    starts_at: time,
    ends_at: time,
    jp: int,
    note: str = "",
    by: User,
    at: datetime,
) -> Session:
    """Move a planned session to another day or hour (pindahkan pertemuan)."""
    batch = _locked(session.batch)
    session = hold(Session.objects.all(), session)
    if session.status != SessionStatus.PLANNED:
        raise RuleBroken(_("This session is recorded already: it cannot be moved. Add another one."))
    _check_hours(batch, held_on, starts_at, ends_at)
    _check_own(batch.sessions.filter(is_active=True, held_on=held_on).exclude(pk=session.pk), starts_at, ends_at)
    _check_no_clash(batch, [_slot(batch, held_on, starts_at, ends_at)])
    was = session.held_on
    session.held_on, session.starts_at, session.ends_at, session.jp, session.note = (
        held_on,
        starts_at,
        ends_at,
        jp,
        note,
    )
    session.save(update_fields=["held_on", "starts_at", "ends_at", "jp", "note"])
    _number(batch)
    audit.record("programmes.session.moved", on=session, by=by, at=at, payload={"from": str(was), "to": str(held_on)})
    session.refresh_from_db()
    return session


@transaction.atomic
def call_off_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Say that a planned session will not be held, or was not (tidak terlaksana), and why."""
    _locked(session.batch)
    session = hold(Session.objects.all(), session)
    if session.status == SessionStatus.NOT_HELD and session.note == reason:
        return session
    if session.status != SessionStatus.PLANNED:
        raise RuleBroken(_("Attendance of this session is recorded. Change it on the page of its attendance."))
    if not reason.strip():
        raise RuleBroken(_("Say why the session is not held."), field="reason")
    session.status, session.held_jp, session.note = SessionStatus.NOT_HELD, 0, reason.strip()
    session.recorded_by, session.recorded_at = by, at
    session.save(update_fields=["status", "held_jp", "note", "recorded_by", "recorded_at"])
    audit.record("programmes.session.called_off", on=session, by=by, at=at, payload={"on": str(session.held_on)})
    return session
