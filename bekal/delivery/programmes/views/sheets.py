"""Sheets of paper: printed for a session or a week, found by their code, keyed as a whole, kept as a scan."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bekal.delivery.programmes import documents, operations, permissions, queries
from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.forms import CodeForm, Grid
from bekal.delivery.programmes.models import Batch, Session, Sheet
from bekal.delivery.programmes.views.finding import find_batch, find_session, officer, require_list, week_asked
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.facilities import reference
from bekal.foundation.papers.drawing import draw

PER_PAGE = 25
KINDS = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


def _find(request: HttpRequest, sheet_id: UUID) -> Sheet:
    sheet = get_object_or_404(queries.sheets_for(officer(request)), public_id=sheet_id)
    require_list(request, sheet.batch)
    return sheet


@staff_page(permissions.PRINT_LISTS)
def sheet_paper(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The sheet (daftar hadir) of a session for the pen, with a code of its own. The file's name tells nothing."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    return _printed(request, session.batch, [session], queries.on_list(session))


@staff_page(permissions.PRINT_LISTS)
def week_paper(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The sheet of a week: a column for each session."""
    batch = find_batch(request, batch_id)
    require_list(request, batch)
    first = week_asked(request)
    sessions, people = queries.on_paper(batch, first, first + timedelta(days=6))
    return _printed(request, batch, sessions, people)


def _printed(request: HttpRequest, batch: Batch, sessions: list[Session], people: list[Any]) -> HttpResponse:
    kept = attempt(request, operations.print_sheet, batch=batch, sessions=sessions, enrolments=people)
    if not kept:
        return redirect("programmes:sessions", batch.public_id)
    if len(sessions) == 1:
        data = documents.attendance_list(sessions[0], people, code=kept.value.code)
        drawn = draw("daftar-hadir", data, drawn_at=timezone.now())
    else:
        data = documents.week_list(batch, sessions, people, code=kept.value.code)
        drawn = draw("daftar-hadir-minggu", data, drawn_at=timezone.now())
    return file_response(drawn, name="daftar-hadir.pdf", kind="application/pdf", inline=True)


@staff_page(permissions.TAKE_ATTENDANCE)
def sheets(request: HttpRequest) -> HttpResponse:
    """Find a sheet by the code on the paper; and those that were printed."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sheet = queries.sheet_by_code(officer(request), form.cleaned_data["code"])
        if sheet:
            return redirect("programmes:sheet", sheet.public_id)
        form.add_error("code", _("No sheet has this code. Compare it with the paper: it has no I, O, 0 or 1."))
    page = Paginator(queries.sheets_for(officer(request)), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "programmes/sheets.html", {"form": form, "page": page})


@never_cache
@staff_page(permissions.TAKE_ATTENDANCE)
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Key a whole sheet from paper, row by row in the order printed, and keep its scan: saved all at once."""
    found = _find(request, sheet_id)
    grid = Grid(*queries.grid_of(found))
    status = 200
    if request.method == "POST":
        grid.type_in(request.POST)
        status = _save(request, found, grid)
        if status == 302:
            return redirect("programmes:sheet", found.public_id)
    return render(request, "programmes/sheet.html", _context(request, found, grid), status=status)


def _save(request: HttpRequest, found: Sheet, grid: Grid) -> int:
    """Save what was keyed; the status of the answer."""
    if grid.errors:
        messages.error(request, _("Some cells are not clear. Nothing is saved, and nothing is lost."))
        return 200
    if grid.differing and request.POST.get("simpan") != "tetap":
        messages.error(
            request, _("The sum on paper differs from what was typed. Nothing is saved, and nothing is lost.")
        )
        return 200
    file = request.FILES.get("pindaian")
    keyed = attempt(
        request,
        operations.key_sheet,
        sheet=found,
        columns=grid.typed_columns,
        scan=file.read() if file else None,
    )
    if not keyed:
        return 200
    if keyed.value.clashes:
        grid.show_clashes(keyed.value.columns)
        messages.warning(
            request, _("Somebody else was faster on some cells. Choose which entry stands; the others are saved.")
        )
        return 409
    words = _("Saved: %(rows)s marks, %(sessions)s sessions.") % {
        "rows": keyed.value.rows,
        "sessions": len(keyed.value.columns),
    }
    messages.success(request, f"{words} {_('The scan is kept.')}" if keyed.value.scan else words)
    return 302


def _context(request: HttpRequest, found: Sheet, grid: Grid) -> dict[str, Any]:
    return {
        "sheet": found,
        "batch": found.batch,
        "grid": grid,
        "labels": [(row["key"], reference.label_of(row)) for row in reference.rows("absence_reasons")],
        "keys": " ".join(["H", "P", *grid.reasons]),
        "scans": queries.scans_of(found),
        "can_save": found.batch.status == BatchStatus.RUNNING,
    }


@staff_page(permissions.TAKE_ATTENDANCE)
def scan(request: HttpRequest, sheet_id: UUID, scan_id: UUID) -> HttpResponse:
    """A scan as it was handed in. Opening it is recorded; it can do nothing in the browser, and its name tells nothing."""
    found = _find(request, sheet_id)
    kept = get_object_or_404(found.scans.select_related("file"), public_id=scan_id)
    audit.record("programmes.scan.read", on=kept, by=officer(request), at=timezone.now())
    name = f"lembar-{kept.public_id.hex[:12]}.{kept.kind}"
    response = file_response(bytes(kept.file.content), name=name, kind=KINDS[kept.kind], inline=kept.kind != "pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
