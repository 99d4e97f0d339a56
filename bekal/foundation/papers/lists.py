"""A list that leaves the house: as a spreadsheet, or drawn on paper. One shape for every list; each time is recorded."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import ZONES, clock, indonesian_day
from bekal.foundation.core.pages import file_response
from bekal.foundation.core.tables import csv_bytes, xlsx_bytes
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.drawing import Undrawable, draw

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
FORMS = ("pdf", "xlsx", "csv")
# More columns than this lie on the long side of the paper.
UPRIGHT = 6


def hand_out(
    request: HttpRequest,
    form: str,
    *,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    note: str = "",
) -> HttpResponse:
    """A list as XLSX, CSV, or PDF to print; `note` says on paper which part of the list it is.

    The name of the file tells nothing.

    Raises:
        Http404: no list has that form.
    """
    if form not in FORMS:
        raise Http404
    facility = request.user.posting.facility if request.user.posting else None  # type: ignore[union-attr]
    rows = [[_by_the_clock(value, facility) for value in row] for row in rows]
    if form == "pdf":
        try:
            content, kind = _drawn(title, columns, rows, facility=facility, note=note), PDF
        except Undrawable as refused:
            messages.error(request, str(refused))
            return redirect("desk:desk")
    elif form == "xlsx":
        content, kind = xlsx_bytes(title, columns, rows), XLSX
    else:
        content, kind = csv_bytes(columns, rows), CSV
    record_going_out(request, form=form, rows=len(rows))
    return file_response(content, name=f"daftar.{form}", kind=kind, inline=form == "pdf")


def record_going_out(request: HttpRequest, *, form: str, rows: int) -> None:
    """Record that a list left the house as a file: from which page, in which form, how long."""
    user: User = request.user  # type: ignore[assignment]
    view = request.resolver_match.view_name if request.resolver_match else ""
    audit.record(
        "app.list.exported",
        on=None,
        by=user,
        at=timezone.now(),
        facility=user.facility_here,
        payload={"view": view, "form": form, "rows": rows},
    )


def _drawn(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, facility: Facility | None, note: str
) -> bytes:
    now = timezone.now()
    day = indonesian_day(facility.day_of(now) if facility else now.astimezone(ZONES["WIB"]).date())
    data = {
        "upt": facility.name if facility else "Bekal",
        "judul": title,
        "keterangan": f"{day} · {note}" if note else day,
        "kolom": list(columns),
        "baris": [[_on_paper(value) for value in row] for row in rows],
        "mendatar": len(columns) > UPRIGHT,
    }
    return draw("daftar", data, drawn_at=now)


def _by_the_clock(value: Any, facility: Facility | None) -> Any:
    """An instant as the facility's clock shows it; anything else as it is."""
    if not isinstance(value, datetime):
        return value
    local = facility.at_local(value) if facility else value.astimezone(ZONES["WIB"])
    return local.replace(tzinfo=None)


def _on_paper(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{indonesian_day(value)} {clock(value)}"
    if isinstance(value, date):
        return indonesian_day(value)
    return "" if value is None else str(value)
