"""Reads about papers, within what the user may see."""

from django.db.models import QuerySet

from bekal.foundation.accounts.models import User
from bekal.foundation.papers.models import Paper, PaperFile


def papers_for(user: User) -> QuerySet[Paper]:
    """The papers of the facilities in sight; those of rehabilitation for the care team, the board and the head."""
    facilities = {} if user.posting is None else {"facility_id": user.posting.facility_id}
    return Paper.objects.filter(**facilities)


def pdf_of(paper: Paper) -> bytes:
    """The bytes of a paper, as they were sealed."""
    return bytes(PaperFile.objects.values_list("pdf", flat=True).get(paper_id=paper.pk))
