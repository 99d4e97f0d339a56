"""What was done to a batch, as the trail tells it: when, by whom, in the officers' words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

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


def deeds_read(facility: int, batch: UUID) -> QuerySet[Event]:
    """The latest events of a batch (by public id) that officers have words for, with the name of who did it."""
    events = Event.objects.filter(facility=facility, subject=batch, code__in=list(_words()))
    name = User.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    return events.annotate(name=Subquery(name)).order_by("-id")[:8]


def deeds_from(events: Iterable[Event]) -> list[Deed]:
    """What was done, in the officers' words."""
    words, house = _words(), _("the house")
    return [Deed(event.at, event.name or house, words[event.code]) for event in events]  # type: ignore[attr-defined]
