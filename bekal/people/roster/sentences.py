"""Lengths of sentences: `5 th 6 bln`, `10 bulan 15 hari`, `5-6-0` (years, months, days)."""

import re
from functools import lru_cache

_PART = re.compile(r"(\d{1,3})\s*(tahun|thn|th|t|bulan|bln|bl|b|hari|hr|h)(?![a-z])\.?", re.IGNORECASE)
_FIGURES = re.compile(r"(\d{1,2})\s*[-–/.]\s*(\d{1,2})\s*[-–/.]\s*(\d{1,3})")
# Longer text is none, and would keep the patterns busy for long.
_LONGEST = 300
_IN_WORDS = re.compile(r"\([^)]*\)")
_UNITS = {"t": "years", "b": "months", "h": "days"}


@lru_cache(maxsize=16_384)
def read_sentence(text: str) -> tuple[int, int, int] | None:
    """Years, months and days; None where the text is no length."""
    if len(text) > _LONGEST:
        return None
    if found := _FIGURES.fullmatch(text):
        return _some(int(found[1]), int(found[2]), int(found[3]))
    spoken = _IN_WORDS.sub(" ", text)
    parts: dict[str, int] = {}
    for number, unit in _PART.findall(spoken):
        name = _UNITS[unit[0].lower()]
        if name in parts:
            return None
        parts[name] = int(number)
    rest = re.sub(r"\bdan\b|[\s,.&+]", "", _PART.sub("", spoken), flags=re.IGNORECASE)
    if rest or not parts:
        return None
    return _some(parts.get("years", 0), parts.get("months", 0), parts.get("days", 0))


def _some(years: int, months: int, days: int) -> tuple[int, int, int] | None:
    return (years, months, days) if years or months or days else None
