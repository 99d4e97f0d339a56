"""Asking everybody of a closing for consent: for this closing, or for all occasions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.people import operations, permissions
from bekal.people.consent_sheet import ConsentSheet, Occasion


@never_cache
@staff_page(permissions.RECORD_CONSENT)
def consents(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Everybody who takes part in the batches of a closing, as far as the officer may know them, on one sheet."""
    found = find(request, ceremony_id)
    people, hidden = queries.people_at(found)
    sheet = ConsentSheet(
        request.POST or None,
        request.FILES or None,
        people=people,
        today=found.facility.day_of(timezone.now()),
        kind=request.GET.get("jenis", ""),
        occasion=Occasion(found.public_id, found.title, hidden),
    )
    if request.method == "POST" and sheet.is_valid():
        answered = {"facility": found.facility, "answers": sheet.answers, "asked": sheet.asked}
        if attempt(request, operations.record_consents, form=sheet, **answered):
            messages.success(request, _("The answers are written down."))
            return redirect("ceremonies:ceremony", found.public_id)
    return render(request, "ceremonies/consents.html", {"ceremony": found, "sheet": sheet})
