"""Lists of ceremonies going out: on paper and as spreadsheets. Reading an export is recorded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import permissions, queries
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import file_response
from bekal.foundation.core.tables import csv_bytes, xlsx_bytes
from bekal.foundation.papers.queries import pdf_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _exported(
    request: HttpRequest, code: str, form: str, *, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> HttpResponse:
    """The rows as a file of the asked form, and an entry in the trail."""
    user: User = request.user  # type: ignore[assignment]
    facility = user.posting.facility_id if user.posting else None
    audit.record(
        code, on=None, by=user, at=timezone.now(), facility=facility, payload={"rows": len(rows), "form": form}
    )
    if form == "csv":
        return file_response(csv_bytes(columns, rows), name="daftar.csv", kind="text/csv; charset=utf-8")
    if form == "xlsx":
        return file_response(xlsx_bytes(title, columns, rows), name="daftar.xlsx", kind=XLSX)
    raise Http404


@staff_page(permissions.VIEW_CEREMONIES)
def list_print(request: HttpRequest) -> HttpResponse:
    """All ceremonies on paper."""
    return render(request, "ceremonies/list_print.html", {"ceremonies": queries.ceremonies_for(request.user)})  # type: ignore[arg-type]


@staff_page(permissions.VIEW_CEREMONIES)
def list_export(request: HttpRequest, form: str) -> HttpResponse:
    """All ceremonies as a spreadsheet."""
    columns = [_("Title"), _("Day"), _("Place"), _("State")]
    ceremonies = queries.ceremonies_for(request.user)  # type: ignore[arg-type]
    rows = [(each.title, each.held_on, each.place, each.get_status_display()) for each in ceremonies]
    return _exported(request, "ceremonies.list.exported", form, title=_("Ceremonies"), columns=columns, rows=rows)


@staff_page(permissions.HAND_OVER)
def hand_over_export(request: HttpRequest, ceremony_id: UUID, form: str) -> HttpResponse:
    """The handing over of all certificates that the user may see, as a spreadsheet in calling order."""
    found = find(request, ceremony_id)
    columns = [_("No."), _("Name"), _("Number"), _("Batch"), _("Handing over"), _("Handed over by")]
    rows = [
        (
            line.position,
            line.certificate.paper.data["nama"],
            line.certificate.paper.number,
            line.certificate.enrolment.batch.code,
            line.get_outcome_display(),
            line.handed_by,
        )
        for line in queries.hand_overs_of(found)
    ]
    return _exported(
        request, "ceremonies.hand_overs.exported", form, title=_("Hand-over list"), columns=columns, rows=rows
    )


@staff_page(permissions.VIEW_CEREMONIES)
def minutes(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The minutes as they were sealed. Opening them is recorded."""
    found = find(request, ceremony_id)
    if found.minutes is None:
        return redirect("ceremonies:ceremony", found.public_id)
    audit.record("papers.paper.read", on=found.minutes, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    name = f"berita-acara-{found.minutes.public_id.hex[:12]}.pdf"
    return file_response(pdf_of(found.minutes), name=name, kind="application/pdf", inline=True)
