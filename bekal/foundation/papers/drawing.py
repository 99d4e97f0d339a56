"""Papers drawn by typst as PDF/A-2a and PDF/UA-1 in one file; the same data and hour give the same bytes.

What people typed reaches a template as data, never as markup. A template is `typst/NAME.typ` and says its version in its first
line: `// versi 1`.
"""

import base64
import json
import re
import threading
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from bekal.foundation.papers import qr

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS = ["a-2a", "ua-1"]
NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
# So many characters are named at most: each costs a drawing.
MOST_NAMED = 12
STEERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class Undrawable(Exception):
    """A text holds characters that the paper's font does not have, or a template refused its data."""


class _Own(threading.local):
    """A compiler for each thread. It keeps fonts and templates between papers, and answers one call at a time only."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(root=str(TEMPLATES), ignore_system_fonts=True)


_own = _Own()


@cache
def version_of(template: str) -> int:
    """The version that a template says of itself, kept with each paper drawn from it."""
    first = (TEMPLATES / f"{template}.typ").read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"// versi (\d+)", first)
    if found is None:
        raise Undrawable(f"Templat {template} tidak menyebut versinya.")
    return int(found[1])


def _with_pictures(value: Any) -> Any:
    """The data with each `qr` text turned into the picture of its QR code, and a `logo` into the bytes of its picture."""
    if isinstance(value, dict):
        return {
            key: _picture(key, part) if key in ("qr", "logo") and part else _with_pictures(part)
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_with_pictures(part) for part in value]
    return value


def _picture(key: str, told: str) -> str | list[int]:
    """As typst takes it: SVG as text, other bytes as numbers."""
    return qr.svg(told) if key == "qr" else list(base64.b64decode(told))


def draw(template: str, data: dict[str, Any], *, drawn_at: datetime) -> bytes:
    """Draw a paper.

    Args:
        template: name of a file in `typst/`, without its ending.
        data: what it prints; every text under a key `qr` is drawn as a QR code, `logo` is a picture in base64.
        drawn_at: the hour written into the file's metadata.

    Raises:
        Undrawable: a character is in none of the paper's fonts, or the data do not fit the template.
    """
    version_of(template)
    if "tautan" in data:
        data = {**data, "qr": data["tautan"]}
    told = json.dumps(_with_pictures(data), ensure_ascii=False)
    if hidden := {letter for letter in told if _steers(letter)}:
        raise Undrawable(_unprintable(hidden))
    try:
        return _compiled(template, told, drawn_at)
    except typst.TypstError as refused:
        raise Undrawable(_why(refused, template, told, drawn_at)) from refused


def _compiled(template: str, told: str, drawn_at: datetime) -> bytes:
    made, _warnings = _own.compiler.compile_with_warnings(
        input=str(TEMPLATES / f"{template}.typ"),
        format="pdf",
        pdf_standards=STANDARDS,  # type: ignore[arg-type]
        sys_inputs={"data": told},
        timestamp=int(drawn_at.timestamp()),
    )
    return bytes(made)  # type: ignore[arg-type]


def _steers(letter: str) -> bool:
    """Half a letter, or one that is no letter but turns the direction of others: on paper a name would read otherwise."""
    return unicodedata.category(letter) == "Cs" or unicodedata.bidirectional(letter) in STEERING


def _why(refused: typst.TypstError, template: str, told: str, drawn_at: datetime) -> str:
    """A sentence for whoever typed: all characters that no font of the paper has, else what typst said."""
    missing: set[str] = set()
    while (found := NO_GLYPH.search(str(refused))) and len(missing) < MOST_NAMED:
        letters = re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), found[1])
        missing |= set(letters)
        for letter in letters:
            told = told.replace(json.dumps(letter, ensure_ascii=False)[1:-1], "")
        try:
            _compiled(template, told, drawn_at)
        except typst.TypstError as again:
            refused = again
        else:
            break
    if missing:
        return _unprintable(missing)
    said = str(refused).strip().partition("\n")[0][:200]
    return _("The paper cannot be drawn: %(said)s") % {"said": said}


def _unprintable(letters: set[str]) -> str:
    named = ", ".join(
        f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"
        for letter in sorted(letters)
    )
    words = {"named": named}
    return _("The font of the paper lacks these characters: %(named)s. Replace or remove them, then try again.") % words
