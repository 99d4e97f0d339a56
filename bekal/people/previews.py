"""A roster as a page shows it: columns, counts, and rows with their reasons in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bekal.foundation.core.days import short_day
from bekal.people import imports, queries, reports, sentences
from bekal.people.models import RosterDoubt, RosterImport
from bekal.people.readings import Row
from bekal.people.roster import FIELD_NAMES
from bekal.people.sentences import STATUSES


@dataclass(frozen=True)
class Column:
    """A column of the file: its letter, its header, an example, and as what it is read."""

    letter: str
    header: str
    example: str
    read_as: str

    @property
    def is_clinical(self) -> bool:
        return self.read_as == "clinical"

    @property
    def is_row_number(self) -> bool:
        return self.read_as == "row_number"

    @property
    def is_fixed(self) -> bool:
        """Whether an officer cannot have it read as something else."""
        return self.is_clinical or self.is_row_number


@dataclass(frozen=True)
class Line:
    """A row of the file: who, in which state, why, and what would change."""

    number: int
    name: str
    register_number: str
    status: str
    reasons: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    # Of somebody new: standing, block and expiry, as far as the list says them.
    content: str = ""

    @property
    def label(self) -> str:
        return str(STATUSES[self.status])


@dataclass(frozen=True)
class Preview:
    """What the page of a list shows: how many rows it has and how many are absent, and the first of the rows."""

    columns: list[Column]
    rows: int
    absent: int
    hidden_rows: int
    to_decide: list[Line]
    to_save: list[Line]


def preview_of(roster_import: RosterImport) -> Preview:
    """What was read, as it was kept. Opens a page of rows of each kind, however long the list is."""
    facts = reports.facts_of(roster_import)
    first = [line_of(row) for row in reports.first_rows(roster_import, ("changed", "new", "doubtful", "rejected"))]
    return Preview(
        columns_of(roster_import),
        rows=sum(roster_import.counts.values()),
        absent=facts.get("absent", 0),
        hidden_rows=facts.get("hidden_rows", 0),
        to_decide=[line for line in first if line.status in ("doubtful", "rejected")][: reports.PER_PAGE],
        to_save=sorted((line for line in first if line.status in ("changed", "new")), key=lambda line: line.status),
    )


def columns_of(roster_import: RosterImport) -> list[Column]:
    """The columns of the file."""
    return [Column(**column) for column in reports.facts_of(roster_import).get("columns", [])]


def lines_of(roster_import: RosterImport, status: str, items: Sequence[Any]) -> Iterable[Any]:
    """What a page of one kind shows: rows in words; of the absent, the stays that are still open."""
    if status == reports.ABSENT:
        return queries.absent_from(roster_import, items)
    return [line_of(row) for row in items]


def line_of(row: Row) -> Line:
    """One row in words."""
    person = row.get("person") or {}
    was = row.get("was", {})
    return Line(
        number=row["row"],
        name=person.get("full_name") or "",
        register_number=person.get("register_number") or "",
        status=row["status"],
        reasons=[sentences.reason(reason) for reason in row["reasons"]],
        changes=[
            (str(FIELD_NAMES[name]), shown(name, was.get(name)), shown(name, person.get(name)))
            for name in row["changes"]
        ],
        content=_content(person) if row["status"] == "new" else "",
    )


def _content(person: Mapping[str, Any]) -> str:
    told = [str(sentences.CODES.get(person.get("standing") or "", ""))]
    told += [f"{FIELD_NAMES[name]} {shown(name, person[name])}" for name in ("block", "expires_on") if person.get(name)]
    return ", ".join(filter(None, told))


def line_of_doubt(doubt: RosterDoubt) -> Line:
    """A doubtful row that waits, in words."""
    return line_of(imports.content_of(doubt))


def shown(name: str, value: Any) -> str:
    """A value as a page shows it: days in words, a NIK only as there or not there."""
    if value in (None, ""):
        return _("empty")
    if name == "nik":
        return _("filled")
    if name.endswith("_on"):
        return short_day(imports.day(value))
    if name == "sentence":
        return _("%(years)s years %(months)s months %(days)s days") % value
    return str(sentences.CODES.get(value, value))


def label_of(status: str) -> str:
    """The heading over rows of one kind."""
    return _("Not on the list") if status == "absent" else str(STATUSES[status])
