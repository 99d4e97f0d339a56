"""What a reading said, written down page by page."""

from itertools import islice

from django.db import transaction

from bekal.people.models import RosterImport, RosterPage
from bekal.people.reports import Report

PAGES_AT_ONCE = 40


@transaction.atomic
def keep_pages(roster_import: RosterImport, *, report: Report) -> None:
    """Keep every page of a report, encrypted, a few in a statement. The pages of earlier judgings stay as they are."""
    pages = (
        RosterPage(
            facility_id=roster_import.facility_id,
            roster_import=roster_import,
            judging=report.number,
            kind=kind,
            number=number,
            content=content,
        )
        for kind, number, content in report.pages()
    )
    while some := list(islice(pages, PAGES_AT_ONCE)):
        RosterPage.objects.bulk_create(some)
