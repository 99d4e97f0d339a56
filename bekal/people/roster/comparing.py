"""What becomes of each row: against the other rows of the list, and against what the house knows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bekal.people.roster.reader import Reading
from bekal.people.roster.reasons import REJECTING, Reason
from bekal.people.roster.rows import RosterRow

STATUSES = ("new", "changed", "unchanged", "repeated", "doubtful", "rejected")
_CASELESS = ("full_name", "birth_place")


@dataclass(frozen=True)
class Verdict:
    """A row with its status, its reasons, and the fields that it would change."""

    row: RosterRow
    status: str
    reasons: list[Reason]
    changes: list[str]


@dataclass(frozen=True)
class Verdicts:
    """The verdict on every row, and the register numbers of people here whom the list does not hold."""

    rows: list[Verdict]
    absent: list[str]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(verdict.status for verdict in self.rows)
        return {status: counted[status] for status in STATUSES}


def compare(reading: Reading, known: Mapping[str, Mapping[str, Any]]) -> Verdicts:
    """Judge the rows of a list.

    `known` holds the stays of the facility by register number, in the fields and forms of a roster; one with `ended` true is
    over, and its absence from the list says nothing. An empty cell changes nothing: a list that is silent does not erase.
    """
    seen: dict[str, RosterRow] = {}
    niks: dict[str, RosterRow] = {}
    verdicts = [_judged(row, known, seen, niks) for row in reading.rows]
    listed = {row.person["register_number"] for row in reading.rows}
    absent = [number for number, stay in known.items() if number not in listed and not stay.get("ended")]
    return Verdicts(verdicts, absent)


def _judged(
    row: RosterRow, known: Mapping[str, Mapping[str, Any]], seen: dict[str, RosterRow], niks: dict[str, RosterRow]
) -> Verdict:
    number = row.person["register_number"]
    rejecting = [reason for reason in row.reasons if reason.code in REJECTING]
    earlier = seen.get(number) if number else None
    if not rejecting and earlier is not None:
        if _same_person(earlier, row):
            return Verdict(row, "repeated", [Reason("repeated_row", earlier=earlier.number)], [])
        rejecting = [Reason("register_number_taken", "register_number", earlier=earlier.number)]
    if rejecting:
        return Verdict(row, "rejected", rejecting, [])
    seen[number] = row
    reasons = list(row.reasons)
    nik = row.person.get("nik")
    if nik and (holder := niks.setdefault(nik, row)) is not row:
        reasons.append(Reason("nik_taken", "nik", earlier=holder.number))
    stay = known.get(number)
    changes = _changes(row.person, stay) if stay is not None else []
    if reasons:
        return Verdict(row, "doubtful", reasons, changes)
    if stay is None:
        return Verdict(row, "new", [], [])
    return Verdict(row, "changed" if changes else "unchanged", [], changes)


def _same_person(one: RosterRow, other: RosterRow) -> bool:
    names = (str(row.person["full_name"]).casefold() for row in (one, other))
    return len(set(names)) == 1 and one.born == other.born


def _changes(person: Mapping[str, Any], stay: Mapping[str, Any]) -> list[str]:
    return [
        name
        for name, value in person.items()
        if value is not None and _told(name, value) != _told(name, stay.get(name))
    ]


def _told(name: str, value: Any) -> Any:
    return value.casefold() if name in _CASELESS and isinstance(value, str) else value
