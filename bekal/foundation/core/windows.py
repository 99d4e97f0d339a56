"""Windows for operators: lists that are looked at and never touched. An app says in its `admin.py` what its windows show.

Each column is written out, so that nothing of a row shows by accident: no personal data, no clinical rows, no contents of papers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Column:
    """A heading (lazily translated), and what a row says under it: a text, number, day, instant, yes or no."""

    label: Any
    value: Callable[[Any], Any]
    is_figure: bool = False


@dataclass(frozen=True)
class Window:
    """One list. `rows` gives the rows of the facilities whose keys it is handed, in a steady order; `code` is its address."""

    code: str
    title: Any
    note: Any
    rows: Callable[[Sequence[int]], QuerySet[Any]]
    columns: Sequence[Column]
