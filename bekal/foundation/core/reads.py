"""What can be read beside other things in one statement, and how the rows that come back become objects again."""

import json
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

SomeRows = Sequence[tuple[Any, ...]]


@dataclass
class Rows:
    """A statement of our own, such as a call of a database function. Each column has a name of its own.

    `row` makes of each row's values what is given; values are what JSON can say, so a day is text (`day_from` reads it).
    """

    sql: str
    params: Sequence[Any] = ()
    row: Callable[..., Any] = lambda *values: values


class Kept:
    """`make(*arguments)`, a queryset, written as SQL once and filled in from then on: Django's writing costs more than reading.

    Numbers, days, ids and the keys of rows are filled in; with every other argument it is written anew. `make` knows nothing but
    its arguments, and passes them on as they are: of a row it uses the key alone. What it would compute from them is refused.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Any]], *arguments: Any) -> None:
        assert not make.__closure__, "it would remember what it should be told"
        self.make, self.arguments = make, arguments


class StandsIn:
    """A row of which a kept read uses more than the key, such as an officer with the facility of the hat."""

    def filled_in(self) -> tuple[tuple[Any, ...], tuple[int | None, ...]]:
        """What a read depends on besides, and the numbers that are filled in."""
        raise NotImplementedError

    def stand_in(self, numbers: Sequence[int | None]) -> Any:
        """Somebody else like this, with other numbers."""
        raise NotImplementedError


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
    return _kept_part(read) if isinstance(read, Kept) else _ShapePart(_Shape(read))


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


class _Shape:
    """The SQL of a queryset, and how Django makes objects of its rows."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.queryset, self.sql, self.params, self.names = queryset, "", (), ""
        self.compiler = queryset.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            return
        columns = [expression for expression, *_rest in self.compiler.select]
        self.names = f"({', '.join(f'c{place}' for place in range(len(columns)))})"
        self.kinds = [_from_json(expression) for expression in columns]
        self.converters = self.compiler.get_converters(columns)

    def objects_from(self, rows: SomeRows) -> list[Any]:
        """What the queryset would have given had the driver brought these rows."""
        if not self.sql:
            return []
        told = [
            tuple(
                value if kind is None or value is None else kind(value)
                for kind, value in zip(self.kinds, row, strict=True)
            )
            for row in rows
        ]
        # Copies: others may read by the same shape at this moment.
        compiler, queryset = copy(self.compiler), self.queryset._chain()  # type: ignore[attr-defined]
        compiler.connection = connection
        compiler.execute_sql = lambda *_a, **_k: [told]  # type: ignore[method-assign, assignment, return-value]
        compiler.get_converters = lambda _columns: self.converters
        queryset.query.get_compiler = lambda *_a, **_k: compiler
        return list(queryset)


class _ShapePart(Part):
    def __init__(self, shape: _Shape, params: Sequence[Any] | None = None) -> None:
        self.shape, self.sql, self.names = shape, shape.sql, shape.names
        self.params = shape.params if params is None else params

    def made_of(self, rows: SomeRows) -> list[Any]:
        return self.shape.objects_from(rows)


