"""Papers drawn by typst as PDF/A-2a and PDF/UA-1 in one file; the same data and hour give the same bytes.

What people typed reaches a template as data, never as markup. A template is `typst/NAME.typ` and says its version in its first
line: `// versi 1`.
"""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from bekal.foundation.papers import qr

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS = ["a-2a", "ua-1"]


class Undrawable(Exception):
    """A text holds characters that the paper's font does not have, or a template refused its data."""


@cache
def _compiler() -> typst.Compiler:
    """One compiler a process: it keeps fonts and templates between papers."""
    return typst.Compiler(root=str(TEMPLATES), ignore_system_fonts=True)


@cache
def version_of(template: str) -> int:
    """The version that a template says of itself, kept with each paper drawn from it."""
    first = (TEMPLATES / f"{template}.typ").read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"// versi (\d+)", first)
    if found is None:
        raise Undrawable(f"Templat {template} tidak menyebut versinya.")
    return int(found[1])


def _with_codes(value: Any) -> Any:
    """The data with each `qr` text turned into the picture of its QR code."""
    if isinstance(value, dict):
        return {key: qr.svg(part) if key == "qr" and part else _with_codes(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_codes(part) for part in value]
    return value


def draw(template: str, data: dict[str, Any], *, drawn_at: datetime) -> bytes:
    """Draw a paper.

    Args:
        template: name of a file in `typst/`, without its ending.
        data: what it prints; every text under a key `qr` is drawn as a QR code.
        drawn_at: the hour written into the file's metadata.

    Raises:
        Undrawable: a character is in none of the paper's fonts, or the data do not fit the template.
    """
    version_of(template)
    if "tautan" in data:
        data = {**data, "qr": data["tautan"]}
    try:
        made, _warnings = _compiler().compile_with_warnings(
            input=str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            sys_inputs={"data": json.dumps(_with_codes(data), ensure_ascii=False)},
            timestamp=int(drawn_at.timestamp()),
        )
    except typst.TypstError as refused:
        raise Undrawable(f"Surat tidak dapat digambar: {_first_line(refused)}") from refused
    return bytes(made)  # type: ignore[arg-type]


def _first_line(refused: Exception) -> str:
    return str(refused).strip().partition("\n")[0][:200]
