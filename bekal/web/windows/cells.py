"""A cell of a window, in words. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.windows import Column, Window


def cells(window: Window, row: Any) -> list[Any]:
    """What a window shows of a row, column by column."""
    return [column.value(row) for column in window.columns]


def in_words(value: Any, *, zone: ZoneInfo) -> str:
    """A value as a page shows it; an instant by the clock of `zone`."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{short_day(local.date())} {clock(local)}"
    return short_day(value) if isinstance(value, date) else str(value)


def lines(window: Window, rows: Sequence[Any], *, zone: ZoneInfo) -> list[list[tuple[Column, str]]]:
    """Column and words of each cell of each row."""
    return [
        [(column, in_words(value, zone=zone)) for column, value in zip(window.columns, cells(window, row), strict=True)]
        for row in rows
    ]
