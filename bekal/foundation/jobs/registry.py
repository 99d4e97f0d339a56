"""Which function does which kind of work. Apps name their work in `jobs.py`, found when the house starts."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from bekal.foundation.jobs.work import Work

WORK: dict[str, "Callable[[Work], None]"] = {}


def work(kind: str) -> "Callable[[Callable[[Work], None]], Callable[[Work], None]]":
    """Name a function as the one that does this kind of work."""

    def register(function: "Callable[[Work], None]") -> "Callable[[Work], None]":
        WORK[kind] = function
        return function

    return register


def find_work() -> None:
    """Import the `jobs.py` of each app of ours, so that its work is known."""
    for config in apps.get_app_configs():
        if config.name.startswith("bekal.") and find_spec(f"{config.name}.jobs"):
            import_module(f"{config.name}.jobs")
