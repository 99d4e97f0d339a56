"""Who is together in a batch though security keeps them apart: for security and the head, who alone see pairs."""

from collections import defaultdict

from django.db.models import Q

from bekal.delivery.programmes.choices import EnrolmentStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Nomination
from bekal.foundation.accounts.models import User
from bekal.people.apart import pairs_for
from bekal.people.models import ApartOverride, KeepApart


def together_though_apart(user: User) -> list[tuple[KeepApart, Batch]]:
    """Pairs in force whose two people are in one batch, or on their way into it, where nobody allowed it."""
    pairs = list(pairs_for(user).filter(ended_at=None))
    if not pairs:
        return []
    coming = Q(status__in=(NominationStatus.PROPOSED, NominationStatus.ACCEPTED), enrolment=None)
    taking_part = Q(enrolment__status=EnrolmentStatus.ENROLLED)
    people = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    batches: dict[int, dict[int, Batch]] = defaultdict(dict)
    for row in Nomination.objects.filter(coming | taking_part, person__in=people).select_related("batch__programme"):
        batches[row.person_id][row.batch_id] = row.batch
    allowed = set(ApartOverride.objects.filter(pair__in=pairs).values_list("pair_id", "group"))
    return [
        (pair, batch)
        for pair in pairs
        for key, batch in batches[pair.first_id].items()
        if key in batches[pair.second_id] and (pair.pk, batch.public_id) not in allowed
    ]
