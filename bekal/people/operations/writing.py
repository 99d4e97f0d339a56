"""Rows of a roster written to people and stays: many at once, in the transaction of their cause."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bekal.foundation.core import keys
from bekal.foundation.core.encryption import FIELDS, seal
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility
from bekal.people import bulk, imports, roster, rules
from bekal.people.models import Custody, Person
from bekal.people.readings import Row

Columns = dict[str, Any]
WasHere = dict[str | None, tuple[int, uuid.UUID]]
# What one statement takes in; between two the progress moves.
ROWS_AT_ONCE = 2_000


class _Sealer:
    """Encrypts a column of many rows, looking for the key once and not once a row."""

    def __init__(self, fact: str) -> None:
        self.fact, self.number = fact, keys.current_key(FIELDS)

    def __call__(self, value: str | None, public_id: uuid.UUID) -> str | None:
        if value is None:
            return None
        return bulk.as_bytes(seal(value.encode(), bound_to=f"{self.fact}:{public_id}", number=self.number))


def _sealers() -> tuple[_Sealer, _Sealer]:
    return _Sealer("people.person.nik"), _Sealer("people.custody.offence")


def _person_columns(row: Row, public_id: uuid.UUID, seal_nik: _Sealer) -> Columns:
    said = row["person"]
    return {
        "full_name": said["full_name"],
        "search_name": rules.search_name(said["full_name"]),
        "birth_place": said.get("birth_place") or "",
        "birth_on": said.get("birth_on"),
        "sex": said.get("sex") or "",
        "nik": seal_nik(said.get("nik"), public_id),
        "nik_index": f"\\x{row['index']}" if "index" in row else None,
    }


def _stay_columns(row: Row, public_id: uuid.UUID, seal_offence: _Sealer, read_on: date) -> Columns:
    said = row["person"]
    sentence = said.get("sentence") or {}
    days = {name: said.get(name) for name in imports.DATES}
    return {
        "register_number": said["register_number"],
        "standing": said["standing"],
        "admitted_on": said.get("admitted_on"),
        "offence": seal_offence(said.get("offence"), public_id),
        "offence_group": rules.offence_group(said.get("offence"), groups=reference.rows("offence_groups")),
        "sentence_years": sentence.get("years"),
        "sentence_months": sentence.get("months"),
        "sentence_days": sentence.get("days"),
        **days,
        "legal_dates_read_on": read_on.isoformat() if any(days.values()) else None,
        "block": said.get("block") or "",
        "remark": said.get("remark") or "",
    }


def save_new(
    rows: Sequence[Row], *, facility: Facility, read_on: date, at: datetime, watch: roster.Watch = roster.nobody
) -> None:
    """A person and a stay for each row; only a stay for who was here before, known by the NIK."""
    was_here = _who_was_here(rows, facility)
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[begin : begin + ROWS_AT_ONCE]
        _save_some(some, was_here, facility=facility, read_on=read_on, at=at)
        watch(begin + len(some), len(rows))


def _save_some(rows: Sequence[Row], was_here: WasHere, *, facility: Facility, read_on: date, at: datetime) -> None:
    seal_nik, seal_offence = _sealers()
    people, known, custodies = [], [], []
    fresh = iter(bulk.reserve_ids(Person, len(rows)))
    for row, pk in zip(rows, bulk.reserve_ids(Custody, len(rows)), strict=True):
        common = {"facility_id": facility.pk, "created_at": at.isoformat()}
        holder = was_here.pop(row.get("index"), None)
        if holder is None:
            holder = (next(fresh), uuid.uuid4())
            columns = _person_columns(row, holder[1], seal_nik)
            people.append({"id": holder[0], "public_id": str(holder[1]), **common, **columns})
        else:
            known.append({"id": holder[0], **_person_columns(row, holder[1], seal_nik)})
        public_id = uuid.uuid4()
        stay = _stay_columns(row, public_id, seal_offence, read_on)
        custodies.append(
            {
                "id": pk,
                "public_id": str(public_id),
                "person_id": holder[0],
                "end_kind": "",
                "end_note": "",
                **common,
                **stay,
            }
        )
    bulk.insert(Person, people)
    bulk.update(Person, known)
    bulk.insert(Custody, custodies)


def _who_was_here(rows: Sequence[Row], facility: Facility) -> WasHere:
    """Key and public id of people of this facility, locked, by the index of their NIK."""
    indexes = [bytes.fromhex(row["index"]) for row in rows if "index" in row]
    people = Person.objects.select_for_update().filter(facility=facility, nik_index__in=indexes).order_by("pk")
    return {
        bytes(index or b"").hex(): (pk, public_id)
        for pk, public_id, index in people.values_list("pk", "public_id", "nik_index")
    }


def save_changed(rows: Sequence[Row], *, facility: Facility, read_on: date) -> None:
    """Write the fields that changed. What the list does not say stays as it was."""
    seal_nik, seal_offence = _sealers()
    by_number = {row["person"]["register_number"]: row for row in rows}
    custodies = (
        Custody.objects.select_for_update()
        .filter(facility=facility, register_number__in=by_number)
        .order_by("pk")
        .values_list("register_number", "pk", "public_id", "person_id", "person__public_id")
    )
    stays, people = [], []
    for number, pk, public_id, person_id, person_public_id in custodies:
        row = by_number[number]
        changed = imports.columns_of(row["changes"])
        stay = _stay_columns(row, public_id, seal_offence, read_on)
        person = _person_columns(row, person_public_id, seal_nik)
        stays.append({"id": pk, **{name: stay[name] for name in stay if name in changed}})
        people.append({"id": person_id, **{name: person[name] for name in person if name in changed}})
    bulk.update(Custody, stays)
    bulk.update(Person, people)


def save_read_again(rows: Sequence[Row], *, facility: Facility, read_on: date) -> None:
    """Legal dates that a newer list says again carry the day of that list."""
    numbers = [
        row["person"]["register_number"] for row in rows if any(row["person"].get(name) for name in imports.DATES)
    ]
    custodies = Custody.objects.filter(facility=facility, register_number__in=numbers, legal_dates_read_on__lt=read_on)
    custodies.update(legal_dates_read_on=read_on)
