"""What a roster means for the people whom the house knows. Reads; the writing is in operations.

`roster/` reads a file and compares it with what is known here. This adds what only the house can know: a NIK that is held
under another number or elsewhere, a stay that has ended.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bekal.foundation.core.encryption import blind_index, unseal
from bekal.foundation.facilities.models import Facility
from bekal.people import queries
from bekal.people.models import Custody, RosterDoubt, RosterImport

Row = dict[str, Any]

DATES = ("third_on", "half_on", "two_thirds_on", "expires_on")
_ALSO_WRITTEN = {
    "full_name": {"search_name"},
    "nik": {"nik_index"},
    "offence": {"offence_group"},
    "sentence": {"sentence_years", "sentence_months", "sentence_days"},
    **{name: {"legal_dates_read_on"} for name in DATES},
}


def known_stays(facility: Facility) -> dict[str, Row]:
    """Every stay of the facility by its register number, as the fields of a roster."""
    custodies = Custody.objects.filter(facility=facility).select_related("person")
    return {custody.register_number: as_roster(custody) for custody in custodies}


def as_roster(custody: Custody) -> Row:
    """A stay with its person, in the fields and forms of a roster."""
    person = custody.person
    return {
        "full_name": person.full_name,
        "register_number": custody.register_number,
        "nik": person.nik,
        "birth_place": person.birth_place or None,
        "birth_on": _iso(person.birth_on),
        "sex": person.sex or None,
        "offence": custody.offence,
        "sentence": _sentence(custody),
        **{name: _iso(getattr(custody, name)) for name in (*DATES, "admitted_on")},
        "standing": custody.standing,
        "block": custody.block or None,
        "remark": custody.remark or None,
        "ended": custody.has_ended,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _sentence(custody: Custody) -> dict[str, int] | None:
    if custody.sentence_years is None:
        return None
    return {
        "years": custody.sentence_years,
        "months": custody.sentence_months or 0,
        "days": custody.sentence_days or 0,
    }


def columns_of(changes: Iterable[str]) -> set[str]:
    """The columns of people and stays that changed fields of a roster are written to."""
    changed = set(changes)
    for field, columns in _ALSO_WRITTEN.items():
        if field in changed:
            changed |= columns
    return changed


def fields_of(roster_import: RosterImport) -> set[str]:
    """The fields that a list says something about; of the others it says nothing, so they stay as they are."""
    said = {field for name in roster_import.columns.values() for field in name.split("+")}
    # The class of the register number says the standing where no column does.
    return said | {"standing"}


def day(text: str) -> date:
    """A day as a roster's report keeps it."""
    return date.fromisoformat(text)


def by_status(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows by what is to become of them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["status"]].append(row)
    return found


def absent(rows: Iterable[Row], facility: Facility) -> list[str]:
    """Register numbers in custody here that the list does not hold."""
    held = {(row.get("person") or {}).get("register_number") for row in rows}
    here = Custody.objects.filter(facility=facility, ended_on=None).order_by("register_number")
    return [number for number in here.values_list("register_number", flat=True) if number not in held]


def add_indexes(rows: Iterable[Row]) -> None:
    """Write beside each NIK what finds it, once: it is asked for when judging, and again when writing."""
    for row in rows:
        nik = (row.get("person") or {}).get("nik")
        if nik and "index" not in row:
            row["index"] = blind_index(nik, purpose="nik").hex()


def judge(rows: Sequence[Row], fields: set[str], facility: Facility) -> Counter[str]:
    """Say of each row that may be saved whether it is new, changed or unchanged here now, or doubtful for the house.

    The rows are changed in place; the counts of all statuses are returned.
    """
    stays = known_stays(facility)
    free = [row for row in rows if row["status"] in ("new", "changed", "unchanged")]
    for row in free:
        known = stays.get(row["person"]["register_number"])
        row["changes"] = differences(row["person"], known, fields) if known else []
        row["status"] = "new" if known is None else ("changed" if row["changes"] else "unchanged")
        if known and known["ended"]:
            _doubt(row, "stay_ended", "register_number")
    _judge_niks([row for row in free if row["status"] == "new" and "index" in row], facility)
    return Counter(row["status"] for row in rows)


def _judge_niks(new: Sequence[Row], facility: Facility) -> None:
    """A new number for somebody who is in custody here, or elsewhere, is for an officer to decide."""
    indexes = [bytes.fromhex(row["index"]) for row in new]
    here = (
        set(
            Custody.objects.filter(facility=facility, ended_on=None, person__nik_index__in=indexes).values_list(
                "person__nik_index", flat=True
            )
        )
        if indexes
        else set()
    )
    in_custody = {bytes(index) for index in here}
    elsewhere = queries.held_elsewhere(indexes, facility=facility)
    for row, index in zip(new, indexes, strict=True):
        if index in in_custody:
            _doubt(row, "nik_known", "nik")
        elif index in elsewhere:
            _doubt(row, "nik_elsewhere", "nik", facility=elsewhere[index])


def _doubt(row: Row, code: str, field: str, **more: str) -> None:
    row["status"], row["changes"] = "doubtful", []
    row["reasons"] = [{"code": code, "field": field, **more}]


def stored_report(roster_import: RosterImport) -> dict[str, Any]:
    """What the preview shows, as it was kept."""
    return json.loads(roster_import.report or "{}")


def content_of(doubt: RosterDoubt) -> Row:
    """A doubtful row as it was read."""
    return json.loads(doubt.content)


def stored_file(roster_import: RosterImport) -> bytes:
    """The file, or the copy of it without clinical columns."""
    return unseal(bytes(roster_import.file or b""), bound_to=bound_file(roster_import))


def bound_file(roster_import: RosterImport) -> str:
    """What the stored file is bound to."""
    return f"people.rosterimport.file:{roster_import.public_id}"


def differences(said: Row, known: Row, fields: Iterable[str]) -> list[str]:
    """The fields in which a list says something else than what is known."""
    return sorted(name for name in fields if said.get(name) != known.get(name))
