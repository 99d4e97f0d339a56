"""NIK: sixteen digits, of which the seventh to twelfth are day, month and year of birth (women: day + 40)."""

import re
from datetime import date
from typing import Any

from bekal.people.roster.text import clean

_FALLS_AWAY = str.maketrans("", "", " .-\u2010\u2011'’‘`\u02bc")
# As some programs save a number so that it stays text.
_AS_FORMULA = re.compile(r'="([^"]*)"')
_DAMAGED = re.compile(r"[eE][+-]?\d|[.,]0$")
_SIXTEEN = re.compile(r"[0-9]{16}")


def read_nik(value: Any) -> tuple[str | None, bool]:
    """The NIK in a cell, and whether what stands there is damaged. A number lost digits: spreadsheets keep fifteen."""
    if value is None or (isinstance(value, str) and not value):
        return None, False
    if not isinstance(value, str):
        return None, True
    text = clean(value)
    if text is None:
        return None, False
    if found := _AS_FORMULA.fullmatch(text):
        text = found[1]
    digits = text.translate(_FALLS_AWAY)
    if _SIXTEEN.fullmatch(digits) and not _DAMAGED.search(text):
        return digits, False
    return None, bool(digits)


def agrees(nik: str, *, birth_on: date, sex: str) -> bool:
    """Whether the digits of a NIK tell the same birth date and sex."""
    day = birth_on.day + (40 if sex == "female" else 0)
    return nik[6:12] == f"{day:02d}{birth_on.month:02d}{birth_on.year % 100:02d}"
