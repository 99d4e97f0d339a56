"""Before somebody is placed in a batch: is there anybody from whom they are kept apart? Security knows; we hear yes or no."""

from collections.abc import Iterable
from datetime import datetime

from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.queries import people_of_sessions, placed_in, sessions_beside
from bekal.foundation.core.scope import past_care
from bekal.people import operations as people
from bekal.people.joinings import records_of_all
from bekal.people.models import Person
from bekal.people.queries import Group


def check_may_join(batch: Batch, newcomers: Iterable[Person], *, coming: Iterable[str] = (), at: datetime) -> None:
    """Refuse to place somebody beside a person from whom they are kept apart, without a word about whom.

    Present are those who take part, those whose nomination is in one of the states `coming`, and those whom the batch will meet
    in a shared room. Call it last: a reason that may be told comes first.

    Raises:
        NotPlaced: somebody may not join.
    """
    comers = _with_other_records(newcomers)
    day = batch.facility.day_of(at)
    beside = list(sessions_beside(batch, day).select_related("batch__programme"))
    # Whoever fills this batch may not know who takes part in the other; the answer says nothing of it.
    with past_care():
        met = people_of_sessions(beside) if beside else {}
    there = placed_in(batch, coming=coming).union(*met.values())
    present = records_of_all(there) - {person.pk for person in comers}
    group = Group(
        facility=batch.facility,
        public_id=batch.public_id,
        title=batch.name,
        # Whoever may be met in rehabilitation is told by no attempt: then each is for the head, whatever stood in the way.
        is_confidential=any(one.programme.is_confidential for one in [batch, *(session.batch for session in beside)]),
        first_on=max(day, batch.starts_on),
        last_on=max(day, batch.ends_on),
    )
    people.check_placeable(comers, present=present, group=group)


def _with_other_records(people: Iterable[Person]) -> list[Person]:
    """The people, and behind them the records that were joined with theirs: who is kept apart is so under every name."""
    first = list(people)
    keys = {person.pk for person in first}
    return [*first, *Person.objects.filter(pk__in=records_of_all(keys) - keys).order_by("pk")]
