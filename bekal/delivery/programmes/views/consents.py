"""Asking a whole batch for consent: one question, one answer a row, and the forms for the pen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bekal.delivery.programmes import queries
from bekal.delivery.programmes.views.finding import facility_of, find_batch, require_list, today_in
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.drawing import draw
from bekal.people import documents, operations, permissions
from bekal.people.consent_sheet import ConsentSheet


@never_cache
@staff_page(permissions.RECORD_CONSENT)
def consents(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Everybody of a batch on one sheet. Answers are about all occasions; those about one closing are asked on its page."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    sheet = ConsentSheet(
        request.POST or None,
        request.FILES or None,
        people=queries.people_of(found),
        today=today_in(request),
        kind=request.GET.get("jenis", ""),
    )
    if request.method == "POST" and sheet.is_valid():
        answered = {"facility": facility_of(request), "answers": sheet.answers, "asked": sheet.asked}
        if attempt(request, operations.record_consents, form=sheet, **answered):
            messages.success(request, _("The answers are written down."))
            return redirect("programmes:batch", found.public_id)
    context = {"batch": found, "title": found.name, "sheet": sheet}
    return render(request, "programmes/consents.html", context)


@staff_page(permissions.RECORD_CONSENT)
def consent_forms(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The forms for the pen, one page a person. The file's name tells nothing."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    people = queries.people_of(found)
    if not people:
        messages.error(request, _("Nobody takes part yet. People are enrolled by a decree."))
        return redirect("programmes:batch", found.public_id)
    data = documents.consent_forms(facility_of(request), people, day=today_in(request))
    drawn = draw("persetujuan", data, drawn_at=timezone.now())
    return file_response(drawn, name="formulir.pdf", kind="application/pdf", inline=True)
