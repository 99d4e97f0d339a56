"""Parts in batches of facilities where somebody was before, as far as the facility that holds them may know them."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from bekal.people.models import Person


class PartElsewhere(NamedTuple):
    """A part in a batch of another facility: what it was, and how it ended."""

    facility_name: str
    title: str
    number: int
    starts_on: date
    ends_on: date
    status: str
    exit_kind: str
    ended_on: date | None


def parts_elsewhere(person: Person) -> list[PartElsewhere]:
    """What somebody who is held here took part in elsewhere; rehabilitation is told to the care team alone."""
    if not person.has_moved:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from programmes_parts_elsewhere(%s)", [[person.pk]])
        return [PartElsewhere(*row) for row in cursor.fetchall()]
