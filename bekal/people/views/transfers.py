"""Transfers: the list in its forms, one request, and the moves that each side makes."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people import operations, permissions, queries
from bekal.people import transfers as reads
from bekal.people.choices import TransferStatus
from bekal.people.forms import ArrivalForm, TransferForm, TransferListForm, WhyForm
from bekal.people.models import Transfer

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[TransferListForm, QuerySet[Transfer]]:
    form = TransferListForm(request.GET)
    form.is_valid()
    rows = reads.of_kind(
        request.user,  # type: ignore[arg-type]
        direction=form.cleaned_data.get("arah", ""),
        state=form.cleaned_data.get("keadaan", ""),
    )
    return form, rows


@never_cache
@staff_page(permissions.VIEW_TRANSFERS)
def transfers(request: HttpRequest) -> HttpResponse:
    """Who is asked for, comes and goes; latest first."""
    form, rows = _filtered(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    pager_query = request.GET.copy()
    pager_query.pop("halaman", None)
    context = {
        "form": form,
        "page": page,
        "lines": reads.lines(page.object_list, request.user),  # type: ignore[arg-type]
        "pager_query": pager_query.urlencode(),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "people/transfers.html", context)


@staff_page(permissions.VIEW_TRANSFERS)
def transfers_out(request: HttpRequest, form: str) -> HttpResponse:
    """The whole list as XLSX, CSV or paper."""
    _form, found = _filtered(request)
    columns = [
        _("Direction"), _("Name"), _("Other facility"), _("Letter"), _("Planned day"), _("Departed on"), _("Arrived on"),
        _("State"),
    ]  # fmt: skip
    rows = [
        (
            line.direction, line.shown_name, line.other.name, line.transfer.letter_number, line.transfer.planned_on,
            line.transfer.departed_on, line.transfer.arrived_on, line.transfer.get_status_display(),
        )
        for line in reads.lines(found, request.user)  # type: ignore[arg-type]
    ]  # fmt: skip
    return hand_out(request, form, title=_("Transfers"), columns=columns, rows=rows)


def _find(request: HttpRequest, transfer_id: UUID) -> Transfer:
    return get_object_or_404(reads.transfers_for(request.user), public_id=transfer_id)  # type: ignore[arg-type]


@never_cache
@staff_page(permissions.VIEW_TRANSFERS)
def transfer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """One transfer: what is asked, what became of it, and whose turn it is."""
    user: Any = request.user
    found = _find(request, transfer_id)
    (line,) = reads.lines([found], user)
    moves = reads.moves_of(found, user) if user.may(permissions.TRANSFER) else set()
    context = {
        "line": line,
        "transfer": found,
        "moves": {str(move): True for move in moves},
        "why": WhyForm(),
        "departure_url": reverse(settings.BEKAL_DEPARTURE, args=[found.public_id]),
        "is_over": not reads.moves_of(found, None),
    }
    return render(request, "people/transfer.html", context)


@never_cache
@staff_page(permissions.TRANSFER)
def request_transfer(request: HttpRequest, custody_id: UUID) -> HttpResponse:
    """Ask another facility to take somebody over."""
    user: Any = request.user
    stay = get_object_or_404(queries.custodies_for(user), public_id=custody_id)
    facilities = reads.other_facilities(user)
    form = TransferForm(request.POST or None, facilities=facilities)
    if request.method == "POST" and form.is_valid():
        asked = attempt(request, operations.request_transfer, form=form, custody=stay, **form.cleaned_data)
        if asked:
            messages.success(request, _("The request is sent. The other facility sees it at its desk."))
            return redirect("people:transfer", asked.value.public_id)
    context = {"form": form, "stay": stay, "has_others": facilities.exists()}
    return render(request, "people/transfer_request.html", context)


@staff_page(permissions.TRANSFER)
@require_POST
def agree(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Say yes to what the other facility asks."""
    found = _find(request, transfer_id)
    if attempt(request, operations.agree_to_transfer, transfer=found):
        messages.success(request, _("The transfer is agreed to. The other facility sees it at its desk."))
    return redirect("people:transfer", found.public_id)


def _closed(request: HttpRequest, transfer_id: UUID, operation: Any, done: str) -> HttpResponse:
    """End a transfer with a reason; what was typed stays on the page where it does not do."""
    found, form = _find(request, transfer_id), WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if attempt(request, operation, transfer=found, reason=reason):
        messages.success(request, done)
    return redirect("people:transfer", found.public_id)


@staff_page(permissions.TRANSFER)
@require_POST
def refuse(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Say no to what the other facility asks."""
    return _closed(request, transfer_id, operations.refuse_transfer, _("The transfer is refused."))


@staff_page(permissions.TRANSFER)
@require_POST
def withdraw(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Take a request back."""
    return _closed(request, transfer_id, operations.withdraw_transfer, _("The request is withdrawn."))


@staff_page(permissions.TRANSFER)
@require_POST
def turn_back(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Somebody who departed is here again."""
    done = _("The stay goes on here. Parts in batches that ended with the departure stay ended.")
    return _closed(request, transfer_id, operations.turn_back, done)


@never_cache
@staff_page(permissions.TRANSFER)
def arrive(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Take in somebody who departed from another facility."""
    user: Any = request.user
    found = _find(request, transfer_id)
    facts = reads.carried(found)
    if facts is None and found.status != TransferStatus.ARRIVED:
        raise Http404
    today = user.posting.facility.day_of(timezone.now())
    initial = {"standing": (facts or {}).get("standing"), "arrived_on": today}
    form = ArrivalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        arrived = attempt(request, operations.arrive, form=form, transfer=found, **form.cleaned_data)
        if arrived:
            messages.success(request, _("The arrival is written down."))
            return redirect("people:person", arrived.value.person.public_id)
    (line,) = reads.lines([found], user)
    context = {"form": form, "line": line, "transfer": found, "facts": facts or {}}
    return render(request, "people/transfer_arrive.html", context)
