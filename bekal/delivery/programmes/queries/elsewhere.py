"""Parts in batches of facilities where somebody was before, as far as the facility that holds them may know them."""

from datetime import date
from typing import NamedTuple

from bekal.foundation.core.together import Rows, day_from
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


def parts_elsewhere_read(person: Person) -> Rows:
    """The read of what somebody who is held here took part in elsewhere; rehabilitation is told to the care team alone."""
    return Rows(
        "select * from programmes_parts_elsewhere(%s::bigint[])", [[person.pk] if person.has_moved else []], _told
    )


def _told(
    facility: str, title: str, number: int, begun: str, until: str, status: str, exit_kind: str, ended: str | None
) -> PartElsewhere:
    days = date.fromisoformat(begun), date.fromisoformat(until)
    return PartElsewhere(facility, title, number, *days, status, exit_kind, day_from(ended))
