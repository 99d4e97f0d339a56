"""The reference tables of `reference/*.csv`: facts from outside, each row with its source."""

import csv
from functools import cache

from django.conf import settings

from bekal.foundation.core.days import reads_english


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `reference/NAME.csv` in file order, as dictionaries of text."""
    with (settings.REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_code(name: str) -> dict[str, dict[str, str]]:
    """The rows of a table that has a column `code`, by that code."""
    return {row["code"]: row for row in rows(name)}


def label_of(row: dict[str, str], label: str = "label") -> str:
    """What the row is called, in the reader's language where the table says it in English too."""
    return row["english"] if "english" in row and reads_english() else row[label]


def choices(name: str, label: str = "label") -> list[tuple[str, str]]:
    """Code and label of each row, as a form field wants them."""
    return [(row["code"], label_of(row, label)) for row in rows(name)]
