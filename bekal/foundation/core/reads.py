"""What can be read beside other things in one statement, and how the rows that come back become what was asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import models

from bekal.foundation.core.kept import Kept, shape_of
from bekal.foundation.core.shapes import Shape, SomeRows


@dataclass
class Rows:
    """A statement of our own, such as a call of a database function. Each column has a name of its own.

    `row` makes of each row's values what is given; values are what JSON can say, so a day is text (`day_from` reads it).
    """

    sql: str
    params: Sequence[Any] = ()
    row: Callable[..., Any] = lambda *values: values


@dataclass
class HowMany:
    """How many rows a queryset has: one row, which is a number."""

    of: models.QuerySet[Any, Any] | Kept


Read: TypeAlias = models.QuerySet[Any, Any] | Rows | HowMany | Kept


def day_from(told: str | None) -> date | None:
    """A day, or none, as a statement of our own tells it."""
    return date.fromisoformat(told) if told else None


class Part:
    """One read on its way: its SQL, nothing where there is nothing to ask, and what it makes of the rows."""

    sql: str = ""
    names: str = ""
    params: Sequence[Any] = ()

    def made_of(self, rows: SomeRows) -> list[Any]:
        """What the read gives, from the rows that came for it."""
        raise NotImplementedError


def part_of(read: Read) -> Part:
    """The way of a read into a statement of many and back."""
    if isinstance(read, Rows):
        return _RowsPart(read)
    if isinstance(read, HowMany):
        return _HowManyPart(read)
    return _ShapePart(*shape_of(read)) if isinstance(read, Kept) else _ShapePart(Shape(read))


class _RowsPart(Part):
    def __init__(self, asked: Rows) -> None:
        self.asked, self.sql, self.params = asked, asked.sql, asked.params

    def made_of(self, rows: SomeRows) -> list[Any]:
        return [self.asked.row(*values) for values in rows]


class _HowManyPart(Part):
    def __init__(self, asked: HowMany) -> None:
        counted = part_of(asked.of)
        if counted.sql:
            self.sql, self.params = f"select count(*) as n from ({counted.sql}) counted", counted.params  # noqa: S608

    def made_of(self, rows: SomeRows) -> list[Any]:
        return [row[0] for row in rows] or [0]


class _ShapePart(Part):
    def __init__(self, shape: Shape, params: Sequence[Any] | None = None) -> None:
        self.shape, self.sql, self.names = shape, shape.sql, shape.names
        self.params = shape.params if params is None else params

    def made_of(self, rows: SomeRows) -> list[Any]:
        return self.shape.objects_from(rows)
