"""Rosters: read, mapped, saved whole or not at all, or put away."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.encryption import seal
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import imports, readings, rules
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport, RosterMapping
from bekal.people.operations.doubts import keep_doubts
from bekal.people.operations.writing import save_changed, save_new, save_read_again


@transaction.atomic
def read_roster(
    *, facility: Facility, name: str, data: bytes, by: User, at: datetime, sheet: str | None = None
) -> RosterImport:
    """Read a file and keep what it says, encrypted, without saving anybody. A file that cannot be read is kept as a try.

    What an officer said earlier about columns under the same header holds again.
    """
    row = RosterImport(
        facility=facility,
        file_name=name[-160:],
        sha256=hashlib.sha256(data).hexdigest(),
        state=RosterState.READY,
        legal_dates_read_on=facility.day_of(at),
        read_by=by,
        read_at=at,
    )
    save_reading(row, data, by=by, at=at, sheet=sheet)
    return row


def save_reading(row: RosterImport, data: bytes, *, by: User, at: datetime, sheet: str | None = None) -> None:
    """Read a file into its row of rosters, and say so in the trail."""
    mappings = RosterMapping.objects.filter(facility=row.facility)
    try:
        reading = readings.read(data, name=row.file_name, sheet=sheet, mappings=mappings)
    except readings.Refused as refused:
        row.state, row.refusal = RosterState.REFUSED, refused.code
    else:
        _keep(row, reading)
    row.save()
    audit.record(
        "people.roster.read",
        on=row,
        by=by,
        at=at,
        payload={"state": row.state, "refusal": row.refusal, "counts": row.counts, "sha256": row.sha256},
    )


def _keep(row: RosterImport, reading: "readings.Read") -> None:
    """Put what was read on the row, judged against the people whom the house knows now."""
    imports.add_indexes(reading.rows)
    row.counts = imports.judge(reading.rows, reading.fields, row.facility)
    row.kind, row.sheet, row.header_row = reading.kind, reading.sheet[:120], reading.header_row
    row.header_key, row.columns, row.ignored = reading.header_key, reading.columns, reading.ignored
    row.file = seal(reading.kept_file, bound_to=imports.bound_file(row))
    absent = imports.absent(reading.rows, row.facility)
    row.report = json.dumps({**reading.kept, "absent": absent}, ensure_ascii=False)


@transaction.atomic
def remember_mapping(
    *, roster_import: RosterImport, mapping: Mapping[str, str], by: User, at: datetime
) -> RosterImport:
    """Remember as what the columns under this header are read, and read the file again so."""
    row = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if row.state != RosterState.READY:
        raise RuleBroken(_("This list was saved or put away already. Choose the file again."))
    RosterMapping.objects.update_or_create(
        facility=row.facility,
        header_key=row.header_key,
        defaults={"mapping": dict(mapping), "saved_by": by, "saved_at": at},
    )
    if dict(mapping) != {**row.ignored, **row.columns}:
        data = imports.stored_file(row)
        mappings = RosterMapping.objects.filter(facility=row.facility)
        try:
            reading = readings.read(data, name=row.file_name, sheet=row.sheet or None, mappings=mappings)
        except readings.Refused as refused:
            raise RuleBroken(_("With these columns the file is no list of people any more.")) from refused
        _keep(row, reading)
        row.save(
            update_fields=[
                "counts",
                "kind",
                "sheet",
                "header_row",
                "header_key",
                "columns",
                "ignored",
                "file",
                "report",
            ]
        )
    audit.record("people.mapping.remembered", on=row, by=by, at=at, payload={"columns": len(mapping)})
    return row


@transaction.atomic
def commit_roster(
    *, roster_import: RosterImport, by: User, at: datetime, legal_dates_read_on: date | None = None
) -> RosterImport:
    """Save all new and changed rows, or none; the doubtful wait for an officer. Asked twice, it is done once.

    The rows are judged again, against the people as they are now.
    """
    facility = Facility.objects.select_for_update(no_key=True).get(pk=roster_import.facility_id)
    row = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if row.state == RosterState.COMMITTED:
        return row
    check_move(rules.ROSTER_MOVES, row.state, RosterState.COMMITTED)
    read_on = legal_dates_read_on or row.legal_dates_read_on or facility.day_of(at)
    if read_on > facility.day_of(at):
        raise RuleBroken(_("The legal dates cannot have been read in the future."), field="legal_dates_read_on")
    kept = imports.stored_report(row)
    rows: list[dict[str, Any]] = kept["rows"]
    row.counts = imports.judge(rows, imports.fields_of(row), facility)
    by_status = imports.by_status(rows)
    save_new(by_status["new"], facility=facility, read_on=read_on, at=at)
    save_changed(by_status["changed"], facility=facility, read_on=read_on)
    save_read_again([*by_status["changed"], *by_status["unchanged"]], facility=facility, read_on=read_on)
    keep_doubts(by_status["doubtful"], roster_import=row, by=by, at=at)
    kept["absent"] = imports.absent(rows, facility)
    row.report = json.dumps(kept, ensure_ascii=False)
    row.state, row.committed_by, row.committed_at, row.legal_dates_read_on = RosterState.COMMITTED, by, at, read_on
    row.save(update_fields=["state", "committed_by", "committed_at", "legal_dates_read_on", "counts", "report"])
    audit.record("people.roster.committed", on=row, by=by, at=at, payload={"counts": row.counts, "sha256": row.sha256})
    return row


@transaction.atomic
def cancel_roster(*, roster_import: RosterImport, by: User, at: datetime) -> RosterImport:
    """Put a list away without saving anybody. Asked twice, it is done once."""
    row = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if row.state == RosterState.CANCELLED:
        return row
    check_move(rules.ROSTER_MOVES, row.state, RosterState.CANCELLED)
    row.state = RosterState.CANCELLED
    row.save(update_fields=["state"])
    audit.record("people.roster.cancelled", on=row, by=by, at=at)
    return row
