"""Handing over on a person's thread: the day on which somebody received the paper, as far as the user may see it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import permissions
from bekal.delivery.ceremonies.choices import HandOverOutcome
from bekal.delivery.ceremonies.models import HandOver
from bekal.foundation.accounts.models import User
from bekal.people.models import Person
from bekal.people.thread import Stop


def stops_for(person: Person, user: User, today: date) -> Iterable[Stop]:
    """One stop for each certificate that reached the person."""
    if not user.may(permissions.VIEW_CEREMONIES):
        return
    received = HandOver.objects.filter(certificate__enrolment__person=person, outcome=HandOverOutcome.RECEIVED)
    for line in received.select_related("ceremony", "facility").order_by("recorded_at", "pk"):
        if line.recorded_at:
            yield Stop(
                line.facility.day_of(line.recorded_at),
                _("Certificate received"),
                line.ceremony.title,
                url=reverse("ceremonies:ceremony", args=[line.ceremony.public_id]),
                link=_("The ceremony"),
                rank=8,
            )
