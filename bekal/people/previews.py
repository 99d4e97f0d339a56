"""A roster as a page shows it: columns, counts, and rows with their reasons in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bekal.foundation.core.days import short_day
from bekal.foundation.core.tables import xlsx_bytes
from bekal.people import imports, sentences
from bekal.people.imports import Row
from bekal.people.models import RosterDoubt, RosterImport
from bekal.people.sentences import STATUSES

SHOWN_AT_ONCE = 50


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

    @property
    def label(self) -> str:
        return str(STATUSES[self.status])


@dataclass(frozen=True)
class Preview:
    """Everything a page shows of one reading."""

    columns: list[Column]
    rows: Sequence[Row]
    absent: list[str]
    letters: Mapping[str, str]
    hidden_rows: int = 0

    def lines(self, *statuses: str) -> list[Line]:
        """The rows in these states, in the order of the file."""
        return [line_of(row, self.letters) for row in self.rows if row["status"] in statuses]

    @property
    def to_decide(self) -> list[Line]:
        return self.lines("doubtful", "rejected")[:SHOWN_AT_ONCE]

    @property
    def to_save(self) -> list[Line]:
        return [*self.lines("changed")[:SHOWN_AT_ONCE], *self.lines("new")[:SHOWN_AT_ONCE]]


def preview_of(roster_import: RosterImport) -> Preview:
    """What was read, as it was kept."""
    kept = imports.stored_report(roster_import)
    letters = {letter: name for letter, name in roster_import.columns.items()}
    columns = [Column(**column) for column in kept.get("columns", [])]
    return Preview(columns, kept.get("rows", []), kept.get("absent", []), letters, kept.get("hidden_rows", 0))


def line_of(row: Row, letters: Mapping[str, str]) -> Line:
    """One row in words."""
    person = row.get("person") or {}
    was = row.get("was", {})
    return Line(
        number=row["row"],
        name=person.get("full_name") or "",
        register_number=person.get("register_number") or "",
        status=row["status"],
        reasons=[sentences.reason(reason, row=row["row"], columns=letters) for reason in row["reasons"]],
        changes=[
            (str(sentences.FIELDS[name]), shown(name, was.get(name)), shown(name, person.get(name)))
            for name in row["changes"]
        ],
    )


def line_of_doubt(doubt: RosterDoubt) -> Line:
    """A doubtful row that waits, in words."""
    return line_of(imports.content_of(doubt), doubt.roster_import.columns)


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


def rejected_xlsx(lines: Iterable[Line]) -> bytes:
    """Rejected rows with the reason beside each."""
    columns = [_("Row"), _("Name"), _("Register number"), _("Reason")]
    return xlsx_bytes(
        _("Rejected rows"),
        columns,
        [[line.number, line.name, line.register_number, " ".join(line.reasons)] for line in lines],
    )
