"""Rows of programmes that should not exist."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from bekal.delivery.programmes.choices import (
    BatchStatus,
    DecreeStatus,
    EnrolmentStatus,
    HearingStatus,
    NominationStatus,
    SessionStatus,
    TagStatus,
)
from bekal.delivery.programmes.models import (
    Attendance,
    Batch,
    Correction,
    Decree,
    Enrolment,
    Hearing,
    Nomination,
    Reading,
    Scan,
    Seat,
    Session,
    Sheet,
    Tag,
)
from bekal.foundation.core.invariants import invariant
from bekal.people.models import ApartOverride, KeepApart

ENDED = (BatchStatus.COMPLETED, BatchStatus.CANCELLED)


@invariant
def enrolment_without_acceptance() -> Iterable[Any]:
    """Whoever takes part was accepted by the board for that very batch."""
    accepted = Q(
        nomination__status=NominationStatus.ACCEPTED, nomination__person=F("person"), batch=F("nomination__batch")
    )
    return Enrolment.objects.exclude(accepted)


@invariant
def enrolment_without_decree() -> Iterable[Any]:
    """Whoever takes part was enrolled by a signed decree about that batch."""
    return Enrolment.objects.exclude(decree__status=DecreeStatus.SIGNED, decree__batch=F("batch"))


@invariant
def batch_with_more_people_than_seats() -> Iterable[Any]:
    """Nobody is enrolled beyond the seats."""
    here = Count("enrolments", filter=~Q(enrolments__status=EnrolmentStatus.LEFT))
    return Batch.objects.annotate(here=here).filter(here__gt=F("capacity"))


@invariant
def hours_of_a_session_that_was_not_held() -> Iterable[Any]:
    """No hours count for a session that was not held, nor more than were held."""
    not_held = Q(session__status__in=(SessionStatus.NOT_HELD, SessionStatus.PLANNED), counted_jp__gt=0)
    return Attendance.objects.filter(not_held | Q(counted_jp__gt=F("session__held_jp")))


@invariant
def attendance_in_another_batch() -> Iterable[Any]:
    """Attendance joins a session and a participant of one batch."""
    return Attendance.objects.exclude(session__batch=F("enrolment__batch"))


@invariant
def worn_tag_in_an_ended_batch() -> Iterable[Any]:
    """Tags are given back when the batch ends, or when their holder leaves."""
    worn = Tag.objects.filter(status=TagStatus.WORN)
    return worn.filter(Q(batch__status__in=ENDED) | Q(enrolment__status=EnrolmentStatus.LEFT))


@invariant
def enrolled_in_an_ended_batch() -> Iterable[Any]:
    """In a batch that has ended nobody still takes part."""
    return Enrolment.objects.filter(batch__status__in=ENDED, status=EnrolmentStatus.ENROLLED)


@invariant
def decided_hearing_without_minutes() -> Iterable[Any]:
    """A hearing that has decided has minutes, and nothing undecided on its list."""
    decided = Hearing.objects.filter(status=HearingStatus.DECIDED)
    return decided.filter(Q(minutes=None) | Q(nominations__status=NominationStatus.PROPOSED)).distinct()


@invariant
def signed_decree_without_number() -> Iterable[Any]:
    """A signed decree has a number and a day; one that was signed here has its paper."""
    signed = Decree.objects.filter(status=DecreeStatus.SIGNED)
    return signed.filter(Q(number="") | Q(decided_on=None) | Q(is_from_outside=False, paper=None))


@invariant
def part_that_tells() -> Iterable[Any]:
    """What tells of taking part in rehabilitation is confidential, and nothing else is."""
    is_care = Q(batch__programme__kind="rehabilitation")
    for rows in (Nomination.objects, Enrolment.objects, Tag.objects):
        yield from rows.filter((is_care & Q(is_confidential=False)) | (~is_care & Q(is_confidential=True)))
    for marks in (Attendance.objects, Seat.objects, Reading.objects, Correction.objects.exclude(enrolment=None)):
        yield from marks.exclude(is_confidential=F("enrolment__is_confidential"))
    for papers, batch in ((Sheet.objects, "batch"), (Scan.objects, "sheet__batch")):
        is_care = Q(**{f"{batch}__programme__kind": "rehabilitation"})
        yield from papers.filter((is_care & Q(is_confidential=False)) | (~is_care & Q(is_confidential=True)))


@invariant
def made_up_without_a_seat() -> Iterable[Any]:
    """At a catch-up session are those who have a seat, and it makes up for an ordinary session of the same batch."""
    marks = Attendance.objects.filter(session__makes_up_for__isnull=False, is_withdrawn=False)
    yield from marks.exclude(enrolment__seats__session=F("session"))
    catch_ups = Session.objects.filter(makes_up_for__isnull=False)
    yield from catch_ups.filter(~Q(batch=F("makes_up_for__batch")) | Q(makes_up_for__makes_up_for__isnull=False))


@invariant
def session_outside_its_batch() -> Iterable[Any]:
    """A session on the timetable lies within the span of its batch."""
    within = Q(held_on__gte=F("batch__starts_on"), held_on__lte=F("batch__ends_on"))
    return Session.objects.filter(is_active=True).exclude(within)


@invariant
def kept_apart_in_one_batch() -> Iterable[Any]:
    """Nobody was proposed beside somebody from whom security kept them apart by then, unless security allowed it."""
    going = Q(status=NominationStatus.PROPOSED) | Q(status=NominationStatus.ACCEPTED, enrolment=None)
    active = Nomination.objects.filter(going | Q(enrolment__status=EnrolmentStatus.ENROLLED))
    earlier = active.filter(batch=OuterRef(OuterRef("batch")), pk__lt=OuterRef(OuterRef("pk")))
    allowed = ApartOverride.objects.filter(pair=OuterRef("pk"), group=OuterRef(OuterRef("batch__public_id")))
    in_force = KeepApart.objects.filter(
        Q(until_on=None) | Q(until_on__gte=OuterRef("batch__ends_on")),
        ended_at=None,
        noted_at__lt=OuterRef("proposed_at"),
        since_on__lte=OuterRef("batch__starts_on"),
    ).exclude(Exists(allowed))
    either = in_force.filter(first=OuterRef("person")).filter(second__in=earlier.values("person"))
    other = in_force.filter(second=OuterRef("person")).filter(first__in=earlier.values("person"))
    return active.filter(Exists(either) | Exists(other))
