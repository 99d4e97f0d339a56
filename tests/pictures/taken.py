"""What a picture shows, so that it can be told when it shows no longer what is: templates and styles, by their digest."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "panduan" / "gambar"
RECORD = FOLDER / "taken.json"


def digest(templates: Iterable[str]) -> str:
    """A digest of the templates of a page and of all styles, by name and content; of a template that is gone, by its name."""
    total = hashlib.sha256()
    paths = [ROOT / name for name in sorted(templates)] + sorted((ROOT / "bekal" / "web" / "look").glob("*.css"))
    for path in paths:
        content = path.read_bytes() if path.exists() else b""
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + content + b"\0")
    return total.hexdigest()[:16]
