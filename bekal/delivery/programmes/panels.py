"""Beside a person's thread: for which batches they could be proposed, and what is missing."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bekal.delivery.programmes import permissions, queries
from bekal.delivery.programmes.models import Batch, Criterion
from bekal.foundation.accounts.models import User
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept
from bekal.people.models import Custody, Person
from bekal.people.thread import Panel


def panels_for(person: Person, records: Sequence[Person], user: User, today: date) -> Answer[Panel]:
    """One sheet, for those who may propose, while the person is here."""
    if not user.may(permissions.NOMINATE):
        return
    custodies, batches, criteria = yield Ask(
        Kept(_staying, person), Kept(_to_fill, user, *records), Kept(_asked_by_those, user, *records)
    )
    if not custodies:
        return
    rows = [(batch, batch.name, queries.candidate(batch, custodies[0], among=criteria)) for batch in batches]
    action = {"url": path_to("programmes:propose-person", person.public_id), "label": _("Propose for a batch")}
    yield Panel("programmes/_person_panel.html", {"rows": rows, "action": action})


def _staying(person: Person) -> QuerySet[Custody]:
    return person.custodies.filter(ended_on=None).select_related("person").defer("offence", "person__nik")


def _to_fill(user: User, *records: Person) -> QuerySet[Batch]:
    return queries.batches_to_fill(user, [record.pk for record in records])


def _asked_by_those(user: User, *records: Person) -> QuerySet[Criterion]:
    return queries.criteria_asked_by(_to_fill(user, *records))
