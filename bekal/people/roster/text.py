"""Text as cells hold it, made comparable."""

import re
import unicodedata
from typing import Any

_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e]")
_NOTHING = {"", "-", "–"}
# What a name or a place is made of: letters, their marks, and the few signs that names have here.
_SIGNS = set(" '’.,-/()\u02bc")
_PLAIN = re.compile(r"[A-Za-z '.,\-/()]*")


def clean(value: Any) -> str | None:
    """The text of a cell: NFC, without what cannot be seen, single spaces; null where nothing is known."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value if isinstance(value, str) else str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = " ".join(text.split())
    return None if text in _NOTHING else text


def has_odd_characters(text: str | None) -> bool:
    """Whether a name or place holds anything but letters, marks, spaces and the signs that names have."""
    if not text or _PLAIN.fullmatch(text):
        return False
    return any(not (letter.isalpha() or letter in _SIGNS or unicodedata.category(letter)[0] == "M") for letter in text)
