"""The archive: every numbered paper of the facility, and its bytes."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from bekal.foundation.core.doors import staff_page
from bekal.foundation.papers import permissions, queries
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.models import Paper
from bekal.foundation.papers.reading import open_paper

PER_PAGE = 40


def _chosen(request: HttpRequest) -> tuple[QuerySet[Paper], str]:
    """The papers of the asked kind, latest first, and that kind; all where none is asked."""
    papers = queries.papers_for(request.user).select_related("made_by").order_by("-made_at", "-pk")  # type: ignore[arg-type]
    kind = request.GET.get("jenis", "")
    return (papers.filter(kind=kind), kind) if kind in PaperKind else (papers, "")


@staff_page(permissions.VIEW_ARCHIVE)
def archive(request: HttpRequest) -> HttpResponse:
    """Latest first, by kind."""
    papers, kind = _chosen(request)
    page = Paginator(papers, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "kinds": PaperKind.choices, "kind": kind, "pager_query": f"jenis={kind}" if kind else ""}
    return render(request, "papers/archive.html", {**context, "facility": request.user.posting.facility})


@staff_page(permissions.VIEW_ARCHIVE)
def archive_out(request: HttpRequest, form: str) -> HttpResponse:
    """The register of papers, to print or to take along."""
    papers, _kind = _chosen(request)
    columns = [_("Number"), _("Kind"), _("Made"), _("By"), _("State")]
    rows = [
        (paper.number, paper.get_kind_display(), paper.made_at, paper.made_by.name, paper.get_status_display())
        for paper in papers
    ]
    return hand_out(request, form, title=_("Papers"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_ARCHIVE)
def pdf(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """The paper as it was sealed. Opening it is recorded."""
    paper = get_object_or_404(queries.papers_for(request.user), public_id=paper_id)  # type: ignore[arg-type]
    return open_paper(request, paper, inline=request.GET.get("lihat") == "1")
