"""Lists coming in: chosen, mapped, looked through, saved or put away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.jobs.queries import jobs_for
from bekal.foundation.papers.lists import XLSX, record_going_out
from bekal.people import operations, permissions, previews, queries, reports, sentences
from bekal.people.choices import RosterState
from bekal.people.forms import DecisionForm, MappingForm, ReadOnForm, RosterFileForm
from bekal.people.models import RosterImport

PER_PAGE = reports.PER_PAGE


def _roster(request: HttpRequest, import_id: UUID) -> RosterImport:
    return get_object_or_404(queries.roster_imports_for(request.user), public_id=import_id)  # type: ignore[arg-type]


@staff_page(permissions.IMPORT_ROSTER)
def rosters(request: HttpRequest) -> HttpResponse:
    """Choose a file; and every list that was read here."""
    user: Any = request.user
    form = RosterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        read = attempt(
            request,
            operations.receive_roster,
            form=form,
            facility=user.posting.facility,
            name=file.name,
            data=file.read(),
        )
        if read:
            return redirect("people:roster", read.value.public_id)
    page = Paginator(queries.roster_imports_for(user), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "people/rosters.html", {"form": form, "page": page})


@never_cache
@staff_page(permissions.IMPORT_ROSTER)
def roster(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What a file says: the columns first under a new header, then what saving it would do, or did."""
    found = _roster(request, import_id)
    preview = previews.preview_of(found)
    job = jobs_for(request.user).filter(on=found.public_id).first()  # type: ignore[arg-type]
    context = {
        "roster": found,
        "refusal": sentences.refusal(found.refusal),
        "job": job,
        "job_runs": job is not None and not job.is_over,
        "to_save": found.counts.get("new", 0) + found.counts.get("changed", 0),
        "preview": preview,
        "mapping": MappingForm(columns=preview.columns),
        "asks_columns": queries.asks_columns(found),
        "read_on": ReadOnForm(initial={"legal_dates_read_on": found.legal_dates_read_on}),
        "saved_before": queries.saved_before(found),
    }
    return render(request, "people/roster.html", context)


@never_cache
@staff_page(permissions.IMPORT_ROSTER)
def roster_rows(request: HttpRequest, import_id: UUID, status: str) -> HttpResponse:
    """All rows of one kind, or the people here whom the list does not hold."""
    found = _roster(request, import_id)
    if status not in (*sentences.STATUSES, reports.ABSENT):
        raise Http404
    page = Paginator(reports.Shelf(found, status), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "roster": found,
        "status": status,
        "label": previews.label_of(status),
        "page": page,
        "lines": previews.lines_of(found, status, list(page)),
    }
    return render(request, "people/roster_rows.html", context)


@staff_page(permissions.IMPORT_ROSTER)
@require_POST
def map_columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Read the file again with the officer's columns, and remember them for files with this header."""
    found = _roster(request, import_id)
    form = MappingForm(request.POST, columns=previews.columns_of(found))
    if form.is_valid():
        remembered = attempt(request, operations.remember_mapping, roster_import=found, mapping=form.mapping)
        if remembered and remembered.value.state == RosterState.CANCELLED:
            messages.info(
                request, _("The columns are remembered. Choose the file again: of health data nothing was kept.")
            )
            return redirect("people:rosters")
    else:
        messages.error(request, form.first_error)
    return redirect("people:roster", found.public_id)


@staff_page(permissions.IMPORT_ROSTER)
@require_POST
def save_roster(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Save all new and changed rows, or none."""
    found = _roster(request, import_id)
    form = ReadOnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say on which day the legal dates were read."))
    else:
        read_on = form.cleaned_data["legal_dates_read_on"]
        attempt(request, operations.ask_to_commit, roster_import=found, legal_dates_read_on=read_on)
    return redirect("people:roster", found.public_id)


@staff_page(permissions.IMPORT_ROSTER)
@require_POST
def cancel_roster(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Put a list away without saving anything."""
    found = _roster(request, import_id)
    if attempt(request, operations.cancel_roster, roster_import=found):
        messages.success(request, _("The list is put away. Nobody was changed."))
    return redirect("people:rosters")


@staff_page(permissions.IMPORT_ROSTER)
@require_POST
def call_off_work(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """End the reading or saving that is under way, with nobody changed."""
    found = _roster(request, import_id)
    attempt(request, operations.call_off_work, roster_import=found)
    return redirect("people:roster", found.public_id)


@staff_page(permissions.IMPORT_ROSTER)
def rejected_rows(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rejected rows as XLSX with the reason beside each, to be mended and chosen again."""
    found = _roster(request, import_id)
    workbook = reports.workbook_of(found)
    if not workbook:
        raise Http404
    record_going_out(request, form="xlsx", rows=found.counts.get("rejected", 0))
    return file_response(workbook, name="ditolak.xlsx", kind=XLSX)


@never_cache
@staff_page(permissions.IMPORT_ROSTER)
def doubts(request: HttpRequest) -> HttpResponse:
    """The doubtful rows of every saved list that wait for an officer."""
    waiting = queries.waiting_doubts_for(request.user)  # type: ignore[arg-type]
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("halaman"))
    lines = [(doubt, previews.line_of_doubt(doubt)) for doubt in page]
    return render(request, "people/doubts.html", {"page": page, "lines": lines})


@staff_page(permissions.IMPORT_ROSTER)
@require_POST
def decide_doubt(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Save a doubtful row as read, or leave it out."""
    doubt = get_object_or_404(queries.doubts_for(request.user), public_id=doubt_id)  # type: ignore[arg-type]
    form = DecisionForm(request.POST)
    if form.is_valid() and attempt(
        request, operations.decide_doubt, doubt=doubt, decision=form.cleaned_data["decision"]
    ):
        messages.success(request, _("The decision on row %(row)s is written down.") % {"row": doubt.row})
    return redirect("people:doubts")
