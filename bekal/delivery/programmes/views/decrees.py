"""Decrees (SK Kalapas): the list, drafting, signing, recording from outside."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bekal.delivery.programmes import documents, operations, permissions, queries
from bekal.delivery.programmes.choices import DecreeKind, DecreeStatus
from bekal.delivery.programmes.forms import DecreeForm, OutsideDecreeForm, SignForm
from bekal.delivery.programmes.models import Decree
from bekal.delivery.programmes.views.finding import (
    facility_of,
    find_batch,
    may,
    officer,
    require_list,
    today_in,
)
from bekal.foundation.accounts.access import require
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.reading import open_paper

PER_PAGE = 25


def _find(request: HttpRequest, decree_id: UUID) -> Decree:
    return get_object_or_404(queries.decrees_for(officer(request)), public_id=decree_id)


@staff_page(permissions.VIEW_BATCHES)
def decrees(request: HttpRequest) -> HttpResponse:
    """The decrees that the officer may see, drafts among them."""
    page = Paginator(queries.decrees_for(officer(request)), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "programmes/decrees.html", {"page": page, "may": may(request)})


@staff_page(permissions.VIEW_BATCHES)
def decrees_out(request: HttpRequest, form: str) -> HttpResponse:
    """The decrees to print or to take along."""
    columns = [_("Number"), _("Day"), _("Kind"), _("Batch"), _("State")]
    rows = [
        (row.number, row.decided_on, row.get_kind_display(), row.batch.code, row.get_status_display())
        for row in queries.decrees_for(officer(request))
    ]
    return hand_out(request, form, title=_("Decrees"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_BATCHES)
def decree(request: HttpRequest, decree_id: UUID) -> HttpResponse:
    """One decree; while it is a draft, the head signs it here."""
    found = _find(request, decree_id)
    form = SignForm(request.POST or None, facility=facility_of(request), today=today_in(request))
    if request.method == "POST":
        require(officer(request), permissions.SIGN_DECREE, at=found.facility)
        if form.is_valid():
            signatory = form.cleaned_data["signatory"]
            if attempt(request, operations.sign_decree, form=form, decree=found, signatory=signatory):
                messages.success(request, _("Signed, numbered and sealed. Whoever it names is enrolled and has a tag."))
                return redirect("programmes:batch", found.batch.public_id)
    named = queries.named_in(found)
    context = {
        "decree": found,
        "batch": found.batch,
        "title": found.batch.name,
        "named": named,
        "is_draft": found.status == DecreeStatus.DRAFT,
        "form": form,
        "counts": queries.counts_of(found.batch),
        "may": may(request),
    }
    return render(request, "programmes/decree.html", context)


@staff_page(permissions.DRAFT_DECREE)
def decree_draft(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Draft the decree on participants, or on the team; the usual text stands until it is changed."""
    found = find_batch(request, batch_id)
    kind = request.GET.get("jenis", DecreeKind.PARTICIPANTS)
    if kind not in DecreeKind.values:
        raise Http404
    if kind == DecreeKind.PARTICIPANTS:
        require_list(request, found)
    draft = found.decrees.filter(kind=kind, status=DecreeStatus.DRAFT).first()
    sections = draft.content if draft else documents.decree_sections(found, kind)
    initial = DecreeForm.shown(sections) | {"read_version": queries.version_of(draft) if draft else ""}
    form = DecreeForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafted = attempt(
            request,
            operations.draft_decree,
            form=form,
            batch=found,
            kind=kind,
            content=form.content,
            team=form.team_members,
            read_version=form.cleaned_data["read_version"] or None,
        )
        if drafted:
            return redirect("programmes:decree", drafted.value.public_id)
    context = {
        "batch": found,
        "title": found.name,
        "kind": DecreeKind(kind),
        "accepted": queries.accepted_of(found) if kind == DecreeKind.PARTICIPANTS else [],
        "form": form,
    }
    return render(request, "programmes/decree_form.html", context)


@staff_page(permissions.DRAFT_DECREE)
def decree_record(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Record a decree that was made outside."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    form = OutsideDecreeForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.record_decree, form=form, batch=found, **form.cleaned_data)
    ):
        messages.success(request, _("The decree is recorded. Whoever it names is enrolled and has a tag."))
        return redirect("programmes:batch", found.public_id)
    accepted = queries.accepted_of(found)
    context = {"batch": found, "title": found.name, "form": form, "accepted": accepted}
    return render(request, "programmes/decree_record.html", context)


@staff_page(permissions.VIEW_BATCHES)
def decree_paper(request: HttpRequest, decree_id: UUID) -> HttpResponse:
    """The decree as it was sealed. Opening it is recorded."""
    return open_paper(request, _find(request, decree_id).paper)
