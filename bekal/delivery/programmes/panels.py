"""Beside a person's thread: for which batches they could be proposed, and what is missing."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bekal.delivery.programmes import permissions, queries
from bekal.foundation.accounts.models import User
from bekal.people.models import Person
from bekal.people.thread import Panel


def panels_for(person: Person, user: User, today: date) -> Iterable[Panel]:
    """One sheet, for those who may propose, while the person is here."""
    if not user.may(permissions.NOMINATE):
        return
    custody = person.custodies.filter(ended_on=None).select_related("person").defer("offence").first()
    if custody is None:
        return
    rows = [(batch, batch.name, queries.candidate(batch, custody)) for batch in queries.batches_to_fill(user, person)]
    action = {"url": reverse("programmes:propose-person", args=[person.public_id]), "label": _("Propose for a batch")}
    yield Panel("programmes/_person_panel.html", {"rows": rows, "action": action})
