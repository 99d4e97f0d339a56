"""Rosters that come in through a page: small ones are done at once, large ones in the background."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs import operations as jobs
from bekal.foundation.jobs.choices import OVER
from bekal.foundation.jobs.models import Job
from bekal.people import incoming, roster
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport
from bekal.people.operations.rosters import commit_roster, read_roster, save_reading

# Measured: about two seconds of work on an old PC.
BYTES_AT_ONCE = 300_000
ROWS_AT_ONCE = 3_000


@transaction.atomic
def receive_roster(*, facility: Facility, name: str, data: bytes, by: User, at: datetime) -> RosterImport:
    """Read a file that an officer chose; a large one is put aside, encrypted, and read in the background."""
    if len(data) <= BYTES_AT_ONCE:
        return read_roster(facility=facility, name=name, data=data, by=by, at=at)
    row = RosterImport.objects.create(
        facility=facility,
        file_name=name[-160:],
        sha256=hashlib.sha256(data).hexdigest(),
        state=RosterState.READING,
        legal_dates_read_on=facility.day_of(at),
        read_by=by,
        read_at=at,
    )
    incoming.put(row, data)
    jobs.enqueue("people.read_roster", facility=facility, by=by, at=at, on=row.public_id)
    return row


@transaction.atomic
def finish_reading(
    *, roster_import: RosterImport, data: bytes, by: User, at: datetime, watch: roster.Watch = roster.nobody
) -> RosterImport:
    """Read a file that was put aside. Asked twice, it is done once."""
    row = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if row.state == RosterState.READING:
        row.state = RosterState.READY
        save_reading(row, data=data, by=by, at=at, watch=watch)
    return row


@transaction.atomic
def ask_to_commit(
    *, roster_import: RosterImport, legal_dates_read_on: date, by: User, at: datetime
) -> RosterImport | Job:
    """Save a list now, or have it saved in the background; asked twice, it is done once."""
    row = RosterImport.objects.select_for_update().defer("file", "report").get(pk=roster_import.pk)
    # Every row is judged again, also the unchanged.
    large = sum(row.counts.values()) > ROWS_AT_ONCE
    if not large or row.state != RosterState.READY:
        return commit_roster(roster_import=row, legal_dates_read_on=legal_dates_read_on, by=by, at=at)
    running = Job.objects.filter(kind="people.commit_roster", on=row.public_id).exclude(state__in=OVER)
    return running.first() or jobs.enqueue(
        "people.commit_roster",
        facility=row.facility,
        by=by,
        at=at,
        on=row.public_id,
        arguments={"legal_dates_read_on": legal_dates_read_on.isoformat()},
        total=sum(row.counts.values()),
    )


@transaction.atomic
def call_off_work(*, roster_import: RosterImport, by: User, at: datetime) -> None:
    """Have the reading or saving of a list end with nobody changed. Too late, nothing happens: the page says what was saved."""
    for job in Job.objects.filter(on=roster_import.public_id).exclude(state__in=OVER):
        jobs.call_off(job=job, by=by, at=at)
