"""What a roster means for the people whom the house knows. Reads; the writing is in operations.

`roster/` compares a list with what is known here. This adds what only the house can know: a NIK that is held under another
number or elsewhere, a stay that has ended.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bekal.foundation.core.encryption import blind_index, unseal
from bekal.foundation.facilities.models import Facility
from bekal.people import queries, readings, roster, rules
from bekal.people.models import Custody, RosterDoubt, RosterImport
from bekal.people.readings import Row

DATES = ("third_on", "half_on", "two_thirds_on", "expires_on")
_ALSO_WRITTEN = {
    "full_name": {"search_name"},
    "nik": {"nik_index"},
    "offence": {"offence_group"},
    "sentence": {"sentence_years", "sentence_months", "sentence_days"},
    **{name: {"legal_dates_read_on"} for name in DATES},
}


@dataclass(frozen=True)
class Judged:
    """Every row with what is to become of it; how many of each; who is in custody here and not on the list, by name."""

    rows: list[Row]
    counts: dict[str, int]
    absent: list[str]
    verdicts: roster.Verdicts

    def of(self, status: str) -> list[Row]:
        """The rows in one state."""
        return [row for row in self.rows if row["status"] == status]


def judge(
    reading: roster.Reading,
    facility: Facility,
    *,
    indexes: Mapping[int, str] | None = None,
    watch: roster.Watch = roster.nobody,
) -> Judged:
    """Say of each row what it would do here now. `indexes` are the NIKs' blind indexes by row, where they are known."""
    stays = known_stays(facility)
    verdicts = roster.compare(reading, stays)
    rows = [readings.as_row(verdict) for verdict in verdicts.rows]
    for row in roster.watched(rows, len(rows), watch):
        _add_index(row, indexes)
        known = stays.get(row["person"]["register_number"])
        if known is None or row["status"] not in ("changed", "unchanged", "doubtful"):
            continue
        row["was"] = {name: known[name] for name in row["changes"]}
        if known["ended"]:
            _doubt(row, "stay_ended", "register_number")
        elif _is_somebody_else(row, known):
            _doubt(row, "somebody_else", "register_number", written=known["full_name"])
    _judge_niks([row for row in rows if row["status"] == "new" and "index" in row], facility)
    absent = sorted(verdicts.absent, key=lambda number: (rules.search_name(stays[number]["full_name"]), number))
    return Judged(rows, dict(Counter(row["status"] for row in rows)), absent, verdicts)


def judge_again(kept: Sequence[Row], facility: Facility, *, watch: roster.Watch = roster.nobody) -> Judged:
    """Judge rows that were kept against the people as they are now."""
    indexes = {row["row"]: row["index"] for row in kept if "index" in row}
    return judge(readings.again(kept), facility, indexes=indexes, watch=watch)


def _is_somebody_else(row: Row, known: Row) -> bool:
    """Whether a list gives a register number to another name, born on another day: no correction, most likely."""
    name = rules.search_name(row["person"]["full_name"])
    return (
        {"full_name", "birth_on"} <= set(row["changes"])
        and known["birth_on"]
        and name != rules.search_name(known["full_name"])
    )


def _add_index(row: Row, indexes: Mapping[int, str] | None) -> None:
    nik = row["person"].get("nik")
    if nik and row["status"] != "rejected":
        known = indexes.get(row["row"]) if indexes else None
        row["index"] = known or blind_index(nik, purpose="nik").hex()


def _judge_niks(new: Sequence[Row], facility: Facility) -> None:
    """A new number for somebody who is in custody here, or elsewhere, is for an officer to decide."""
    indexes = [bytes.fromhex(row["index"]) for row in new]
    here = Custody.objects.filter(facility=facility, ended_on=None, person__nik_index__in=indexes)
    in_custody = {bytes(index or b"") for index in here.values_list("person__nik_index", flat=True)}
    elsewhere = queries.held_elsewhere(indexes, facility=facility)
    # A list of everybody's NIKs must not become a map of who is held where.
    may_be_named = len(elsewhere) <= rules.MOST_ASKED_A_DAY
    for row, index in zip(new, indexes, strict=True):
        if index in in_custody:
            _doubt(row, "nik_known", "nik")
        elif index in elsewhere:
            _doubt(row, "nik_elsewhere", "nik", written=elsewhere[index] if may_be_named else _("another facility"))


def _doubt(row: Row, code: str, field: str, *, written: str | None = None) -> None:
    row["status"] = "doubtful"
    row["reasons"] = [{"code": code, "field": field, "cell": None, "written": written}]


def changes_of(row: Row, known: Row) -> list[str]:
    """The fields in which a row says something else than a stay."""
    return roster.compare(readings.again([row]), {row["person"]["register_number"]: known}).rows[0].changes


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


def day(text: str) -> date:
    """A day as a roster's report keeps it."""
    return date.fromisoformat(text)


def content_of(doubt: RosterDoubt) -> Row:
    """A doubtful row as it was read."""
    return json.loads(str(doubt.content))


def stored_file(roster_import: RosterImport) -> bytes:
    """The file, or the copy of it without clinical columns."""
    return unseal(bytes(roster_import.file or b""), bound_to=bound_file(roster_import))


def bound_file(roster_import: RosterImport) -> str:
    """What the stored file is bound to."""
    return f"people.rosterimport.file:{roster_import.public_id}"