# From what JSON can say to what the driver would have given, for each kind of column; the first that fits.
_KINDS: tuple[tuple[type[models.Field], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
    (models.UUIDField, UUID),
    (models.BinaryField, lambda told: bytes.fromhex(told[2:])),
    (models.DecimalField, lambda told: Decimal(str(told))),
    (models.JSONField, json.dumps),
    (DateTimeRangeField, lambda told: _hours_from(told)),
)
# What JSON tells in a way of its own; a kind that nobody has taught above is refused.
_OTHERS = (ArrayField, RangeField, models.DurationField)


def _from_json(expression: Any) -> Callable[[Any], Any] | None:
    output = expression._output_field_or_none
    found = next((turn for kind, turn in _KINDS if isinstance(output, kind)), None)
    assert found or not isinstance(output, _OTHERS) or _is_plain(output), output
    return found


def _is_plain(output: Any) -> bool:
    """Whether an array's elements are what JSON itself can say."""
    return isinstance(output, ArrayField) and not any(isinstance(output.base_field, kind) for kind, _turn in _KINDS)


def _hours_from(told: str) -> DateTimeTZRange:
    """From an instant until before another, as `["2026-11-24 08:00:00+08","2026-11-24 10:00:00+08")` tells it."""
    if told == "empty":
        return DateTimeTZRange(empty=True)
    lower, upper = (datetime.fromisoformat(one) if one else None for one in told[1:-1].replace('"', "").split(","))
    return DateTimeTZRange(lower, upper, told[0] + told[-1])


# Stand for what is filled in while SQL is written. Nothing real is near them: what was computed from one is found out.
_FAR, _FAR_DAY, _NEAR = 4_611_686_018_000_000_000, date(9876, 5, 4), 1_000_000
# More than the house has reads: what grows beyond has been told words that were typed.
_MOST = 1000
# A place among the values, with the width of number that Django wants there; or nothing, where a parameter stays as it is.
_Place = tuple[int, type[int] | None] | None
_shapes: dict[tuple[Any, ...], tuple[_Shape, list[_Place]]] = {}


def _told(argument: Any) -> tuple[Any, tuple[Any, ...]]:
    """What the SQL depends on in an argument, and the values in it that are filled in."""
    if isinstance(argument, StandsIn):
        kind, numbers = argument.filled_in()
        return (type(argument), *kind, *(number is None for number in numbers)), numbers
    if isinstance(argument, models.Model):
        return type(argument), (argument.pk,)
    return (type(argument), (argument,)) if type(argument) in (int, date, UUID) else (argument, ())


def _mark(place: int, value: Any) -> Any:
    """What stands for a value that is filled in."""
    if type(value) is int:
        return _FAR + place * 2 * _NEAR
    if type(value) is date:
        return _FAR_DAY + timedelta(days=9 * place)
    return UUID(int=_FAR + place) if type(value) is UUID else value


def _standing_in(argument: Any, marks: list[Any]) -> Any:
    """An argument like this one with marks in the place of its values."""
    if isinstance(argument, StandsIn):
        return argument.stand_in(marks)
    if isinstance(argument, models.Model):
        # Whoever asks such a row for more than its key looks for it in the database, and finds nobody.
        return type(argument).from_db(connection.alias, [argument._meta.pk.attname], marks)  # type: ignore[union-attr]
    return marks[0] if marks else argument


def _is_near(value: Any) -> bool:
    """Whether a value stands for another, or was computed from what does."""
    if isinstance(value, int):
        return value > _FAR - _NEAR
    if isinstance(value, date):
        return value.year > _FAR_DAY.year - 100
    return type(value) is UUID and _FAR <= value.int < _FAR + _NEAR


def _kept_part(read: Kept) -> Part:
    told = [_told(argument) for argument in read.arguments]
    values = [value for _kind, values in told for value in values]
    key = (read.make.__code__, *(kind for kind, _values in told))
    if key not in _shapes:
        if len(_shapes) > _MOST:
            _shapes.clear()
        _shapes[key] = _written(read, told)
    shape, places = _shapes[key]
    params = [
        value if place is None else place[1](values[place[0]]) if place[1] else values[place[0]]
        for place, value in zip(places, shape.params, strict=True)
    ]
    return _ShapePart(shape, params)


def _written(read: Kept, told: list[tuple[Any, tuple[Any, ...]]]) -> tuple[_Shape, list[_Place]]:
    """The shape, and for each of its parameters which value is filled in there."""
    marks: list[Any] = []
    standing: list[Any] = []
    for argument, (_kind, values) in zip(read.arguments, told, strict=True):
        mine = [_mark(len(marks) + place, value) for place, value in enumerate(values)]
        standing.append(_standing_in(argument, mine))
        marks += mine
    shape = _Shape(read.make(*standing))
    places: list[_Place] = [
        (marks.index(value), type(value) if isinstance(value, int) else None) if _is_near(value) else None
        for value in shape.params
    ]
    seen = {place[0] for place in places if place}
    needed = [one for one in standing if not isinstance(one, StandsIn)]
    unseen = [
        one for one in needed if _is_near(getattr(one, "pk", one)) and marks.index(getattr(one, "pk", one)) not in seen
    ]
    assert not (unseen and shape.sql), f"{read.make.__qualname__} does not pass on what it is told"
    return shape, places
