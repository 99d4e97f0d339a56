"""Guides as HTML: rendered once a process, from our own Markdown, in which no HTML is let through."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER: Path = settings.ROOT / "docs" / "panduan"
FRONT = "index"


@dataclass(frozen=True)
class Guide:
    """One guide: its title, and its text as HTML."""

    name: str
    title: str
    html: SafeString


def names() -> list[str]:
    """The guides there are, the front page first."""
    found = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem not in (FRONT, "README"))
    return [FRONT, *found]


@cache
def guide(name: str) -> Guide:
    """A guide by its name.

    Raises:
        KeyError: there is none of that name.
    """
    if name not in names():
        raise KeyError(name)
    source = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    title, _break, text = source.removeprefix("# ").partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        for part in [token, *(token.children or [])]:
            _lead(part)
    # HTML of the source is escaped by the renderer; what is marked safe is its own.
    return Guide(name, title, mark_safe(markdown.renderer.render(tokens, markdown.options, {})))  # noqa: S308


def _lead(part: Token) -> None:
    """Pictures and links as the house knows them, and tables in the look of the house."""
    if part.type == "image":
        part.attrs["src"] = static(f"panduan/{Path(str(part.attrs['src'])).name}")
        part.attrs["loading"] = "lazy"
    elif part.type == "link_open" and (found := re.fullmatch(r"(\w+)\.md", str(part.attrs["href"]))):
        part.attrs["href"] = address(found[1])
    elif part.type == "table_open":
        part.attrs["class"] = "table"


def address(name: str) -> str:
    """Where a guide stands in the house."""
    return reverse("guides:front") if name == FRONT else reverse("guides:guide", args=[name])
