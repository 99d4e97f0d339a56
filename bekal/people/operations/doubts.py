"""Doubtful rows of a roster: an officer says whether they hold."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import imports, queries, transfers
from bekal.people.choices import DoubtDecision
from bekal.people.models import Custody, RegisterNumber, RosterDoubt, RosterImport
from bekal.people.operations.writing import save_changed, save_new
from bekal.people.readings import Row


@transaction.atomic
def keep_doubts(rows: Sequence[Row], *, roster_import: RosterImport, by: User, at: datetime) -> None:
    """Let doubtful rows wait for an officer. A newer list's doubt about the same number takes the place of the older."""
    numbers = {row["person"].get("register_number") for row in rows}
    waiting = RosterDoubt.objects.select_for_update().filter(
        facility=roster_import.facility, decision=DoubtDecision.WAITING
    )
    replaced = [
        doubt.pk
        for doubt in waiting.order_by("pk")
        if imports.content_of(doubt)["person"].get("register_number") in numbers
    ]
    RosterDoubt.objects.filter(pk__in=replaced).update(decision=DoubtDecision.DROPPED, decided_by=by, decided_at=at)
    RosterDoubt.objects.bulk_create(
        RosterDoubt(
            facility=roster_import.facility,
            roster_import=roster_import,
            row=row["row"],
            content=json.dumps(row, ensure_ascii=False),
        )
        for row in rows
    )


@transaction.atomic
def decide_doubt(*, doubt: RosterDoubt, decision: str, by: User, at: datetime) -> RosterDoubt:
    """Save a doubtful row as read, or leave it out. Asked twice for the same, answers the same.

    Raises:
        RuleBroken: it was decided otherwise before, or the row cannot be saved as things stand.
    """
    facility = Facility.objects.select_for_update(no_key=True).get(pk=doubt.facility_id)
    rows = RosterDoubt.objects.select_for_update().select_related("roster_import")
    row = rows.defer("roster_import__file", "roster_import__report").get(pk=doubt.pk)
    if row.decision == decision:
        return row
    if row.decision != DoubtDecision.WAITING:
        raise RuleBroken(_("This row was decided before. Correct the person by hand."))
    if decision == DoubtDecision.TAKEN:
        _take(imports.content_of(row), roster_import=row.roster_import, facility=facility, at=at)
    row.decision, row.decided_by, row.decided_at = decision, by, at
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    audit.record(
        "people.doubt.decided",
        on=row,
        by=by,
        at=at,
        payload={"decision": decision, "roster_import": str(row.roster_import.public_id), "row": row.row},
    )
    return row


def _take(row: Row, *, roster_import: RosterImport, facility: Facility, at: datetime) -> None:
    """Write a doubtful row as it was read, against what the house knows now."""
    today = facility.day_of(at)
    read_on = roster_import.legal_dates_read_on or today
    codes = {reason["code"] for reason in row["reasons"]}
    if "nik_taken" in codes:
        row["person"]["nik"] = None
        row.pop("index", None)
    index = bytes.fromhex(row["index"]) if "index" in row else None
    held = queries.held_elsewhere([index], facility=facility)
    if held:
        name = next(iter(held.values()))
        raise RuleBroken(
            _("This NIK is held at %(facility)s. Ask that office for the transfer first.") % {"facility": name}
        )
    _renumber(row, index, facility=facility, today=today)
    known = (
        Custody.objects.select_for_update()
        .filter(facility=facility, register_number=row["person"]["register_number"])
        .select_related("person")
        .first()
    )
    if known is None:
        save_new([row], facility=facility, read_on=read_on, at=at)
        return
    if known.has_ended:
        _reopen(known)
    row["changes"] = imports.changes_of(row, imports.as_roster(known))
    save_changed([row], facility=facility, read_on=read_on)


def _renumber(row: Row, index: bytes | None, *, facility: Facility, today: date) -> None:
    """Give the stay of whoever has this NIK the number of the list, and keep the number it had."""
    number = row["person"]["register_number"]
    stay = index and (
        Custody.objects.select_for_update(of=("self",))
        .filter(facility=facility, ended_on=None, person__nik_index=index)
        .exclude(register_number=number)
        .first()
    )
    if not stay:
        return
    if "nik_known" not in {reason["code"] for reason in row["reasons"]}:
        raise RuleBroken(_("This NIK is in custody here under another register number. Correct that stay by hand."))
    if Custody.objects.filter(facility=facility, register_number=number).exists():
        raise RuleBroken(_("This register number is already in use here."))
    RegisterNumber.objects.create(facility=facility, custody=stay, number=stay.register_number, until_on=today)
    stay.register_number, stay.standing = number, row["person"]["standing"]
    stay.save(update_fields=["register_number", "standing"])


def _reopen(stay: Custody) -> None:
    """The list says that somebody whose stay was ended is here."""
    if stay.person.facility_id != stay.facility_id or transfers.on_the_way(stay.person):
        raise RuleBroken(_("This person was transferred. Ask for them on the page of transfers, or leave the row out."))
    if Custody.objects.filter(person=stay.person, ended_on=None).exists():
        raise RuleBroken(_("This person is in custody here under another register number. Correct that stay by hand."))
    stay.ended_on, stay.end_kind, stay.end_note = None, "", ""
    stay.save(update_fields=["ended_on", "end_kind", "end_note"])
