"""Who hands over what, and the script for the master of ceremonies."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import documents, operations, permissions, queries
from bekal.delivery.ceremonies.forms import ReceiversForm, TurnsForm
from bekal.delivery.ceremonies.operations.turns import TURNS_SET
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.drawing import draw


@staff_page(permissions.PLAN_CEREMONY)
def turns(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Say for each batch who takes the tags back and who hands the certificates over."""
    found = find(request, ceremony_id)
    form = TurnsForm(request.POST or None, ceremony=found)
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("read_version")
        saved = attempt(request, operations.set_turns, form=form, ceremony=found, givers=form.chosen, read_version=read)
        if saved:
            messages.success(request, _("Who hands over is saved. The script and the minutes say it."))
            return redirect("ceremonies:ceremony", found.public_id)
    receivers = ReceiversForm(ceremony=found)
    context = {"ceremony": found, "form": form, "receivers": receivers, "version": queries.version_of(found, TURNS_SET)}
    return render(request, "ceremonies/turns.html", context)


@staff_page(permissions.PLAN_CEREMONY)
@require_POST
def receivers(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Say who comes forward for each batch."""
    found = find(request, ceremony_id)
    form = ReceiversForm(request.POST, ceremony=found)
    if not form.is_valid():
        messages.error(
            request, _("Somebody chosen does not consent to photos on that day. Choose again: to refuse costs nothing.")
        )
    elif attempt(request, operations.set_receivers, ceremony=found, receivers=form.chosen):
        messages.success(request, _("It is saved who comes forward. The script calls them."))
    return redirect("ceremonies:turns", found.public_id)


@staff_page(permissions.VIEW_CEREMONIES)
def script(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The script on paper, with the names that the user may see. Printing it is recorded."""
    found = find(request, ceremony_id)
    now = timezone.now()
    audit.record("ceremonies.script.printed", on=found, by=request.user, at=now)  # type: ignore[arg-type]
    drawn = draw(documents.SCRIPT, documents.script(found), drawn_at=now)
    return file_response(drawn, name="naskah-acara.pdf", kind="application/pdf", inline=True)
