"""Many reads in one statement: a page that shows a dozen things asks the database once or twice, not a dozen times.

`together(a, b, …)` fills querysets as if each had been read by itself. `in_rounds` does it for functions that do not know each
other: each yields `Ask(a, b)` and gets its rows; what all of them ask in the same round goes in one statement.
"""

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.sql.compiler import SQLCompiler


@dataclass
class Rows:
    """A statement of our own, such as a call of a database function. Each column has a name of its own; rows are tuples."""

    sql: str
    params: Sequence[Any] = ()
    found: list[tuple[Any, ...]] = field(default_factory=list)


Read = models.QuerySet[Any] | Rows


class Ask:
    """What a function that answers a part of a page wants to read next."""

    def __init__(self, *reads: Read) -> None:
        self.reads = reads


def together(*reads: Read) -> list[list[Any]]:
    """The rows of each read, in their order, by one statement. The querysets themselves are filled too."""
    prepared = [_prepared(read) for read in reads]
    asked = [part for part in prepared if part.sql]
    if asked:
        # As one row, a column a read: each read keeps its own order.
        columns = ", ".join(f"(select json_agg(q) from ({part.sql}) q{part.names})" for part in asked)  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"select {columns}", [value for part in asked for value in part.params])
            answers = cursor.fetchone() or ()
        for part, answer in zip(asked, answers, strict=True):
            part.rows = [tuple(row.values()) for row in _loaded(answer)]
    return [part.fill() for part in prepared]


def _loaded(answer: Any) -> list[dict[str, Any]]:
    return json.loads(answer) if isinstance(answer, str) else answer or []


class _Part:
    """One read on its way: its SQL, and its rows once they are here."""

    sql: str = ""
    names: str = ""
    params: Sequence[Any] = ()
    rows: Sequence[tuple[Any, ...]] = ()

    def fill(self) -> list[Any]:
        raise NotImplementedError


class _RowsPart(_Part):
    def __init__(self, asked: Rows) -> None:
        self.asked, self.sql, self.params = asked, asked.sql, asked.params

    def fill(self) -> list[Any]:
        self.asked.found = list(self.rows)
        return self.asked.found


class _QuerySetPart(_Part):
    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self.queryset = queryset
        self.compiler: SQLCompiler | None = None
        if queryset._result_cache is None:
            try:
                self.compiler = queryset.query.get_compiler(connection=connection)
                self.sql, self.params = self.compiler.as_sql()
            except EmptyResultSet:
                self.compiler = None
        if self.compiler is not None:
            self.names = f"({', '.join(f'c{place}' for place in range(len(self.compiler.select)))})"

    def fill(self) -> list[Any]:
        """Let Django make its objects from our rows, as it makes them from a cursor's."""
        if self.compiler is None:
            return list(self.queryset)
        compiler, query = self.compiler, self.queryset.query
        kinds = [_from_json(expression) for expression, *_rest in compiler.select]
        rows = [
            tuple(
                value if kind is None or value is None else kind(value) for kind, value in zip(kinds, row, strict=True)
            )
            for row in self.rows
        ]
        compiler.execute_sql = lambda *_a, **_k: [rows]  # type: ignore[method-assign, assignment, return-value]
        query.get_compiler = lambda *_a, **_k: compiler  # type: ignore[method-assign]
        try:
            return list(self.queryset)
        finally:
            # Whatever is filtered from this queryset later reads for itself.
            del query.get_compiler


# From what JSON can say to what the driver would have given, for each kind of column; the first that fits.
_KINDS: tuple[tuple[type[models.Field], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.TimeField, time.fromisoformat),
    (models.UUIDField, UUID),
    (models.BinaryField, lambda told: bytes.fromhex(told[2:])),
    (models.DecimalField, lambda told: Decimal(str(told))),
    (models.JSONField, json.dumps),
)


def _from_json(expression: Any) -> Callable[[Any], Any] | None:
    output = expression._output_field_or_none
    found = next((turn for kind, turn in _KINDS if isinstance(output, kind)), None)
    assert not isinstance(output, ArrayField) or _from_json_is_plain(output), output
    return found


def _from_json_is_plain(output: ArrayField) -> bool:
    """Whether the elements of an array are what JSON itself can say."""
    return not any(isinstance(output.base_field, kind) for kind, _turn in _KINDS)


def _prepared(read: Read) -> _Part:
    return _RowsPart(read) if isinstance(read, Rows) else _QuerySetPart(read)


def in_rounds(answers: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """What each function yields, where those that yield `Ask` are sent its rows; one statement a round, however many ask."""
    given: list[list[Any]] = []
    waiting: list[tuple[int, Generator[Any, Any, None], Ask]] = []
    for place, answer in enumerate(answers):
        given.append([])
        if isinstance(answer, Generator):
            _go_on(place, answer, None, given, waiting)
        else:
            given[place].extend(answer)
    while waiting:
        now, waiting = waiting, []
        rows = iter(together(*(read for _place, _answer, ask in now for read in ask.reads)))
        for place, answer, ask in now:
            _go_on(place, answer, [next(rows) for _read in ask.reads], given, waiting)
    return given


def _go_on(
    place: int,
    answer: Generator[Any, Any, None],
    rows: list[list[Any]] | None,
    given: list[list[Any]],
    waiting: list[tuple[int, Generator[Any, Any, None], Ask]],
) -> None:
    """Let one function run until it asks again, or has said everything."""
    try:
        said = answer.send(rows)
        while not isinstance(said, Ask):
            given[place].append(said)
            said = next(answer)
    except StopIteration:
        return
    waiting.append((place, answer, said))
