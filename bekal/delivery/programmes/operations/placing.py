"""Before somebody is placed in a batch: is there anybody from whom they are kept apart? Security knows; we hear yes or no."""

from collections.abc import Iterable
from datetime import datetime

from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.queries import placed_in
from bekal.people import operations as people
from bekal.people.joinings import records_of_all
from bekal.people.models import Person
from bekal.people.queries import Group


def check_may_join(batch: Batch, newcomers: Iterable[Person], *, coming: Iterable[str] = (), at: datetime) -> None:
    """Refuse to place somebody beside a person from whom they are kept apart, without a word about whom.

    Present are those who take part and those whose nomination is in one of the states `coming`. Call it last: a reason that
    may be told comes first.

    Raises:
        NotPlaced: somebody may not join.
    """
    comers = _with_other_records(newcomers)
    present = records_of_all(placed_in(batch, coming=coming)) - {person.pk for person in comers}
    day = batch.facility.day_of(at)
    group = Group(
        facility=batch.facility,
        public_id=batch.public_id,
        title=batch.name,
        is_confidential=batch.programme.is_confidential,
        first_on=max(day, batch.starts_on),
        last_on=max(day, batch.ends_on),
    )
    people.check_placeable(comers, present=present, group=group)


def _with_other_records(people: Iterable[Person]) -> list[Person]:
    """The people, and behind them the records that were joined with theirs: who is kept apart is so under every name."""
    first = list(people)
    keys = {person.pk for person in first}
    return [*first, *Person.objects.filter(pk__in=records_of_all(keys) - keys).order_by("pk")]
