"""What is written of a transfer whichever move is made, and what becomes of requests about a stay that ends."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.facilities.models import Facility
from bekal.people import transfers
from bekal.people.choices import TransferStatus
from bekal.people.models import Custody, Transfer
from bekal.people.rules import Side


def _here(row: Transfer, by: User) -> Facility:
    """The facility in whose trail somebody acts."""
    return row.destination if transfers.side_of(row, by) == Side.DESTINATION else row.facility


@transaction.atomic
def record(code: str, *, row: Transfer, by: User, at: datetime) -> None:
    """Say in the trail of whoever acts what became of a transfer, and with which other facility."""
    facility = _here(row, by)
    other = row.facility if facility.pk == row.destination_id else row.destination
    payload = {"other": str(other.public_id), "asked_by_destination": row.is_asked_by_destination}
    audit.record(code, on=row, by=by, at=at, facility=facility.pk, payload=payload)


@transaction.atomic
def close(row: Transfer, *, status: str, reason: str, by: User, at: datetime) -> Transfer:
    """End a transfer that is locked and whose turn was checked, with its reason."""
    row.status, row.closing_reason, row.decided_by, row.decided_at = status, reason.strip(), by, at
    row.save(update_fields=["status", "closing_reason", "decided_by", "decided_at"])
    record(f"people.transfer.{status}", row=row, by=by, at=at)
    return row


@transaction.atomic
def close_requests(*, custody: Custody, by: User, at: datetime) -> None:
    """End what is still asked about a stay that ends: own requests are withdrawn, those of others refused."""
    waiting = Transfer.objects.select_for_update(no_key=True).filter(
        custody=custody, status__in=[TransferStatus.REQUESTED, TransferStatus.AGREED]
    )
    for row in waiting.order_by("pk"):
        is_theirs = row.is_asked_by_destination and row.status == TransferStatus.REQUESTED
        status = TransferStatus.REFUSED if is_theirs else TransferStatus.WITHDRAWN
        close(row, status=status, reason=_("The stay has ended."), by=by, at=at)
