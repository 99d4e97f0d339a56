"""Reads about who is kept apart. `kept_apart_among` answers whoever places people; the others answer security alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.people.models import ApartAttempt, ApartOverride, KeepApart, Person


@dataclass(frozen=True)
class Group:
    """Where people come together: a batch, or two batches in one room; by its public id, with the days on which they meet."""

    facility: Facility
    public_id: UUID
    title: str
    is_confidential: bool
    first_on: date
    last_on: date


def kept_apart_among(newcomers: Sequence[int], *, present: Iterable[int], group: Group) -> list[int]:
    """Which newcomers may not join those present: primary keys of people, in the order given, and never with whom.

    Of two newcomers who are kept apart from each other, the later one is named. Who was refused here once stays refused until
    security allows it: whoever takes others away one by one learns nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select people_kept_apart(%s, %s, %s, %s, %s)", _asked(newcomers, present, group))
        found = {person for (person,) in cursor.fetchall()}
    return [person for person in newcomers if person in found]


def _asked(newcomers: Sequence[int], present: Iterable[int], group: Group) -> list[Any]:
    return [list(newcomers), list(present), group.public_id, group.first_on, group.last_on]


def note_attempts(newcomers: Sequence[int], *, present: Iterable[int], group: Group, by: User, at: object) -> int:
    """Write down who was tried to be placed beside whom, past what the officer may see; how many lines it became."""
    about: list[Any] = [group.title, group.is_confidential, group.facility.pk, by.pk, at]
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_note_apart_attempts(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [*_asked(newcomers, present, group), *about],
        )
        return int(cursor.fetchone()[0])


def may_meet(one: Iterable[int], other: Iterable[int], *, meeting: Group, allowed: Iterable[UUID] = ()) -> bool:
    """Whether nobody of two groups that would be in one room is kept apart from somebody of the other; never who.

    What security allowed in this meeting, or in one of the groups `allowed`, stands in nobody's way. Where it was refused once,
    it stays refused until security allows it, whoever is taken out of either group meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("select people_may_meet(%s, %s, %s, %s, %s, %s)", _met(one, other, meeting, allowed))
        return bool(cursor.fetchone()[0])


def _met(one: Iterable[int], other: Iterable[int], meeting: Group, allowed: Iterable[UUID]) -> list[Any]:
    return [sorted(one), sorted(other), meeting.public_id, list(allowed), meeting.first_on, meeting.last_on]


def note_meeting(
    one: Iterable[int], other: Iterable[int], *, meeting: Group, allowed: Iterable[UUID], by: User, at: object
) -> int:
    """Write down that two groups were to be in one room, past what the officer may see; how many lines it became."""
    about: list[Any] = [meeting.title, meeting.is_confidential, meeting.facility.pk, by.pk, at]
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_note_meeting(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [*_met(one, other, meeting, allowed), *about],
        )
        return int(cursor.fetchone()[0])


def _seen(rows: QuerySet[KeepApart]) -> QuerySet[KeepApart]:
    people = ("facility", "first", "second", "noted_by", "ended_by")
    return rows.select_related(*people).defer("reason", "end_reason", "first__nik", "second__nik")


def pairs_for(user: User) -> QuerySet[KeepApart]:
    """The pairs that the user's facility noted or holds both of, those in force first; with attempts that nobody has seen.

    Row security shows them to security and the head alone.
    """
    here = user.facility_here
    rows = KeepApart.objects.filter(Q(facility_id=here) | Q(first__facility=here, second__facility=here))
    unseen = Count("attempts", filter=Q(attempts__seen_at=None))
    return _seen(rows).annotate(unseen=unseen).order_by("-ended_at", "-since_on", "-pk")


def pairs_of(user: User, person: Person) -> QuerySet[KeepApart]:
    """The pairs of one person that have not ended."""
    return pairs_for(user).filter(Q(first=person) | Q(second=person), ended_at=None)


def attempts_of(pair: KeepApart) -> QuerySet[ApartAttempt]:
    """Who tried to place one of the pair beside the other, latest first; those in rehabilitation for the head alone."""
    rows = pair.attempts.select_related("person", "tried_by", "seen_by").defer("person__nik")
    return rows.order_by("-tried_at", "-pk")


def overrides_of(pair: KeepApart) -> QuerySet[ApartOverride]:
    """Where the pair was allowed to be together."""
    return pair.overrides.select_related("allowed_by").order_by("-allowed_at", "-pk")


def unseen_attempts(user: User) -> QuerySet[ApartAttempt]:
    """Attempts in the user's facility that security has not looked at."""
    here = user.facility_here
    return ApartAttempt.objects.filter(facility_id=here, seen_at=None)
