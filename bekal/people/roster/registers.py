"""Register numbers: class, number, year. Classes A.I to A.V are remand, B.I to B.III sentenced (DOMAIN h)."""

import re
from functools import lru_cache

_SHAPE = re.compile(
    r"([AB])[\s./-]*(IV|V|I{1,3})[\s./-]*([AB])?[\s./-]*?(\d{1,6})\s*/\s*(\d{4}|\d{2})",
    re.IGNORECASE,
)
# As somebody types it who looks for it: `b1 163 2025`, `bi/163/25`. A list is never read so.
_LOOSE = re.compile(
    r"([AB])[\s./-]*(IV|V|I{1,3}|[1-5])[\s./-]*([AB])?[\s./-]+(\d{1,6})[\s./-]+(\d{4}|\d{2})", re.IGNORECASE
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
# Longer text is none, and would keep the pattern above busy for long.
_LONGEST = 60
_CLASSES = {
    **{("A", number, ""): f"A.{number}" for number in ("I", "II", "III", "IV", "V")},
    ("B", "I", ""): "B.I",
    ("B", "II", "A"): "B.IIa",
    ("B", "II", "B"): "B.IIb",
    ("B", "III", ""): "B.III",
}


@lru_cache(maxsize=65_536)
def read_register(text: str) -> str | None:
    """`b.i 0123/25` is `B.I 123/2025`; None where the text is no register number."""
    found = _SHAPE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    kind = _CLASSES.get((found[1].upper(), found[2].upper(), (found[3] or "").upper()))
    number = int(found[4])
    if kind is None or number == 0:
        return None
    year = int(found[5])
    return f"{kind} {number}/{year if len(found[5]) == 4 else 2000 + year}"


def read_loosely(text: str) -> str | None:
    """The register number that somebody looks for, also with spaces for points and figures for Roman numerals."""
    exact = read_register(text)
    found = _LOOSE.fullmatch(text.strip()) if exact is None and len(text) <= _LONGEST else None
    if found is None:
        return exact
    row = _ROMAN.get(found[2], found[2])
    return read_register(f"{found[1]}.{row}{found[3] or ''} {found[4]}/{found[5]}")


def standing_of(register_number: str) -> str:
    """What the class of a register number says: `remand` or `sentenced`."""
    return "remand" if register_number.startswith("A") else "sentenced"
