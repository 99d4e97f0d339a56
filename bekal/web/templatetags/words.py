"""Days and hours in templates, in the words of an office. In every template without loading."""

from datetime import date, datetime, time

from django import template

from bekal.foundation.core import days
from bekal.foundation.facilities.models import Facility

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """`9 Des 2026`, or a dash where nothing is known."""
    return days.short_day(value) if value else "–"


@register.filter
def long_day(value: date | None) -> str:
    """`9 Desember 2026`."""
    return days.long_day(value) if value else "–"


@register.filter
def weekday(value: date) -> str:
    """`Rabu`."""
    return days.weekday(value)


@register.filter
def moment(value: datetime | None, facility: Facility) -> str:
    """`8 Des 2026 10.42` on the facility's own clock."""
    if value is None:
        return "–"
    local = facility.at_local(value)
    return f"{days.short_day(local.date())} {days.clock(local)}"


@register.filter
def hour(value: time | datetime) -> str:
    """`10.42` as it stands; `10:42` for who reads English."""
    return days.clock(value)


@register.filter
def clock(value: datetime, facility: Facility) -> str:
    """`10.42 WITA` on the facility's own clock."""
    return f"{days.clock(facility.at_local(value))} {facility.zone}"
