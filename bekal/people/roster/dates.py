"""Dates as lists write them: real ones, serial numbers of spreadsheets, and Indonesian ones in words, day first always."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from bekal.people.roster.text import clean

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agt agu ags agst agus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nopember nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}[:.].*)?")
_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-–\s]\s*(\d{1,2})\s*[/.\-–\s]\s*(\d{4}|\d{2})(?: \d{1,2}[:.].*)?")
_WORDS = re.compile(r"(\d{1,2})[\s\-–./]*([A-Za-z]+)\.?[\s\-–./,']*(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{4,5}(?:[.,]0)?")
_WEEKDAY = re.compile(r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\s*[,/]?\s*", re.IGNORECASE)
# Serial numbers between 1908 and 2119: a smaller or larger number is no day of anybody here.
_SERIALS = range(3_000, 80_500)
# Longer text is no date, nor place and date, and would keep the patterns busy for long.
_LONGEST = 300
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Unreadable(ValueError):
    """There is something in the cell, and it is no date."""


def read_date(value: Any, *, is_birth: bool = False, is_1904: bool = False) -> date | None:
    """The date in a cell, or None where the cell says nothing.

    Two-digit years: of birth 16 to 99 is 19.., 00 to 15 is 20..; all others are 20...

    Raises:
        Unreadable: a date that does not exist, or no date at all.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value, is_1904)
    text = clean(value)
    return None if text is None else _from_text(text, is_birth, is_1904)


def _from_serial(number: float, is_1904: bool) -> date:
    """The day of a serial number; the time of day behind its point falls away."""
    if not _SERIALS.start <= number < _SERIALS.stop:
        raise Unreadable
    return (_EPOCH_1904 if is_1904 else _EPOCH_1900) + timedelta(days=int(number))


@lru_cache(maxsize=65_536)
def _from_text(text: str, is_birth: bool, is_1904: bool) -> date:
    if len(text) > _LONGEST:
        raise Unreadable
    if found := _FIGURES.fullmatch(text):
        return _day(_year(found[3], is_birth), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _WORDS.fullmatch(text):
        month = _MONTHS.get(found[2].lower())
        if month:
            return _day(_year(found[3], is_birth), month, int(found[1]))
    if _SERIAL.fullmatch(text):
        return _from_serial(int(text[:5].rstrip(".,")), is_1904)
    if found := _WEEKDAY.match(text):
        return _from_text(text[found.end() :], is_birth, is_1904)
    raise Unreadable


def _year(figures: str, is_birth: bool) -> int:
    year = int(figures)
    if len(figures) == 4:
        return year
    return 1900 + year if is_birth and year >= 16 else 2000 + year


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2199:
        raise Unreadable
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise Unreadable from wrong


_FIGURE = re.compile(r"(?<!\d)\d")
_EDGES = " ,/;:-–"
# What stands between a place and a date: "Tabanan, tgl. 17 Agustus 1990", "Tabanan, Jumat 17 Agustus 1990".
_BETWEEN = re.compile(
    r"[\s,/;:\-–]+(?:(?:tgl|tanggal)\.?|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)$", re.IGNORECASE
)


def split_place_and_date(value: Any, *, is_1904: bool = False) -> tuple[str | None, date | None, bool]:
    """Place and date of birth out of one cell (`Tabanan, 17 Agustus 1990`), and whether the date could not be read."""
    if not isinstance(value, str):
        try:
            return None, read_date(value, is_birth=True, is_1904=is_1904), False
        except Unreadable:
            return None, None, True
    text = clean(value)
    if text is None:
        return None, None, False
    return _split(text, is_1904) if len(text) <= _LONGEST else (None, None, True)


@lru_cache(maxsize=65_536)
def _split(text: str, is_1904: bool) -> tuple[str | None, date | None, bool]:
    figures = [found.start() for found in _FIGURE.finditer(text)]
    if not figures:
        return _place(text), None, False
    # The longest end that is a date: a place may have a number of its own ("Banjar 3").
    for begins in figures[:6]:
        try:
            return _place(text[:begins]), _from_text(text[begins:].strip(_EDGES), True, is_1904), False
        except Unreadable:
            continue
    before, comma, after = text.partition(",")
    if comma and figures[0] < len(before):
        try:
            return _place(after), _from_text(before.strip(), True, is_1904), False
        except Unreadable:
            pass
    return _place(before if comma else text[: figures[0]]), None, True


def _place(text: str) -> str | None:
    return clean(_BETWEEN.sub("", text.strip(_EDGES)).strip(_EDGES))
