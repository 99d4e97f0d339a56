"""The smallest valid rows. Whoever uses them is within a scope."""

from datetime import date, datetime
from itertools import count

from bekal.foundation.facilities.models import Facility
from bekal.people import rules
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody, Person

_numbers = count(500)


def person_facts(**changes: object) -> PersonFacts:
    values = {"full_name": "I Wayan Mudita", "birth_place": "Tabanan", "birth_on": date(1990, 8, 17), "sex": "male"}
    return PersonFacts(**{**values, **changes})  # type: ignore[arg-type]


def stay_facts(**changes: object) -> StayFacts:
    values = {"register_number": f"B.I {next(_numbers)}/2026", "standing": "sentenced", "admitted_on": date(2026, 1, 5)}
    return StayFacts(**{**values, **changes})  # type: ignore[arg-type]


def a_stay(facility: Facility, *, at: datetime, name: str = "I Wayan Mudita", **values: object) -> Custody:
    """A person of this name with an open stay."""
    person = Person.objects.create(
        facility=facility, full_name=name, search_name=rules.search_name(name), created_at=at
    )
    given = {"register_number": f"B.I {next(_numbers)}/2026", "standing": "sentenced", **values}
    return Custody.objects.create(facility=facility, person=person, created_at=at, **given)
