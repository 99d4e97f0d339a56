"""Who is at a closing, and who of them was not asked yet whether they may be photographed."""

from collections.abc import Generator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes.choices import EnrolmentStatus
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.core.together import Ask
from bekal.people.choices import ConsentKind
from bekal.people.consents import answered, said_read
from bekal.people.models import Person


def people_at(ceremony: Ceremony) -> tuple[list[Person], frozenset[int]]:
    """Who takes part in the batches of a closing, by name, as far as the user may see them; and for whom the closing itself
    tells that they are in rehabilitation (primary keys): those whom no other batch of it brings here.
    """
    rows = list(_parts_at(ceremony).select_related("person").defer("person__nik").order_by("person__search_name", "pk"))
    people = {row.person_id: row.person for row in rows}
    told = {row.person_id for row in rows if not row.is_confidential}
    return list(people.values()), frozenset(people.keys() - told)


def _parts_at(ceremony: Ceremony) -> QuerySet[Enrolment]:
    batches = ceremony.ceremony_batches.values("batch")
    return Enrolment.objects.filter(batch__in=batches).exclude(status=EnrolmentStatus.LEFT)


def not_asked(ceremony: Ceremony, *, on: date) -> Generator[Ask, list[list[Any]], int]:
    """How many of those at a closing, as far as the user may see them, have not been asked about photos. Read in rounds."""
    [people] = yield Ask(_parts_at(ceremony).values_list("person", flat=True))
    [said] = yield Ask(said_read(people, [ConsentKind.PHOTO], ceremony.public_id))
    return len(set(people) - answered(said, ConsentKind.PHOTO, on=on))
