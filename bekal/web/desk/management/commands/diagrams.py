"""The state diagrams of `docs/states.md`, drawn from the tables of moves in every app's rules."""

from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from bekal.foundation.core.moves import Moves, diagram

PAGE = settings.ROOT / "docs" / "states.md"
HEAD = """# States and their moves

Drawn by `scripts/manage diagrams` from the tables of moves in each app's `rules`; a test holds this page to them. A table is
proven by `core.moves.problems`: every state can be reached and, unless final, left.
"""


def tables() -> Iterator[tuple[str, str, Moves]]:
    """App, name and table of each table of moves. Its first state is where a row begins."""
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if config.name.startswith("bekal.") and find_spec(f"{config.name}.rules"):
            rules = import_module(f"{config.name}.rules")
            for name in sorted(vars(rules)):
                if name.endswith("_MOVES"):
                    yield config.label, name, getattr(rules, name)


def page() -> str:
    """The whole page, in English as the rest of the docs."""
    parts, last = [HEAD], ""
    with translation.override("en"):
        for app, name, moves in tables():
            if app != last:
                parts.append(f"## {app}\n")
                last = app
            # Keys are members of a TextChoices: each knows its label.
            labels: dict[str, str] = {str(state): str(getattr(state, "label", state)) for state in moves}
            plain = {str(now): {str(then) for then in nexts} for now, nexts in moves.items()}
            title = name.removesuffix("_MOVES").replace("_", " ").capitalize()
            drawn = diagram(plain, start=next(iter(plain)), labels=labels)
            parts.append(f"### {title}\n\n```mermaid\n{drawn}\n```\n")
    return "\n".join(parts)


class Command(BaseCommand):
    """Write `docs/states.md`; with `--check` say whether it is current (exit 1 where it is not)."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is not current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        drawn = page()
        if not check:
            PAGE.write_text(drawn, encoding="utf-8")
            self.stdout.write("docs/states.md")
        elif PAGE.read_text(encoding="utf-8") != drawn:
            self.stderr.write("docs/states.md is not current: run scripts/manage diagrams")
            raise SystemExit(1)
