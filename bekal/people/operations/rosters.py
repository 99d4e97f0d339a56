"""Rosters: read, mapped, saved whole or not at all, or put away."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.encryption import seal
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import imports, readings, reports, roster, rules
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport, RosterMapping
from bekal.people.operations.doubts import keep_doubts
from bekal.people.operations.reports import keep_pages
from bekal.people.operations.transfers import ask_for_transfer
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
    save_reading(row, data=data, by=by, at=at, sheet=sheet)
    return row


@transaction.atomic
def save_reading(
    row: RosterImport,
    *,
    data: bytes,
    by: User,
    at: datetime,
    sheet: str | None = None,
    watch: roster.Watch = roster.nobody,
) -> None:
    """Read a file into its row of rosters, and say so in the trail."""
    known, first = _remembered(row.facility), roster.part(watch, 0, of=2)
    try:
        reading = readings.read(data, name=row.file_name, sheet=sheet, remembered=known, watch=first)
    except roster.Refused as refused:
        row.state, row.refusal = RosterState.REFUSED, refused.code
        row.save()
    else:
        report = _judge(row, reading, data, watch=roster.part(watch, 1, of=2))
        row.save()
        keep_pages(row, report=report)
    audit.record(
        "people.roster.read",
        on=row,
        by=by,
        at=at,
        payload={"state": row.state, "refusal": row.refusal, "counts": row.counts, "sha256": row.sha256},
    )


def _remembered(facility: Facility) -> readings.Mappings:
    def mapping(header_key: str) -> dict[str, str] | None:
        known = RosterMapping.objects.filter(facility=facility, header_key=header_key)
        return known.values_list("mapping", flat=True).first()

    return mapping


def _judge(
    row: RosterImport, reading: roster.Reading, data: bytes, *, watch: roster.Watch = roster.nobody
) -> reports.Report:
    """Put what was read on the row, judged against the people whom the house knows now. Its pages are to be kept after it."""
    judged = imports.judge(reading, row.facility, watch=watch)
    row.counts = judged.counts
    row.kind, row.sheet, row.header_row = reading.kind, (reading.sheet.name or "")[:120], reading.header_row
    row.header_key, row.columns, row.ignored = reading.header_key, reading.columns, reading.ignored
    row.file = seal(readings.file_to_keep(reading, data), bound_to=imports.bound_file(row))
    workbook = readings.rejected_workbook(reading, judged.verdicts)
    report = reports.Report(reports.next_number(row), readings.kept_facts(reading), judged, workbook)
    row.report = report.summary
    return report


@transaction.atomic
def remember_mapping(
    *, roster_import: RosterImport, mapping: Mapping[str, str], by: User, at: datetime
) -> RosterImport:
    """Remember as what the columns under this header are read, and read the file again so.

    Of a file with health data only a copy without it was kept, which cannot be read again: it is put away, to be chosen anew.
    """
    row = RosterImport.objects.select_for_update().defer("file").get(pk=roster_import.pk)
    if row.state != RosterState.READY:
        raise RuleBroken(_("This list was saved or put away already. Choose the file again."))
    RosterMapping.objects.update_or_create(
        facility=row.facility,
        header_key=row.header_key,
        defaults={"mapping": dict(mapping), "saved_by": by, "saved_at": at},
    )
    audit.record("people.mapping.remembered", on=row, by=by, at=at, payload={"columns": len(mapping)})
    if dict(mapping) != {**row.ignored, **row.columns}:
        if roster.CLINICAL in row.ignored.values():
            row.state = RosterState.CANCELLED
            row.save(update_fields=["state"])
        else:
            _read_again(row)
    return row


def _read_again(row: RosterImport) -> None:
    data = imports.stored_file(row)
    try:
        reading = readings.read(data, name=row.file_name, sheet=row.sheet or None, remembered=_remembered(row.facility))
    except roster.Refused as refused:
        raise RuleBroken(_("With these columns the file is no list of people any more.")) from refused
    report = _judge(row, reading, data)
    row.save(
        update_fields=["counts", "kind", "sheet", "header_row", "header_key", "columns", "ignored", "file", "report"]
    )
    keep_pages(row, report=report)


@transaction.atomic
def commit_roster(
    *,
    roster_import: RosterImport,
    by: User,
    at: datetime,
    legal_dates_read_on: date | None = None,
    watch: roster.Watch = roster.nobody,
) -> RosterImport:
    """Save all new and changed rows, or none; the doubtful wait for an officer. Asked twice, it is done once.

    The rows are judged again, against the people as they are now.
    """
    facility = Facility.objects.select_for_update(no_key=True).get(pk=roster_import.facility_id)
    row = RosterImport.objects.select_for_update().defer("file").get(pk=roster_import.pk)
    if row.state == RosterState.COMMITTED:
        return row
    check_move(rules.ROSTER_MOVES, row.state, RosterState.COMMITTED)
    read_on = legal_dates_read_on or row.legal_dates_read_on or facility.day_of(at)
    if read_on > facility.day_of(at):
        raise RuleBroken(_("The legal dates cannot have been read in the future."), field="legal_dates_read_on")
    judged = imports.judge_again(reports.every_row(row), facility, watch=roster.part(watch, 0, of=2))
    save_new(judged.of("new"), facility=facility, read_on=read_on, at=at, watch=roster.part(watch, 1, of=2))
    save_changed(judged.of("changed"), facility=facility, read_on=read_on)
    save_read_again([*judged.of("changed"), *judged.of("unchanged")], facility=facility, read_on=read_on)
    keep_doubts(judged.of("doubtful"), roster_import=row, by=by, at=at)
    _ask_for_held_elsewhere(judged.of("doubtful"), facility=facility, by=by, at=at)
    report = reports.judged_again(row, judged)
    row.counts, row.report = judged.counts, report.summary
    row.state, row.committed_by, row.committed_at, row.legal_dates_read_on = RosterState.COMMITTED, by, at, read_on
    row.save(update_fields=["state", "committed_by", "committed_at", "legal_dates_read_on", "counts", "report"])
    keep_pages(row, report=report)
    audit.record("people.roster.committed", on=row, by=by, at=at, payload={"counts": row.counts, "sha256": row.sha256})
    return row


def _ask_for_held_elsewhere(rows: Sequence[readings.Row], *, facility: Facility, by: User, at: datetime) -> None:
    """Ask the facilities that hold people of this list for their transfer, as many as may be asked in a day."""
    for row in rows:
        if not any(reason["code"] == "nik_elsewhere" for reason in row["reasons"]):
            continue
        person, why = row["person"], _("On the list of this facility and held elsewhere.")
        try:
            ask_for_transfer(facility=facility, nik=person["nik"], called=person["full_name"], reason=why, by=by, at=at)
        except RuleBroken:
            # The rows wait among the doubts; admitting one of them by hand asks again on another day.
            return


@transaction.atomic
def cancel_roster(*, roster_import: RosterImport, by: User, at: datetime) -> RosterImport:
    """Put a list away without saving anybody. Asked twice, it is done once."""
    row = RosterImport.objects.select_for_update().defer("file", "report").get(pk=roster_import.pk)
    if row.state == RosterState.CANCELLED:
        return row
    check_move(rules.ROSTER_MOVES, row.state, RosterState.CANCELLED)
    row.state = RosterState.CANCELLED
    row.save(update_fields=["state"])
    audit.record("people.roster.cancelled", on=row, by=by, at=at)
    return row
