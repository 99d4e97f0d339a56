"""Somebody departs to another facility. The page stands here, since the parts in batches end with the stay."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from bekal.delivery.programmes import operations
from bekal.delivery.programmes.forms import DepartureForm
from bekal.delivery.programmes.views.finding import officer, today_in
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.people.choices import TransferStatus
from bekal.people.permissions import TRANSFER
from bekal.people.transfers import lines, moves_of, transfers_for


@staff_page(TRANSFER)
def depart(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Write down that somebody departed."""
    transfer = get_object_or_404(transfers_for(officer(request)), public_id=transfer_id)
    form = DepartureForm(request.POST or None, initial={"departed_on": today_in(request)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if attempt(request, operations.depart, form=form, transfer=transfer, **values):
            messages.success(request, _("The departure is written down. The other facility sees it at its desk."))
            return redirect("people:transfer", transfer.public_id)
    elif TransferStatus.DEPARTED not in moves_of(transfer, officer(request)):
        raise Http404
    (line,) = lines([transfer], officer(request))
    return render(request, "programmes/depart.html", {"form": form, "line": line, "transfer": transfer})
