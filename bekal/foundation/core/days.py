"""Days and hours in the words of an Indonesian office."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def roman(number: int) -> str:
    """`2` is `II`, as offices number their batches; past twelve in figures."""
    return ROMAN[number - 1] if 1 <= number <= len(ROMAN) else str(number)


def reads_english() -> bool:
    """Whether whoever reads this page reads it in English."""
    return (get_language() or "id").startswith("en")


def long_day(day: date) -> str:
    """`9 Desember 2026`; in the reader's language."""
    months = ENGLISH_MONTHS if reads_english() else MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year}"


def indonesian_day(day: date) -> str:
    """`9 Desember 2026`, whatever the reader's language: papers are Indonesian."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, *, with_year: bool = True) -> str:
    """`9 Des 2026`, or `9 Des`."""
    months = [name[:3] for name in ENGLISH_MONTHS] if reads_english() else SHORT_MONTHS
    text = f"{day.day} {months[day.month - 1]}"
    return f"{text} {day.year}" if with_year else text


def weekday(day: date) -> str:
    """`Rabu`."""
    return (ENGLISH_WEEKDAYS if reads_english() else WEEKDAYS)[day.weekday()]


def indonesian_full_day(day: date) -> str:
    """`Rabu, 9 Desember 2026`, whatever the reader's language."""
    return f"{WEEKDAYS[day.weekday()]}, {indonesian_day(day)}"


def span(first: date, last: date) -> str:
    """`2 Nov – 8 Des 2026`: the year once where both share it."""
    return f"{short_day(first, with_year=first.year != last.year)} – {short_day(last)}"


def clock(moment: time | datetime) -> str:
    """`10.42`, or `10:42` for who reads English."""
    return f"{moment:%H:%M}" if reads_english() else indonesian_clock(moment)


def indonesian_clock(moment: time | datetime) -> str:
    """`10.42`: hours and minutes with a point, as Indonesian offices write them; on papers for every reader."""
    return f"{moment:%H.%M}"
