"""Reads that are written as SQL once, however often they are asked with other keys, days and ids."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from types import FunctionType
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from bekal.foundation.core.shapes import Shape

M = TypeVar("M", bound=models.Model)


class Kept:
    """`make(*arguments)`, a queryset, written as SQL once and filled in from then on: Django's writing costs more than reading.

    Numbers, days, ids and the keys of rows are filled in; with every other argument it is written anew. `make` knows nothing but
    its arguments, and passes them on as they are: of a row it uses the key alone. What it would compute from them is refused.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Any]], *arguments: Any) -> None:
        assert _remembers_nothing(make), "it would remember what it should be told"
        self.make, self.arguments = make, arguments


def _remembers_nothing(make: Any) -> bool:
    return isinstance(make, FunctionType) and not (make.__closure__ or make.__defaults__ or make.__kwdefaults__)


class StandsIn:
    """A row of which a kept read uses more than the key, such as an officer with the facility of the hat."""

    def filled_in(self) -> tuple[tuple[Any, ...], tuple[int | None, ...]]:
        """What a read depends on besides, and the numbers that are filled in."""
        raise NotImplementedError

    def stand_in(self, numbers: Sequence[int | None]) -> Any:
        """Somebody else like this, with other numbers."""
        raise NotImplementedError


# Stand for what is filled in while SQL is written. Nothing real is near them: what was computed from one is found out.
_FAR, _FAR_DAY, _NEAR = 4_611_686_018_000_000_000, date(9876, 5, 4), 1_000_000
# What the marks look like inside of a text, a list, a range or JSON.
_INSIDE = re.compile(r"4611686018|3fff-?ffffe68|\b98[78]\d(-|, )\d")
# More than the house has reads: what grows beyond has been told words that were typed.
_MOST = 1000
# A place among the values, with the width of number that Django wants there; or nothing, where a parameter stays as it is.
_Place = tuple[int, type[int] | None] | None
_shapes: dict[tuple[Any, ...], tuple[Shape, list[_Place]]] = {}


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
        return knows_only(type(argument), pk=marks[0])
    return marks[0] if marks else argument


def knows_only(kind: type[M], *, pk: Any, **facts: Any) -> M:
    """A row without the rest: whoever asks it for more looks for it in the database, and finds nobody."""
    names = {kind._meta.pk.attname: pk, **facts}  # type: ignore[union-attr]
    # In the order of the table, as rows come.
    known = [field.attname for field in kind._meta.concrete_fields if field.attname in names]
    return kind.from_db(connection.alias, known, [names[name] for name in known])


def _is_near(value: Any) -> bool:
    """Whether a value stands for another, or was computed from what does."""
    if isinstance(value, int):
        return abs(value) > _FAR - _NEAR
    if isinstance(value, date):
        return value.year > _FAR_DAY.year - 100
    if type(value) is UUID:
        return _FAR <= value.int < _FAR + _NEAR
    return _INSIDE.search(repr(value)) is not None


def shape_of(read: Kept) -> tuple[Shape, list[Any]]:
    """The shape of a kept read, written at its first use, and the parameters of this use.

    Raises:
        AssertionError: it does not pass on what it is told, or would never find anything.
        ValueError: it passes on what it computed from what it is told.
    """
    told = [_told(argument) for argument in read.arguments]
    values = [value for _kind, values in told for value in values]
    # Two files may hold the same words, which mean something else there.
    key = (read.make.__module__, read.make.__code__, *(kind for kind, _values in told))
    # Others may read, and forget, at this moment.
    if (written := _shapes.get(key)) is None:
        if len(_shapes) > _MOST:
            _shapes.clear()
        written = _shapes[key] = _written(read, told)
    shape, places = written
    params = [
        value if place is None else place[1](values[place[0]]) if place[1] else values[place[0]]
        for place, value in zip(places, shape.params, strict=True)
    ]
    return shape, params


def _written(read: Kept, told: list[tuple[Any, tuple[Any, ...]]]) -> tuple[Shape, list[_Place]]:
    """The shape, and for each of its parameters which value is filled in there."""
    marks: list[Any] = []
    standing: list[Any] = []
    for argument, (_kind, values) in zip(read.arguments, told, strict=True):
        mine = [_mark(len(marks) + place, value) for place, value in enumerate(values)]
        standing.append(_standing_in(argument, mine))
        marks += mine
    shape = Shape(read.make(*standing))
    places: list[_Place] = [
        (marks.index(value), type(value) if isinstance(value, int) else None) if _is_near(value) else None
        for value in shape.params
    ]
    seen = {place[0] for place in places if place}
    needed = [one for one in standing if not isinstance(one, StandsIn)]
    unseen = [
        one for one in needed if _is_near(getattr(one, "pk", one)) and marks.index(getattr(one, "pk", one)) not in seen
    ]
    assert shape.sql, f"{read.make.__qualname__} would never find anything"
    assert not unseen, f"{read.make.__qualname__} does not pass on what it is told"
    return shape, places
