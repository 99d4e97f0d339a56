"""What was done to a batch, as the trail tells it: when, by whom, in the officers' words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event


@dataclass(frozen=True)
class Deed:
    """One entry of the trail."""

    at: datetime
    who: str
    what: str


def _words() -> dict[str, str]:
    return {
        "programmes.batch.created": _("made the batch"),
        "programmes.batch.changed": _("changed the batch"),
        "programmes.batch.started": _("started the batch"),
        "programmes.batch.completed": _("closed the batch"),
        "programmes.batch.cancelled": _("cancelled the batch"),
        "programmes.timetable.planned": _("planned the sessions"),
        "programmes.tags.printed": _("printed the tags"),
        "programmes.tags.released": _("took the tags back"),
    }


def deeds_on(batch: Batch, *, most: int = 8) -> list[Deed]:
    """What was done to a batch, latest first."""
    words = _words()
    events = Event.objects.filter(facility=batch.facility_id, subject=batch.public_id, code__in=words)
    latest = list(events.order_by("-id")[:most])
    actors = {event.actor for event in latest if event.actor}
    names = {user.public_id: user.name for user in User.objects.filter(public_id__in=actors)}
    house = _("the house")
    return [
        Deed(event.at, names.get(event.actor, house) if event.actor else house, words[event.code]) for event in latest
    ]
