"""The facility's own page: letterhead, rooms, who signs, free days."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.facilities import operations, permissions, queries
from bekal.foundation.facilities.forms import HolidayForm, LogoForm, OfficialForm, PapersForm, PlaceForm, RoomForm
from bekal.foundation.facilities.models import Facility, Holiday


def _here(request: HttpRequest) -> Facility:
    return request.user.posting.facility  # type: ignore[return-value]


def _show(request: HttpRequest, **filled: forms.Form) -> HttpResponse:
    """The page, with the form that was filled in and could not be saved, if there is one."""
    facility = _here(request)
    today = facility.day_of(timezone.now())
    shown = {field: getattr(facility, field) for field in PapersForm.base_fields}
    filling: dict[str, forms.Form] = {
        "papers": PapersForm(initial=shown),
        "logo": LogoForm(),
        "place": PlaceForm(),
        "official": OfficialForm(initial={"from_on": today}),
        "holiday": HolidayForm(),
    } | filled
    for name, form in filling.items():
        # Several forms ask for a name: each has ids of its own, so that a label meets its own control.
        form.auto_id = f"{name}_%s"
    context = {
        "facility": facility,
        "places": queries.places_of(facility),
        "officials": queries.officials_on(facility, today),
        "holidays": queries.holidays_of(facility, from_day=today),
        **{f"{name}_form": form for name, form in filling.items()},
    }
    return render(request, "facilities/facility.html", context)


@staff_page(permissions.MANAGE_FACILITY)
def facility(request: HttpRequest) -> HttpResponse:
    """Read everything about the facility, and correct what papers print."""
    if request.method != "POST":
        return _show(request)
    form, logo_form = PapersForm(request.POST), LogoForm(request.POST, request.FILES)
    if form.is_valid() and logo_form.is_valid():
        logo = logo_form.cleaned_data["logo"]
        content = logo.read() if logo else None
        here = _here(request)
        if attempt(request, operations.change_facility, form=form, facility=here, logo=content, **form.cleaned_data):
            messages.success(request, _("Saved. Papers already made keep what they said."))
            return redirect("facilities:facility")
    return _show(request, papers=form, logo=logo_form)


def _adding(name: str, form_class: type[forms.Form], operation: Callable[..., Any]) -> Callable[..., HttpResponse]:
    @staff_page(permissions.MANAGE_FACILITY)
    @require_POST
    def add(request: HttpRequest) -> HttpResponse:
        form = form_class(request.POST)
        if form.is_valid() and attempt(request, operation, form=form, facility=_here(request), **form.cleaned_data):
            return redirect("facilities:facility")
        return _show(request, **{name: form})

    return add


add_place = _adding("place", PlaceForm, operations.add_place)
add_official = _adding("official", OfficialForm, operations.add_official)
add_holiday = _adding("holiday", HolidayForm, operations.add_holiday)


@staff_page(permissions.MANAGE_FACILITY)
def change_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Another room for a place, or whether batches share it."""
    place = get_object_or_404(queries.places_of(_here(request)), public_id=place_id)
    form = RoomForm(request.POST or None, initial={"capacity": place.capacity, "is_shared": place.is_shared})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.change_place, form=form, place=place, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. It holds for sessions planned from now on."))
        return redirect("facilities:facility")
    return render(request, "facilities/place.html", {"place": place, "form": form})


@staff_page(permissions.MANAGE_FACILITY)
@require_POST
def drop_holiday(request: HttpRequest, holiday_id: UUID) -> HttpResponse:
    """A day is worked after all."""
    holiday = get_object_or_404(Holiday, facility=_here(request), public_id=holiday_id)
    attempt(request, operations.drop_holiday, holiday=holiday)
    return redirect("facilities:facility")
