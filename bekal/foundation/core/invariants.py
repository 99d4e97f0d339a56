"""Rows that should not exist. Each app's `invariants.py` names them; a row found is a bug, and nothing repairs it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Violation:
    """A row that breaks an invariant: which invariant, and the row by its kind and public id."""

    invariant: str
    row: str


Invariant = Callable[[], Iterable[Any]]
INVARIANTS: dict[str, Invariant] = {}


def invariant(function: Invariant) -> Invariant:
    """Name a query whose answer must be empty. Its docstring is the sentence that must hold."""
    INVARIANTS[f"{function.__module__.rsplit('.', 2)[-2]}.{function.__name__}"] = function
    return function


def find_invariants() -> dict[str, Invariant]:
    """Every invariant of the house, by app and name."""
    for config in apps.get_app_configs():
        if config.name.startswith("bekal.") and find_spec(f"{config.name}.invariants"):
            import_module(f"{config.name}.invariants")
    return dict(sorted(INVARIANTS.items()))


def violations() -> Iterator[Violation]:
    """Each row in scope that breaks an invariant."""
    for name, rows in find_invariants().items():
        for row in rows():
            yield Violation(name, str(row))
