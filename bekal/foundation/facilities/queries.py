"""Reads about facilities: rooms, who signs on a day, which days are free of sessions."""

from datetime import date

from django.db.models import Q, QuerySet

from bekal.foundation.facilities.models import Facility, Holiday, Official, Place


def places_of(facility: Facility) -> QuerySet[Place]:
    """The rooms in use."""
    return Place.objects.filter(facility=facility, is_active=True).order_by("name", "pk")


def officials_on(facility: Facility, day: date) -> QuerySet[Official]:
    """Who may sign on a day, the head first."""
    in_office = Q(until_on=None) | Q(until_on__gte=day)
    return Official.objects.filter(in_office, facility=facility, from_on__lte=day).order_by(
        "-is_head", "-from_on", "pk"
    )


def head_on(facility: Facility, day: date) -> Official | None:
    """The head of the facility on a day, in office or acting."""
    return officials_on(facility, day).filter(is_head=True).first()


def holidays_between(facility: Facility, first: date, last: date) -> dict[date, str]:
    """The days without sessions from `first` to `last`, with their names."""
    return dict(holidays_in(facility, first, last))


def holidays_in(facility: Facility, first: date, last: date) -> QuerySet[Holiday, tuple[date, str]]:
    """The read of it."""
    days = Holiday.objects.filter(facility=facility, is_active=True, on__range=(first, last)).order_by("on", "pk")
    return days.values_list("on", "name")


def holidays_of(facility: Facility, *, from_day: date) -> QuerySet[Holiday]:
    """The free days to come, soonest first."""
    return Holiday.objects.filter(facility=facility, is_active=True, on__gte=from_day).order_by("on", "pk")
