"""Rosters too large to read or to save while an officer waits."""

from datetime import date

from django.utils import timezone

from bekal.foundation.jobs.registry import work
from bekal.foundation.jobs.work import CalledOff, Work
from bekal.people import incoming, operations
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport


def _roster_of(work: Work) -> RosterImport:
    return work.read(lambda: RosterImport.objects.select_related("facility", "read_by").get(public_id=work.job.on))


@work("people.read_roster")
def read_roster(work: Work) -> None:
    """Read the file that was put aside. Begun again, it finds the file still there, or the work done."""
    roster = _roster_of(work)
    if roster.state == RosterState.READING:
        data = incoming.fetch(roster)
        try:
            with work.step(counts=0) as at:
                operations.finish_reading(roster_import=roster, data=data, by=work.by, at=at, watch=work.show)
        except CalledOff:
            work.read(lambda: operations.cancel_roster(roster_import=roster, by=work.by, at=timezone.now()))
            incoming.drop(roster)
            raise
    incoming.drop(roster)


@work("people.commit_roster")
def commit_roster(work: Work) -> None:
    """Save all new and changed rows in the one transaction that the house promises."""
    read_on = date.fromisoformat(work.job.arguments["legal_dates_read_on"])
    roster = _roster_of(work)
    with work.step(counts=0) as at:
        operations.commit_roster(roster_import=roster, legal_dates_read_on=read_on, by=work.by, at=at, watch=work.show)
