"""Who is in a room at an hour, where two batches may be there at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, QuerySet

from bekal.delivery.programmes.choices import EnrolmentStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Seat, Session


def still_held(sessions: QuerySet[Session], day: date) -> QuerySet[Session]:
    """The ordinary or catch-up sessions in shared places that take place from a day on."""
    return sessions.filter(is_active=True, shares_place=True, held_on__gte=day).exclude(status=SessionStatus.NOT_HELD)


def meeting_of(one: UUID, other: UUID) -> UUID:
    """One id for two batches in one room, whichever of them comes second."""
    first, second = sorted((one, other))
    return uuid5(first, str(second))


def sessions_beside(batch: Batch, day: date) -> QuerySet[Session]:
    """The sessions of other batches that are in one room with a batch, from a day on."""
    mine = still_held(batch.sessions.filter(makes_up_for=None), day)
    there = mine.filter(place=OuterRef("place"), during__overlap=OuterRef("during"))
    return still_held(Session.objects.exclude(batch=batch), day).filter(Exists(there))


def people_of_sessions(sessions: Collection[Session]) -> dict[int, set[int]]:
    """Who comes to sessions: keys of people by key of batch. To a catch-up session come those who have a seat in it.

    As far as is in sight: health facts among them.
    """
    found: dict[int, set[int]] = defaultdict(set)
    whole = {session.batch_id for session in sessions if not session.makes_up_for_id}
    taking_part = Enrolment.objects.filter(batch__in=whole, status=EnrolmentStatus.ENROLLED)
    catch_ups = [session.pk for session in sessions if session.makes_up_for_id]
    seated = Seat.objects.filter(session__in=catch_ups, is_active=True, enrolment__status=EnrolmentStatus.ENROLLED)
    for batch, person in taking_part.values_list("batch", "person"):
        found[batch].add(person)
    for batch, person in seated.values_list("session__batch", "enrolment__person"):
        found[batch].add(person)
    return found
