"""People who are kept apart: the list and one pair, for security and the head alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people import apart as reads
from bekal.people import operations, permissions, queries
from bekal.people.forms import ApartListForm, PairForm, WhyApartForm
from bekal.people.models import KeepApart

PER_PAGE = 50


def _filtered(request: HttpRequest) -> tuple[ApartListForm, QuerySet[KeepApart]]:
    form, rows = ApartListForm(request.GET), reads.pairs_for(request.user)  # type: ignore[arg-type]
    state = form.cleaned_data.get("keadaan", "") if form.is_valid() else ""
    if state:
        rows = rows.filter(ended_at__isnull=state == "berlaku")
    return form, rows


@never_cache
@staff_page(permissions.VIEW_APART)
def pairs(request: HttpRequest) -> HttpResponse:
    """Who is kept apart from whom; the reason stands on the page of the pair."""
    form, rows = _filtered(request)
    pager_query = request.GET.copy()
    pager_query.pop("halaman", None)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman")),
        "pager_query": pager_query.urlencode(),
        "may_note": request.user.may(permissions.KEEP_APART),  # type: ignore[union-attr]
    }
    return render(request, "people/apart.html", context)


@staff_page(permissions.VIEW_APART)
def pairs_out(request: HttpRequest, form: str) -> HttpResponse:
    """The list to print or to take along, without reasons."""
    _form, found = _filtered(request)
    columns = [_("Name"), _("Kept apart from"), _("Basis"), _("From"), _("Until"), _("State")]
    rows = [
        (
            row.first.full_name,
            row.second.full_name,
            row.basis,
            row.since_on,
            row.until_on,
            _("Ended") if row.ended_at else _("In force"),
        )
        for row in found
    ]
    return hand_out(request, form, title=_("Kept apart"), columns=columns, rows=rows)


@sensitive_post_parameters()
@never_cache
@staff_page(permissions.KEEP_APART)
def note(request: HttpRequest) -> HttpResponse:
    """Keep two people apart."""
    user: Any = request.user
    stays = queries.custodies_for(user)
    today = user.posting.facility.day_of(timezone.now())
    form = PairForm(request.POST or None, stays=stays, initial={"since_on": today})
    if request.method == "POST" and form.is_valid():
        noted = attempt(request, operations.note_pair, form=form, facility=user.posting.facility, **form.facts)
        if noted:
            messages.success(request, _("The pair is noted. It holds from now on wherever people are placed."))
            return redirect("people:pair", noted.value.public_id)
    return render(request, "people/apart_new.html", {"form": form})


def _find(request: HttpRequest, pair_id: UUID) -> KeepApart:
    return get_object_or_404(reads.pairs_for(request.user), public_id=pair_id)  # type: ignore[arg-type]


def _page(request: HttpRequest, found: KeepApart, end_form: WhyApartForm | None = None) -> HttpResponse:
    user: Any = request.user
    attempts = list(reads.attempts_of(found))
    overrides = list(reads.overrides_of(found))
    allowed = {row.group for row in overrides}
    context = {
        "pair": found,
        "attempts": [(row, row.group in allowed) for row in attempts],
        "overrides": overrides,
        "has_unseen": any(row.seen_at is None for row in attempts),
        "end_form": end_form or WhyApartForm(),
        "may_end": user.may(permissions.KEEP_APART),
        "may_allow": user.may(permissions.OVERRIDE_APART),
    }
    return render(request, "people/pair.html", context)


@never_cache
@staff_page(permissions.VIEW_APART)
def pair(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """One pair: why, since when, what was tried, where it was allowed. Opening it is recorded."""
    found = _find(request, pair_id)
    attempt(request, operations.open_pair, pair=found)
    return _page(request, found)


@sensitive_post_parameters()
@staff_page(permissions.KEEP_APART)
@require_POST
def end(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Keep them apart no longer."""
    found, form = _find(request, pair_id), WhyApartForm(request.POST)
    if form.is_valid() and attempt(request, operations.end_pair, form=form, pair=found, **form.cleaned_data):
        messages.success(request, _("They need not be kept apart any more."))
        return redirect("people:pair", found.public_id)
    return _page(request, found, form)


@staff_page(permissions.OVERRIDE_APART)
@require_POST
def seen(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say that what was tried has been looked at."""
    found = _find(request, pair_id)
    attempt(request, operations.see_attempts, pair=found)
    return redirect("people:pair", found.public_id)


@sensitive_post_parameters()
@never_cache
@staff_page(permissions.OVERRIDE_APART)
def allow(request: HttpRequest, pair_id: UUID, attempt_id: UUID) -> HttpResponse:
    """Let the two be together in one batch all the same."""
    found = _find(request, pair_id)
    tried = get_object_or_404(reads.attempts_of(found), public_id=attempt_id)
    form = WhyApartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"attempt": tried, **form.cleaned_data}
        if attempt(request, operations.allow_together, form=form, **facts):
            messages.success(request, _("They may be together there. Whoever was refused can try again."))
            return redirect("people:pair", found.public_id)
    return render(request, "people/apart_allow.html", {"pair": found, "attempt": tried, "form": form})
