"""A file of a registration desk as the house keeps it: what `roster/` says of it, as JSON, and a copy without clinical columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bekal.people import roster
from bekal.people.roster import Reading, Reason, Verdict
from bekal.people.roster.rows import RosterRow

Row = dict[str, Any]
Mappings = Callable[[str], Mapping[str, str] | None]

# Reasons that a row has of its own; the others come from comparing it with other rows and with the house.
_OF_COMPARING = {
    "repeated_row",
    "register_number_taken",
    "nik_taken",
    "nik_known",
    "nik_elsewhere",
    "stay_ended",
    "somebody_else",
}


def read(
    data: bytes, *, name: str, sheet: str | None, remembered: Mappings, watch: roster.Watch = roster.nobody
) -> Reading:
    """Read a file, with the columns that an officer gave earlier to files with this header.

    Raises:
        roster.Refused: the file cannot be read as a list of people.
    """
    reading = roster.read_roster(data, name=name, sheet=sheet, watch=watch)
    mapping = remembered(reading.header_key)
    if mapping is None or mapping == meanings(reading):
        return reading
    return roster.read_roster(data, name=name, sheet=reading.sheet.name, mapping=mapping)


def meanings(reading: Reading) -> dict[str, str]:
    """As what each column was read, by its letter."""
    return {column.letter: column.meaning for column in reading.shown_columns()}


def file_to_keep(reading: Reading, data: bytes) -> bytes:
    """The file itself, or where it has clinical columns a copy rebuilt without them."""
    return roster.without_clinical(reading) if reading.has_clinical else data


def rejected_workbook(reading: Reading, verdicts: roster.Verdicts) -> bytes:
    """The rejected rows as they were written, with the reason beside each, to be mended; empty where there are none."""
    has_rejected = any(verdict.status == "rejected" for verdict in verdicts.rows)
    return roster.rejected_workbook(reading, verdicts) if has_rejected else b""


def kept_facts(reading: Reading) -> dict[str, Any]:
    """What the page and the command say of the file, beside its rows."""
    return {
        "encoding": reading.encoding,
        "hidden_rows": reading.hidden_rows,
        "columns": [
            {"letter": column.letter, "header": column.text, "example": column.sample or "", "read_as": column.meaning}
            for column in reading.shown_columns()
        ],
    }


def as_row(verdict: Verdict) -> Row:
    """A verdict as it is kept."""
    return {
        "row": verdict.row.number,
        "status": verdict.status,
        "reasons": [{**vars(reason)} for reason in verdict.reasons],
        "changes": verdict.changes,
        "person": verdict.row.person,
    }


@dataclass(frozen=True)
class _Again:
    """What was read, without the file: enough to compare it once more."""

    rows: list[RosterRow]


def again(rows: Sequence[Row]) -> Reading:
    """The reading behind rows that were kept."""
    return cast(
        Reading,
        _Again(
            [
                RosterRow(
                    row["row"],
                    row["person"],
                    [Reason(**reason) for reason in row["reasons"] if reason["code"] not in _OF_COMPARING],
                )
                for row in rows
            ]
        ),
    )
