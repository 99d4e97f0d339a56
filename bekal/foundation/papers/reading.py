"""A paper opened on a page: as it was sealed, and recorded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.pages import file_response
from bekal.foundation.papers.models import Paper
from bekal.foundation.papers.queries import pdf_of


def open_paper(request: HttpRequest, paper: Paper | None, *, inline: bool = True) -> HttpResponse:
    """The paper's PDF, for a window or as a download. Its file's name tells a number of ours and nothing else.

    Raises:
        Http404: there is none yet.
    """
    if paper is None:
        raise Http404
    user: User = request.user  # type: ignore[assignment]
    audit.record("papers.paper.read", on=paper, by=user, at=timezone.now())
    return file_response(
        pdf_of(paper), name=f"surat-{paper.public_id.hex[:12]}.pdf", kind="application/pdf", inline=inline
    )
