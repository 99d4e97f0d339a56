"""A roster as a page shows it: columns, counts, and rows with their reasons in words."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from bekal.foundation.core.days import short_day
from bekal.people import imports, sentences
from bekal.people.models import RosterDoubt, RosterImport
from bekal.people.readings import Row
from bekal.people.roster import FIELD_NAMES
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
    # Of somebody new: standing, block and expiry, as far as the list says them.
    content: str = ""

    @property
    def label(self) -> str:
        return str(STATUSES[self.status])


@dataclass(frozen=True)
class Preview:
    """Everything a page shows of one reading."""

    columns: list[Column]
    rows: Sequence[Row]
    absent: list[str]
    hidden_rows: int = 0
    # The rejected rows as a workbook, in base64; empty where there are none.
    rejected: str = ""

    def lines(self, *statuses: str) -> list[Line]:
        """The rows in these states, in the order of the file."""
        return [line_of(row) for row in self.rows if row["status"] in statuses]

    @property
    def rejected_workbook(self) -> bytes:
        """The rejected rows as they were written, with the reason beside each, to be mended and chosen again."""
        return base64.b64decode(self.rejected)

    @property
    def to_decide(self) -> list[Line]:
        return self.lines("doubtful", "rejected")[:SHOWN_AT_ONCE]

    @property
    def to_save(self) -> list[Line]:
        return [*self.lines("changed")[:SHOWN_AT_ONCE], *self.lines("new")[:SHOWN_AT_ONCE]]


def preview_of(roster_import: RosterImport) -> Preview:
    """What was read, as it was kept."""
    kept = imports.stored_report(roster_import)
    columns = [Column(**column) for column in kept.get("columns", [])]
    return Preview(
        columns,
        kept.get("rows", []),
        kept.get("absent", []),
        hidden_rows=kept.get("hidden_rows", 0),
        rejected=kept.get("rejected", ""),
    )


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
