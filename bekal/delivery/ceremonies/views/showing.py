"""The list of ceremonies, and the page of one: where it stands, what is missing, who received what."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bekal.delivery.ceremonies import permissions, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.certificates import documents as certificates
from bekal.delivery.certificates.permissions import VIEW_CERTIFICATES
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.core.doors import staff_page
from bekal.people.permissions import RECORD_CONSENT

PER_PAGE = 25


def find(request: HttpRequest, ceremony_id: UUID) -> Ceremony:
    """The ceremony, if it is in sight."""
    return get_object_or_404(queries.ceremonies_for(request.user), public_id=ceremony_id)  # type: ignore[arg-type]


def standing(request: HttpRequest, ceremony: Ceremony) -> dict[str, Any]:
    """What every page of a ceremony shows: its batches with their counts, and what the user may do."""
    user: User = request.user  # type: ignore[assignment]
    counts, sees_care = queries.counts_of(ceremony), scope_of(user).care
    rows = [(row, counts[row.batch_id]) for row in queries.batches_of(ceremony)]
    return {
        "ceremony": ceremony,
        "facility": ceremony.facility,
        "rows": rows,
        "whole": queries.total(counts.values()),
        "sees_care": sees_care,
        "is_public": certificates.is_public(),
        "may_plan": user.may(permissions.PLAN_CEREMONY),
        "may_ask": user.may(RECORD_CONSENT),
        "may_close": user.may(permissions.CLOSE_BATCHES) and (sees_care or not queries.has_confidential(ceremony)),
        "may_hand_over": user.may(permissions.HAND_OVER),
        "may_print": user.may(VIEW_CERTIFICATES),
    }


@staff_page(permissions.VIEW_CEREMONIES)
def ceremonies(request: HttpRequest) -> HttpResponse:
    """The closings of the house, latest first."""
    user: User = request.user  # type: ignore[assignment]
    page = Paginator(queries.ceremonies_for(user), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "ceremonies/list.html", {"page": page, "may_plan": user.may(permissions.PLAN_CEREMONY)})


@staff_page(permissions.VIEW_CEREMONIES)
def ceremony(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """One ceremony, from its plan to its minutes."""
    found = find(request, ceremony_id)
    context = standing(request, found)
    user: User = request.user  # type: ignore[assignment]
    local = found.facility.at_local(timezone.now())
    lacks = queries.lacks_of(user, found, local.date()) if found.status == CeremonyStatus.PLANNED else []
    extra = {
        "lacks": lacks,
        "open_lines": queries.open_lines_of(found),
        "agenda": queries.agenda_of(found),
        "is_today": local.date() == found.held_on,
        "is_past": local.date() > found.held_on,
        "hour": local.time(),
        "guests": queries.all_guests(queries.guest_counts(found)),
        "turns": sum(queries.named(turn) != "" for turn in queries.turns_of(found).values()),
        "press": queries.press_release_of(found),
        "turns_due": 2 * len(context["rows"]),
    }
    return render(request, "ceremonies/ceremony.html", {**context, **extra})


@staff_page(permissions.VIEW_CEREMONIES)
def agenda_print(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The running order on paper."""
    found = find(request, ceremony_id)
    return render(
        request, "ceremonies/agenda_print.html", {**standing(request, found), "agenda": queries.agenda_of(found)}
    )
