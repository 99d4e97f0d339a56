"""NIK: sixteen digits, of which the seventh to twelfth are day, month and year of birth (women: day + 40)."""

import re
from datetime import date
from typing import Any

_LOOSE = re.compile(r"[\s.\-'’`\u2018]")


def read_nik(value: Any) -> tuple[str | None, bool]:
    """The NIK in a cell, and whether what stands there is damaged. A number lost digits: spreadsheets keep fifteen."""
    if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–")):
        return None, False
    if not isinstance(value, str):
        return None, True
    text = value.strip()
    if re.search(r"\.0+$", text) or re.search(r"[eE]\+?\d", text):
        return None, True
    digits = _LOOSE.sub("", "".join(letter for letter in text if letter.isprintable()))
    if not digits:
        return None, False
    if len(digits) == 16 and digits.isascii() and digits.isdecimal():
        return digits, False
    return None, True


def agrees(nik: str, *, birth_on: date, sex: str) -> bool:
    """Whether the digits of a NIK tell the same birth date and sex."""
    day = birth_on.day + (40 if sex == "female" else 0)
    return nik[6:12] == f"{day:02d}{birth_on:%m%y}"
