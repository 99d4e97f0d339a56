"""What stands beside the desk: the batches under way, with counts that everybody may know."""

from dataclasses import dataclass

from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.queries import batch_counts, batches_for
from bekal.foundation.accounts.models import User


@dataclass(frozen=True)
class Underway:
    """A batch that is being filled or running, and how many take part."""

    batch: Batch
    people: int


def running_batches(user: User) -> list[Underway]:
    """The batches being filled or running at the user's facility, soonest first."""
    if not user.may("programmes.view_batches"):
        return []
    open_states = (BatchStatus.PLANNED, BatchStatus.RUNNING)
    batches = list(batches_for(user).filter(status__in=open_states).order_by("-status", "starts_on", "pk")[:12])
    counts = batch_counts(batches)
    return [Underway(batch, counts[batch.pk].enrolled if batch.pk in counts else 0) for batch in batches]
