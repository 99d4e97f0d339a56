"""Transfers (mutasi): asked for, answered, departed, arrived, or turned back. Each side makes its own moves."""

from datetime import date, datetime, time
from uuid import uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import rules, transfers
from bekal.people.choices import CustodyEnd, TransferStatus
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody, Person, Transfer
from bekal.people.operations.requests import close, record
from bekal.people.operations.stays import admit, end_stay, index_of, write_stay


def _held(transfer: Transfer, then: str, by: User) -> Transfer:
    """The transfer, locked, with its turn checked."""
    Transfer.objects.select_for_update(no_key=True).only("pk").get(pk=transfer.pk)
    row = Transfer.objects.select_related("facility", "destination").get(pk=transfer.pk)
    rules.check_turn(
        then,
        status=row.status,
        side=transfers.side_of(row, by),
        asked_by_destination=row.is_asked_by_destination,
    )
    return row


@transaction.atomic
def request_transfer(
    *,
    custody: Custody,
    destination: Facility,
    reason: str,
    letter_number: str = "",
    letter_on: date | None = None,
    planned_on: date | None = None,
    by: User,
    at: datetime,
) -> Transfer:
    """Ask another facility to take somebody over (usul mutasi keluar). Asked twice, it is one request."""
    stay = Custody.objects.select_for_update().get(pk=custody.pk)
    rules.check_request(reason=reason, letter_on=letter_on, planned_on=planned_on, today=stay.facility.day_of(at))
    if stay.has_ended:
        raise RuleBroken(_("This stay has ended: only somebody who is here can be transferred."))
    if destination.pk == stay.facility_id:
        raise RuleBroken(_("Choose another facility than this one."), field="destination")
    before = Transfer.objects.filter(custody=stay, destination=destination, status__in=rules.TRANSFER_OPEN).first()
    if before:
        return before
    row = Transfer.objects.create(
        facility=stay.facility,
        destination=destination,
        person_id=stay.person_id,
        custody=stay,
        reason=reason.strip(),
        letter_number=letter_number.strip(),
        letter_on=letter_on,
        planned_on=planned_on,
        asked_by=by,
        asked_at=at,
    )
    record("people.transfer.requested", row=row, by=by, at=at)
    return row


@transaction.atomic
def ask_for_transfer(
    *, facility: Facility, nik: str, called: str, reason: str, by: User, at: datetime
) -> Transfer | None:
    """Ask whichever facility holds this NIK for a transfer to here (minta mutasi masuk); null where none holds it.

    Nothing is told of the person, not even to the program: the database puts the request. `called` is the name as it is
    written down here. Asked twice, it is one request; each is seen by the other facility and counted for the day.
    """
    begins = datetime.combine(facility.day_of(at), time(), tzinfo=facility.tz)
    asked = Transfer.objects.filter(destination=facility, is_asked_by_destination=True, asked_at__gte=begins)
    rules.check_may_ask(asked_today=asked.count())
    rules.check_reason(reason)
    row_id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_ask_transfer(%s, %s, %s, %s, %s, %s, %s)",
            [row_id, index_of(nik), facility.pk, called[:160], reason.strip(), by.pk, at],
        )
        (found,) = cursor.fetchone()
    if found is None:
        return None
    row = Transfer.objects.select_related("facility", "destination").get(pk=found)
    if row.public_id == row_id:
        record("people.transfer.requested", row=row, by=by, at=at)
    return row


@transaction.atomic
def admit_or_ask(
    *, facility: Facility, person: PersonFacts, stay: StayFacts, by: User, at: datetime, returning: Person | None = None
) -> Custody | Transfer:
    """Take somebody in; or, where another facility holds the NIK, ask that one for the transfer."""
    asked = None
    if person.nik:
        why = _("Came here and is held elsewhere.")
        asked = ask_for_transfer(facility=facility, nik=person.nik, called=person.full_name, reason=why, by=by, at=at)
    return asked or admit(facility=facility, person=person, stay=stay, returning=returning, by=by, at=at)


