"""What a template prints was typed by somebody: it is escaped, and a form that changes something proves where it comes from."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "bekal"
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
# What is sent again while the database is away carries the proof that came with it; the gallery sends nothing.
WITHOUT_PROOF = {"503.html", "gallery.html"}
UNESCAPED = re.compile(r"\|\s*(safe|safeseq)\b|autoescape\s+off|\bmark_safe\b")
SENDS = re.compile(r"<form\b[^>]*\bmethod=[\"']?post[\"']?[^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)


def _plain(path: Path) -> str:
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_what_was_typed_is_escaped(path: Path) -> None:
    assert UNESCAPED.findall(_plain(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_form_that_changes_something_proves_where_it_comes_from(path: Path) -> None:
    unproved = [form for form in SENDS.findall(_plain(path)) if "csrf_token" not in form]

    assert not unproved or path.name in WITHOUT_PROOF
