"""Who is together in a batch or a room though security keeps them apart: for security and the head, who alone see pairs."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet

from bekal.delivery.programmes.choices import EnrolmentStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Nomination, Session
from bekal.delivery.programmes.queries.rooms import meeting_of, still_held
from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import Ask, Kept
from bekal.people.apart import pairs_for
from bekal.people.models import ApartOverride, KeepApart

# The batches of each person, by their keys.
Batches = dict[int, dict[int, Batch]]


@dataclass(frozen=True)
class ThoughApart:
    """Pairs in force who are together where nobody allowed it: in one batch, or in one room with the first session of it."""

    in_batch: list[tuple[KeepApart, Batch]]
    in_room: list[tuple[KeepApart, Session]]


def though_apart(user: User, day: date) -> Generator[Ask, list[list[Any]], ThoughApart]:
    """Who is in one batch or on the way into it, and who will meet in a shared room from a day on. Read in rounds."""
    [pairs] = yield Ask(Kept(_pairs_in_force, user))
    people = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    nominations = Nomination.objects.filter(person__in=people).select_related("batch__programme")
    taking_part = Q(enrolment__status=EnrolmentStatus.ENROLLED)
    coming = Q(status__in=(NominationStatus.PROPOSED, NominationStatus.ACCEPTED), enrolment=None)
    proposed, enrolled, told = yield Ask(
        nominations.filter(coming | taking_part),
        nominations.filter(taking_part),
        ApartOverride.objects.filter(pair__in=[pair.pk for pair in pairs]).values_list("pair_id", "group"),
    )
    batches, taught, allowed = _batches_of(proposed), _batches_of(enrolled), set(told)
    of_those = Session.objects.filter(batch__in={key for own in taught.values() for key in own})
    [sessions] = yield Ask(still_held(of_those, day).select_related("batch__programme"))
    in_batch = [
        (pair, batch)
        for pair in pairs
        for key, batch in batches[pair.first_id].items()
        if key in batches[pair.second_id] and (pair.pk, batch.public_id) not in allowed
    ]
    return ThoughApart(in_batch, _meeting(pairs, taught, sessions, allowed))


def _pairs_in_force(user: User) -> QuerySet[KeepApart]:
    return pairs_for(user).filter(ended_at=None)


def _batches_of(nominations: Iterable[Nomination]) -> Batches:
    batches: Batches = defaultdict(dict)
    for row in nominations:
        batches[row.person_id][row.batch_id] = row.batch
    return batches


def _meeting(
    pairs: Iterable[KeepApart], batches: Batches, sessions: Iterable[Session], allowed: set[Any]
) -> list[tuple[KeepApart, Session]]:
    of_batch: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        of_batch[session.batch_id].append(session)
    found = []
    for pair in pairs:
        for one, other in product(batches[pair.first_id].values(), batches[pair.second_id].values()):
            groups = (one.public_id, other.public_id, meeting_of(one.public_id, other.public_id))
            first = _first_shared(of_batch[one.pk], of_batch[other.pk]) if one != other else None
            if first and not any((pair.pk, group) in allowed for group in groups):
                found.append((pair, first))
    return found


def _first_shared(mine: Iterable[Session], theirs: Iterable[Session]) -> Session | None:
    met = [
        one
        for one, other in product(mine, theirs)
        if one.place_id == other.place_id
        and one.during.lower < other.during.upper
        and other.during.lower < one.during.upper
    ]
    return min(met, key=lambda one: (one.held_on, one.pk), default=None)
