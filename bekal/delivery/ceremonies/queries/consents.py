"""Who is at a closing, and who of them was not asked yet whether they may be photographed."""

from datetime import date

from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes.choices import EnrolmentStatus
from bekal.delivery.programmes.models import Enrolment
from bekal.people.choices import ConsentKind
from bekal.people.models import Person
from bekal.people.queries import answered


def people_at(ceremony: Ceremony) -> tuple[list[Person], frozenset[int]]:
    """Who takes part in the batches of a closing, by name, as far as the user may see them; and for whom the closing itself
    tells that they are in rehabilitation (primary keys): those whom no other batch of it brings here.
    """
    batches = ceremony.ceremony_batches.values("batch")
    parts = Enrolment.objects.filter(batch__in=batches).exclude(status=EnrolmentStatus.LEFT)
    rows = list(parts.select_related("person").defer("person__nik").order_by("person__search_name", "pk"))
    people = {row.person_id: row.person for row in rows}
    told = {row.person_id for row in rows if not row.is_confidential}
    return list(people.values()), frozenset(people.keys() - told)


def not_asked(ceremony: Ceremony, *, on: date) -> int:
    """How many of those at a closing, as far as the user may see them, have not been asked about photos."""
    people, _hidden = people_at(ceremony)
    return len({person.pk for person in people} - answered(people, ConsentKind.PHOTO, on=on, use=ceremony.public_id))
