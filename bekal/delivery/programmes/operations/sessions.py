"""The timetable of a batch: planned from its weekly pattern, then moved, added to, called off."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Instructor, Module, Session
from bekal.delivery.programmes.operations.booking import booked, set_teachers
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import modules_of
from bekal.delivery.programmes.rules import Slot
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Place
from bekal.foundation.facilities.queries import holidays_between

OPEN = (BatchStatus.PLANNED, BatchStatus.RUNNING)
ASIDE = 1000


@transaction.atomic
def plan_sessions(*, batch: Batch, by: User, at: datetime) -> list[Session]:
    """Plan the sessions of a batch from its weekly pattern, without holidays; modules follow each other by their hours.

    Planned again, the sessions that have been recorded stay; planned ones move to the new days, in the batch's place and with
    its teacher, and what is left over leaves the timetable. Catch-up sessions stay as they are.

    Raises:
        RuleBroken: the place or the teacher is taken, by whom and when.
    """
    batch = locked_timetable(batch)
    kept = list(_ordinary(batch).exclude(status=SessionStatus.PLANNED))
    free = holidays_between(batch.facility, batch.starts_on, batch.ends_on)
    days = rules.session_days(batch.starts_on, batch.ends_on, weekdays=batch.weekdays, holidays=free)
    taken = {session.held_on for session in kept}
    days = [day for day in days if day not in taken]
    spare = list(_ordinary(batch).filter(status=SessionStatus.PLANNED).order_by("number"))
    officers = [batch.teacher_id] if batch.teacher_id else []
    slots = [slot_of(batch, day, batch.starts_at, batch.ends_at, place=batch.place, officers=officers) for day in days]
    with booked(batch, slots, besides=[session.pk for session in spare], by=by):
        planned = _laid_out(batch, days, spare)
        set_teachers(planned, officers=officers, instructors=[])
    _number(batch)
    _give_modules(batch)
    audit.record("programmes.timetable.planned", on=batch, by=by, at=at, payload={"sessions": len(days)})
    return planned


def _laid_out(batch: Batch, days: list[date], spare: list[Session]) -> list[Session]:
    """A session on each day, of those that are spare or new; the rest of the spare ones leaves the timetable."""
    _ordinary(batch).update(number=F("number") + ASIDE)
    planned = []
    for place, day in enumerate(days):
        session = spare[place] if place < len(spare) else Session(facility=batch.facility, batch=batch)
        # Numbers above those aside, so that none is used twice before all are given anew.
        session.number = 2 * ASIDE + place
        session.held_on, session.jp = day, batch.jp_per_session
        session.starts_at, session.ends_at = batch.starts_at, batch.ends_at
        session.place, session.shares_place = batch.place, batch.place.is_shared
        fields = ["number", "held_on", "jp", "starts_at", "ends_at", "place", "shares_place"]
        session.save(update_fields=fields if session.pk else None)
        planned.append(session)
    for session in spare[len(days) :]:
        session.is_active = False
        session.save(update_fields=["is_active"])
    return planned


def _ordinary(batch: Batch) -> QuerySet[Session]:
    """The sessions of the weekly pattern and those added to it; not those that make up for one."""
    return batch.sessions.filter(is_active=True, makes_up_for=None)


def locked_timetable(batch: Batch) -> Batch:
    """The batch, held, while its timetable may still change.

    Raises:
        RuleBroken: it has ended.
    """
    batch = hold(Batch.objects.select_related("programme", "facility", "place"), batch)
    if batch.status not in OPEN:
        raise RuleBroken(_("This batch has ended: its timetable stays as it is."))
    return batch


def slot_of(
    batch: Batch,
    day: date,
    starts_at: time,
    ends_at: time,
    *,
    place: Place,
    officers: Collection[int],
    instructors: Collection[int] = (),
    heads: int | None = None,
) -> Slot:
    """What a session of a batch needs: primary keys of officers and instructors; `heads` where not the whole batch comes."""
    teachers = frozenset([*(f"o{pk}" for pk in officers), *(f"i{pk}" for pk in instructors)])
    return Slot(day, starts_at, ends_at, place.pk, teachers, heads or batch.capacity, place.is_shared)


def _number(batch: Batch) -> None:
    """Number the sessions by day and hour. Those already recorded may get another number, and keep their rows."""
    sessions = list(_ordinary(batch).order_by("held_on", "starts_at", "pk"))
    wrong = [(session, place) for place, session in enumerate(sessions, start=1) if session.number != place]
    if not wrong:
        return
    # First all out of the way: two sessions never share a number, not even while they change.
    _ordinary(batch).update(number=F("number") + 10 * ASIDE)
    for place, session in enumerate(sessions, start=1):
        session.number = place
        session.save(update_fields=["number"])


def _give_modules(batch: Batch) -> None:
    """Let each session that is not recorded yet teach the module whose hours it begins in."""
    modules: list[Module] = list(modules_of(batch.programme))
    sessions = list(_ordinary(batch).order_by("number"))
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
    place: Place | None = None,
    officers: Iterable[User] | None = None,
    instructors: Iterable[Instructor] = (),
    by: User,
    at: datetime,
) -> Session:
    """Add a session to the timetable (tambah pertemuan). The same day and hour twice is one session.

    Without a place and teachers it is held where the batch is, by its teacher.
    """
    batch = locked_timetable(batch)
    check_hours(batch, held_on, starts_at, ends_at)
    own = _ordinary(batch).filter(held_on=held_on)
    same = own.filter(starts_at=starts_at, ends_at=ends_at).first()
    if same:
        return same
    _check_own(own, starts_at, ends_at)
    place = place or batch.place
    teaching = (
        [user.pk for user in officers] if officers is not None else [batch.teacher_id] if batch.teacher_id else []
    )
    guests = [instructor.pk for instructor in instructors]
    slot = slot_of(batch, held_on, starts_at, ends_at, place=place, officers=teaching, instructors=guests)
    last = _ordinary(batch).aggregate(last=Max("number"))["last"] or 0
    with booked(batch, [slot], besides=[], by=by):
        session = Session.objects.create(
            facility=batch.facility,
            batch=batch,
            number=last + 1,
            held_on=held_on,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            shares_place=place.is_shared,
            jp=jp,
            module=module,
        )
        set_teachers([session], officers=teaching, instructors=guests)
    _number(batch)
    audit.record("programmes.session.added", on=session, by=by, at=at, payload={"on": str(held_on)})
    session.refresh_from_db()
    return session


def check_hours(batch: Batch, held_on: date, starts_at: time, ends_at: time) -> None:
    """A session ends later than it begins, within the span of its batch.

    Raises:
        RuleBroken: naming the field.
    """
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
    place: Place | None = None,
    officers: Iterable[User] | None = None,
    instructors: Iterable[Instructor] | None = None,
    by: User,
    at: datetime,
) -> Session:
    """Move a planned session to another day, hour or place, or let others teach it (pindahkan pertemuan)."""
    batch = locked_timetable(session.batch)
    session = hold(Session.objects.select_related("place"), session)
    if session.status != SessionStatus.PLANNED:
        raise RuleBroken(_("This session is recorded already: it cannot be moved. Add another one."))
    check_hours(batch, held_on, starts_at, ends_at)
    if not session.makes_up_for_id:
        _check_own(_ordinary(batch).filter(held_on=held_on).exclude(pk=session.pk), starts_at, ends_at)
    named = list(session.facilitators.filter(is_active=True))
    teaching = [row.officer_id for row in named if row.officer_id] if officers is None else [u.pk for u in officers]
    guests = (
        [row.instructor_id for row in named if row.instructor_id]
        if instructors is None
        else [one.pk for one in instructors]
    )
    place = place or session.place
    slot = slot_of(batch, held_on, starts_at, ends_at, place=place, officers=teaching, instructors=guests)
    was = session.held_on
    session.held_on, session.starts_at, session.ends_at, session.jp = held_on, starts_at, ends_at, jp
    session.place, session.shares_place, session.note = place, place.is_shared, note
    # Read where it is asked, past what this officer may see.
    seated = session.seats.filter(is_active=True).values_list("enrolment__person", flat=True)
    comers = seated if session.makes_up_for_id else None
    with booked(batch, [slot], besides=[session.pk], by=by, comers=comers):
        session.save(update_fields=["held_on", "starts_at", "ends_at", "jp", "place", "shares_place", "note"])
        set_teachers([session], officers=teaching, instructors=guests)
    _number(batch)
    audit.record("programmes.session.moved", on=session, by=by, at=at, payload={"from": str(was), "to": str(held_on)})
    session.refresh_from_db()
    return session


@transaction.atomic
def call_off_session(*, session: Session, reason: str, by: User, at: datetime) -> Session:
    """Say that a planned session will not be held, or was not (tidak terlaksana), and why."""
    locked_timetable(session.batch)
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
