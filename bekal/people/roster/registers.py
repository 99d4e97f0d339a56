"""Register numbers: class, number, year. Classes A.I to A.V are remand, B.I to B.III sentenced (DOMAIN h)."""

import re
from functools import lru_cache

_SHAPE = re.compile(
    r"([AB])[\s./-]*(IV|V|I{1,3})[\s./-]*([AB])?[\s./-]*?(\d{1,6})\s*/\s*(\d{4}|\d{2})",
    re.IGNORECASE,
)
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


def standing_of(register_number: str) -> str:
    """What the class of a register number says: `remand` or `sentenced`."""
    return "remand" if register_number.startswith("A") else "sentenced"
