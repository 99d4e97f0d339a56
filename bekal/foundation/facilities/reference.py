"""The reference tables of `reference/*.csv`: facts from outside, each row with its source."""

import csv
from functools import cache

from django.conf import settings


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `reference/NAME.csv` in file order, as dictionaries of text."""
    with (settings.REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_code(name: str) -> dict[str, dict[str, str]]:
    """The rows of a table that has a column `code`, by that code."""
    return {row["code"]: row for row in rows(name)}


def choices(name: str, label: str = "label") -> list[tuple[str, str]]:
    """Code and label of each row, as a form field wants them."""
    return [(row["code"], row[label]) for row in rows(name)]