@transaction.atomic
def agree_to_transfer(*, transfer: Transfer, by: User, at: datetime) -> Transfer:
    """Say yes to a transfer that the other facility asked for (setujui). Of two for one person, only one is agreed to."""
    if Transfer.objects.filter(pk=transfer.pk, status=TransferStatus.AGREED, decided_by=by).exists():
        return transfer
    row = _held(transfer, TransferStatus.AGREED, by)
    row.status, row.decided_by, row.decided_at = TransferStatus.AGREED, by, at
    try:
        with transaction.atomic():
            row.save(update_fields=["status", "decided_by", "decided_at"])
    except IntegrityError as taken:
        raise RuleBroken(
            _("Another transfer of this person was agreed to already. Withdraw that one first.")
        ) from taken
    record("people.transfer.agreed", row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_transfer(*, transfer: Transfer, reason: str, by: User, at: datetime) -> Transfer:
    """Say no to a transfer that the other facility asked for (tolak), and why."""
    rules.check_reason(reason)
    row = _held(transfer, TransferStatus.REFUSED, by)
    return close(row, status=TransferStatus.REFUSED, reason=reason, by=by, at=at)


@transaction.atomic
def withdraw_transfer(*, transfer: Transfer, reason: str, by: User, at: datetime) -> Transfer:
    """Take a request back before anybody departs (tarik), and say why. Once agreed, either side may."""
    rules.check_reason(reason)
    row = _held(transfer, TransferStatus.WITHDRAWN, by)
    return close(row, status=TransferStatus.WITHDRAWN, reason=reason, by=by, at=at)


@transaction.atomic
def send_off(*, transfer: Transfer, departed_on: date, by: User, at: datetime) -> Transfer:
    """End the stay of somebody who departs, and say so on the transfer. What departure means for programmes lives above."""
    Custody.objects.select_for_update().only("pk").get(pk=transfer.custody_id)
    row = _held(transfer, TransferStatus.DEPARTED, by)
    letter = row.letter_number or _("no letter")
    note = _("To %(facility)s, %(letter)s.") % {"facility": row.destination.name, "letter": letter}
    row.status, row.departed_on = TransferStatus.DEPARTED, departed_on
    row.save(update_fields=["status", "departed_on"])
    end_stay(custody=row.custody, kind=CustodyEnd.TRANSFER, ended_on=departed_on, note=note[:200], by=by, at=at)
    record("people.transfer.departed", row=row, by=by, at=at)
    return row


@transaction.atomic
def turn_back(*, transfer: Transfer, reason: str, by: User, at: datetime) -> Transfer:
    """Somebody who departed is here again (kembali): the stay goes on as if it had not ended.

    Parts in batches that ended with the departure stay ended.
    """
    rules.check_reason(reason)
    stay = Custody.objects.select_for_update().get(pk=transfer.custody_id)
    row = _held(transfer, TransferStatus.TURNED_BACK, by)
    close(row, status=TransferStatus.TURNED_BACK, reason=reason, by=by, at=at)
    stay.ended_on, stay.end_kind, stay.end_note = None, "", ""
    stay.save(update_fields=["ended_on", "end_kind", "end_note"])
    return row


@transaction.atomic
def arrive(
    *,
    transfer: Transfer,
    register_number: str,
    standing: str,
    arrived_on: date,
    block: str = "",
    by: User,
    at: datetime,
) -> Custody:
    """Take in somebody who departed from another facility (tiba): the same person, a new stay with a number of its own.

    Sentence, offence and legal dates travel along as they were read there. Asked twice, it is one stay.
    """
    facility = Facility.objects.select_for_update(no_key=True).get(pk=transfer.destination_id)
    arrived = Transfer.objects.filter(pk=transfer.pk, status=TransferStatus.ARRIVED).select_related("new_custody")
    done = arrived.first()
    if done and done.new_custody and done.new_custody.register_number == register_number:
        return done.new_custody
    row = _held(transfer, TransferStatus.ARRIVED, by)
    assert row.departed_on is not None
    rules.check_arrival(arrived_on=arrived_on, departed_on=row.departed_on, today=facility.day_of(at))
    if Custody.objects.filter(facility=facility, register_number=register_number).exists():
        raise RuleBroken(_("This register number is already in use here."), field="register_number")
    facts = transfers.carried(row) or {}
    facts.pop("offence_group", None)
    stay = StayFacts(
        **{**facts, "register_number": register_number, "standing": standing, "admitted_on": arrived_on, "block": block}
    )
    with connection.cursor() as cursor:
        cursor.execute("select people_arrive(%s)", [row.pk])
        assert cursor.fetchone() == (True,)
    custody = Custody(facility=facility, person_id=row.person_id, created_at=at)
    write_stay(custody, stay)
    custody.save()
    row.status, row.arrived_on, row.new_custody = TransferStatus.ARRIVED, arrived_on, custody
    row.save(update_fields=["status", "arrived_on", "new_custody"])
    record("people.transfer.arrived", row=row, by=by, at=at)
    return custody
