"""Somebody departs to another facility: the stay ends (people), and with it every part in a batch."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from bekal.delivery.programmes.choices import EnrolmentStatus, NominationStatus
from bekal.delivery.programmes.models import Attendance, Enrolment, Nomination
from bekal.delivery.programmes.operations.closing import record_exit
from bekal.delivery.programmes.operations.nominations import withdraw_nomination
from bekal.foundation.accounts.models import User
from bekal.foundation.core.scope import past_care
from bekal.people import operations as people
from bekal.people.choices import CustodyEnd
from bekal.people.joinings import records_of
from bekal.people.models import Transfer


@transaction.atomic
def depart(*, transfer: Transfer, departed_on: date, by: User, at: datetime) -> Transfer:
    """Let somebody depart to another facility (berangkatkan): an exit by law from every batch, no drop-out.

    It is the same for the officer whether there is a part in rehabilitation or none: what may not be seen is ended unseen,
    and nothing about it can refuse the departure.
    """
    row = people.send_off(transfer=transfer, departed_on=departed_on, by=by, at=at)
    records = records_of(row.person)
    with past_care():
        parts = Enrolment.objects.filter(person__in=records, facility=row.facility, status=EnrolmentStatus.ENROLLED)
        for enrolment in parts.order_by("pk"):
            record_exit(
                enrolment=enrolment,
                exit_kind=CustodyEnd.TRANSFER,
                exit_on=max(departed_on, enrolment.enrolled_on, _last_there(enrolment) or departed_on),
                by=by,
                at=at,
            )
        waiting = Nomination.objects.select_for_update(no_key=True).filter(person__in=records, facility=row.facility)
        for nomination in waiting.filter(status=NominationStatus.PROPOSED).order_by("pk"):
            withdraw_nomination(nomination=nomination, by=by, at=at)
    return row


def _last_there(enrolment: Enrolment) -> date | None:
    """The last session somebody was at: attendance of the very day may have been entered before the departure."""
    there = Attendance.objects.filter(enrolment=enrolment, is_present=True)
    return there.aggregate(last=Max("session__held_on"))["last"]
