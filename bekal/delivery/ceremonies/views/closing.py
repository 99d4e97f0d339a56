"""Pages on which batches are closed and a ceremony is ended: each asks once more before it acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import operations, permissions, queries
from bekal.delivery.ceremonies.views.showing import find, standing
from bekal.foundation.accounts.models import User
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt


@staff_page(permissions.CLOSE_BATCHES)
def close(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Say what will be issued and released, then close all batches at once."""
    found = find(request, ceremony_id)
    if request.method == "POST":
        if attempt(request, operations.close_batches, ceremony=found):
            messages.success(
                request, _("The batches are closed. Certificates are being issued; this page may be closed.")
            )
        return redirect("ceremonies:ceremony", found.public_id)
    user: User = request.user  # type: ignore[assignment]
    today = found.facility.day_of(timezone.now())
    context = {"due": queries.due_of(user, found), "lacks": queries.lacks_of(user, found, today)}
    return render(request, "ceremonies/close.html", {**standing(request, found), **context})


@staff_page(permissions.CLOSE_BATCHES)
@require_POST
def resume(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Go on issuing after it stopped."""
    found = find(request, ceremony_id)
    attempt(request, operations.resume_issuing, ceremony=found)
    return redirect("ceremonies:ceremony", found.public_id)


@staff_page(permissions.CLOSE_BATCHES)
def end(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """End the ceremony; its minutes get their number and the day's root."""
    found = find(request, ceremony_id)
    if request.method == "POST":
        if attempt(request, operations.end_ceremony, ceremony=found):
            messages.success(request, _("The ceremony has ended. Its minutes are numbered and sealed."))
        return redirect("ceremonies:ceremony", found.public_id)
    return render(request, "ceremonies/end.html", standing(request, found))
