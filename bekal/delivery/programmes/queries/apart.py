"""Who is together in a batch or a room though security keeps them apart: for security and the head, who alone see pairs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from uuid import UUID

from django.db.models import Q, QuerySet

from bekal.delivery.programmes.choices import EnrolmentStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Nomination, Session
from bekal.delivery.programmes.queries.rooms import meeting_of, still_held
from bekal.foundation.accounts.models import User
from bekal.people.apart import pairs_for
from bekal.people.models import ApartOverride, KeepApart


def pairs_in_force(user: User) -> list[KeepApart]:
    """The pairs that have not ended, as far as the user may see them."""
    return list(pairs_for(user).filter(ended_at=None))


def together_though_apart(pairs: Sequence[KeepApart]) -> list[tuple[KeepApart, Batch]]:
    """Those of the pairs whose two people are in one batch, or on their way into it, where nobody allowed it."""
    if not pairs:
        return []
    coming = Q(status__in=(NominationStatus.PROPOSED, NominationStatus.ACCEPTED), enrolment=None)
    taking_part = Q(enrolment__status=EnrolmentStatus.ENROLLED)
    people = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    batches = _batches_of(Nomination.objects.filter(coming | taking_part, person__in=people))
    allowed = _allowed(pairs)
    return [
        (pair, batch)
        for pair in pairs
        for key, batch in batches[pair.first_id].items()
        if key in batches[pair.second_id] and (pair.pk, batch.public_id) not in allowed
    ]


def meeting_though_apart(pairs: Sequence[KeepApart], day: date) -> list[tuple[KeepApart, Session]]:
    """Those of the pairs whose two people take part in two batches that share a room from a day on, where nobody allowed it.

    With the first session in which they would meet.
    """
    if not pairs:
        return []
    people = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    taking_part = Nomination.objects.filter(enrolment__status=EnrolmentStatus.ENROLLED, person__in=people)
    batches = _batches_of(taking_part)
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in still_held(Session.objects.filter(batch__in={key for own in batches.values() for key in own}), day):
        sessions[session.batch_id].append(session)
    allowed = _allowed(pairs)
    found = []
    for pair in pairs:
        for one, other in product(batches.get(pair.first_id, {}).values(), batches.get(pair.second_id, {}).values()):
            groups = (one.public_id, other.public_id, meeting_of(one.public_id, other.public_id))
            first = _first_shared(sessions[one.pk], sessions[other.pk]) if one != other else None
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


def _batches_of(nominations: QuerySet[Nomination]) -> dict[int, dict[int, Batch]]:
    batches: dict[int, dict[int, Batch]] = defaultdict(dict)
    for row in nominations.select_related("batch__programme"):
        batches[row.person_id][row.batch_id] = row.batch
    return batches


def _allowed(pairs: Iterable[KeepApart]) -> set[tuple[int, UUID]]:
    return set(ApartOverride.objects.filter(pair__in=list(pairs)).values_list("pair_id", "group"))
