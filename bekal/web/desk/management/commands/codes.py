"""The codes of `docs/codes.md`, with the words that stand for them on the screen, from every app's choices."""

import inspect
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Choices
from django.utils import translation

PAGE = settings.ROOT / "docs" / "codes.md"
HEAD = """# Codes and their words

Written by `scripts/manage codes` from every app's `choices`; a test holds this page to them. It goes with the
[glossary](glossary.md): there stands what a word means, here how each code reads on the screen.
"""


def lists() -> Iterator[tuple[str, type[Choices]]]:
    """App and class of each list of codes, in the order of their names."""
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        if config.name.startswith("bekal.") and find_spec(f"{config.name}.choices"):
            module = import_module(f"{config.name}.choices")
            for _name, found in inspect.getmembers(module, inspect.isclass):
                if issubclass(found, Choices) and found.__module__.startswith(module.__name__):
                    yield config.name.removeprefix("bekal."), found


def page() -> str:
    """The whole page."""
    parts, last = [HEAD], ""
    for app, codes in lists():
        if app != last:
            parts.append(f"## {app}\n\n| list | code | screen | in English |\n| --- | --- | --- | --- |")
            last = app
        for member in codes:
            words = []
            for language in ("id", "en"):
                with translation.override(language):
                    words.append(str(member.label).replace("|", r"\|"))
            parts.append(f"| `{codes.__name__}` | `{member.value}` | {words[0]} | {words[1]} |")
        parts[-1] += "\n"
    # One empty line stands between apps; rows of one table follow each other.
    return "\n".join(parts).replace(" |\n\n| `", " |\n| `")


class Command(BaseCommand):
    """Write `docs/codes.md`; with `--check` say whether it is current (exit 1 where it is not)."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        written = page()
        if not check:
            PAGE.write_text(written, encoding="utf-8")
            self.stdout.write("docs/codes.md")
        elif PAGE.read_text(encoding="utf-8") != written:
            self.stderr.write("docs/codes.md is not current: run scripts/manage codes")
            raise SystemExit(1)
