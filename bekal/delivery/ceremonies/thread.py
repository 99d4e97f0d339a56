"""Handing over on a person's thread: the day on which somebody received the paper, as far as the user may see it."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import permissions
from bekal.delivery.ceremonies.choices import HandOverOutcome
from bekal.delivery.ceremonies.models import HandOver
from bekal.foundation.accounts.models import User
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept
from bekal.people.models import Person
from bekal.people.thread import Stop


def stops_for(person: Person, user: User, today: date) -> Answer[Stop]:
    """One stop for each certificate that reached the person."""
    if not user.may(permissions.VIEW_CEREMONIES):
        return
    [lines] = yield Ask(Kept(_received_by, person))
    for line in lines:
        if line.recorded_at:
            yield Stop(
                line.facility.day_of(line.recorded_at),
                _("Certificate received"),
                line.ceremony.title,
                url=path_to("ceremonies:ceremony", line.ceremony.public_id),
                link=_("The ceremony"),
                rank=8,
            )


def _received_by(person: Person) -> QuerySet[HandOver]:
    received = HandOver.objects.filter(certificate__enrolment__person=person, outcome=HandOverOutcome.RECEIVED)
    return received.select_related("ceremony", "facility").order_by("recorded_at", "pk")
