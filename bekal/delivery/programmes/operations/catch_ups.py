"""Catch-up sessions (pertemuan susulan), and the rule by which their hours count."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Instructor, MakeUpRule, Programme, Seat, Session
from bekal.delivery.programmes.operations.booking import booked, set_teachers
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.operations.sessions import check_hours, locked_timetable, slot_of
from bekal.delivery.programmes.queries import missed_at, sees_care
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Place

HELD = (SessionStatus.HELD, SessionStatus.PARTLY_HELD)


@transaction.atomic
def plan_catch_up(
    *,
    missed: Session,
    people: Collection[Enrolment],
    held_on: date,
    starts_at: time,
    ends_at: time,
    jp: int,
    place: Place | None = None,
    officers: Iterable[User] = (),
    instructors: Iterable[Instructor] = (),
    by: User,
    at: datetime,
) -> Session:
    """Plan a session in which some make up for one they missed (pertemuan susulan). Asked twice, it is one session.

    Raises:
        RuleBroken: the session was not held, somebody missed nothing of it, or place or teacher is taken.
    """
    batch = _running(locked_timetable(missed.batch), by)
    missed = hold(Session.objects.all(), missed)
    gaps = {row.enrolment.pk for row in missed_at(missed)}
    chosen = {enrolment.pk: enrolment for enrolment in people}
    rules.check_catch_up(
        was_held=missed.status in HELD,
        is_catch_up=missed.makes_up_for_id is not None,
        chosen=len(chosen),
        without_gap=len(chosen.keys() - gaps),
    )
    check_hours(batch, held_on, starts_at, ends_at)
    same = _same(missed, chosen, held_on, starts_at)
    if same:
        return same
    place = place or batch.place
    teaching, guests = [user.pk for user in officers], [instructor.pk for instructor in instructors]
    slot = slot_of(
        batch, held_on, starts_at, ends_at, place=place, officers=teaching, instructors=guests, heads=len(chosen)
    )
    last = batch.sessions.filter(makes_up_for__isnull=False).aggregate(last=Max("number"))["last"] or 0
    comers = [enrolment.person_id for enrolment in chosen.values()]
    with booked(batch, [slot], besides=[], by=by, comers=comers):
        session = Session.objects.create(
            facility=batch.facility,
            batch=batch,
            module=missed.module,
            makes_up_for=missed,
            number=last + 1,
            held_on=held_on,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            shares_place=place.is_shared,
            jp=jp,
        )
        set_teachers([session], officers=teaching, instructors=guests)
    Seat.objects.bulk_create(
        Seat(
            facility=batch.facility,
            session=session,
            enrolment=enrolment,
            is_confidential=enrolment.is_confidential,
        )
        for enrolment in chosen.values()
    )
    payload = {"on": str(held_on), "seats": len(chosen), "for": str(missed.public_id)}
    audit.record("programmes.catch_up.planned", on=session, by=by, at=at, payload=payload)
    return session


def _running(batch: Batch, by: User) -> Batch:
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status != BatchStatus.RUNNING:
        raise RuleBroken(_("A catch-up session belongs to a batch that is running."))
    return batch


def _same(missed: Session, chosen: Collection[int], held_on: date, starts_at: time) -> Session | None:
    for session in missed.catch_ups.filter(is_active=True, held_on=held_on, starts_at=starts_at):
        if set(session.seats.filter(is_active=True).values_list("enrolment", flat=True)) == set(chosen):
            return session
    return None


@transaction.atomic
def set_make_up_rule(
    *,
    programme: Programme,
    does_count: bool,
    most_percent: int,
    from_on: date,
    basis: str,
    is_verified: bool = False,
    by: User,
    at: datetime,
) -> MakeUpRule:
    """Say whether hours made up count towards completion, from a day on, with the basis; the rule before it ends there.

    Raises:
        RuleBroken: there is no basis, or the rule in force begins on that day or later.
    """
    programme = hold(Programme.objects.select_related("facility"), programme)
    if not basis.strip():
        raise RuleBroken(_("Name the letter or rule that says so."), field="basis")
    before = programme.make_up_rules.filter(until_on=None).first()
    if before and before.from_on >= from_on:
        raise RuleBroken(_("The rule in force begins on that day or later. Choose a later day."), field="from_on")
    if before:
        before.until_on = from_on - timedelta(days=1)
        before.save(update_fields=["until_on"])
    rule = MakeUpRule.objects.create(
        facility=programme.facility,
        programme=programme,
        from_on=from_on,
        does_count=does_count,
        most_percent=most_percent if does_count else 0,
        basis=basis.strip(),
        is_verified=is_verified,
    )
    payload = {"counts": does_count, "percent": rule.most_percent, "from": str(from_on)}
    audit.record("programmes.make_up_rule.set", on=programme, by=by, at=at, payload=payload)
    return rule
