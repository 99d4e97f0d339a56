"""What stands beside the desk: the batches under way, with counts that everybody may know."""

from dataclasses import dataclass

from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.queries import batch_counts_found, batch_counts_read, batches_going_on
from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import Answer, Ask, Kept

MOST = 12


@dataclass(frozen=True)
class Underway:
    """A batch that is being filled or running, and how many take part."""

    batch: Batch
    people: int


def running_batches(user: User) -> Answer[Underway]:
    """The batches being filled or running at the user's facility, soonest first."""
    if not user.may("programmes.view_batches"):
        return
    [going_on] = yield Ask(Kept(batches_going_on, user))
    batches = going_on[:MOST]
    [found] = yield Ask(batch_counts_read(batch.pk for batch in batches))
    counts = batch_counts_found(found)
    for batch in batches:
        yield Underway(batch, counts[batch.pk].enrolled if batch.pk in counts else 0)
