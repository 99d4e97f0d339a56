"""Many reads in one statement: a page that shows a dozen things asks the database once or twice, not a dozen times.

`together(a, b, …)` gives the rows of each as if it had been read by itself. `in_rounds` does it for functions that do not know
each other: each yields `Ask(a, b)` and gets its rows; what all of them ask in the same round goes in one statement.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import psycopg
from django.db import connection

from bekal.foundation.core.kept import Kept
from bekal.foundation.core.reads import HowMany, Part, Read, Rows, day_from, part_of

__all__ = [
    "Answer",
    "Ask",
    "HowMany",
    "Kept",
    "Read",
    "Rows",
    "all_of",
    "day_from",
    "in_rounds",
    "side_by_side",
    "together",
    "told",
]

# The plan of a page's statement takes up to 15 MB of its connection: those are kept that were used last.
MOST_PLANS = 12


class Ask:
    """What a function that answers a part of a page wants to read next."""

    def __init__(self, *reads: Read) -> None:
        self.reads = reads


T = TypeVar("T")
# What a function gives that may ask in between.
Answer = Generator[T | Ask, list[list[Any]], None]


def together(*reads: Read) -> list[list[Any]]:
    """What each read gives, in their order, by one statement."""
    parts = [part_of(read) for read in reads]
    # What two parts of a page ask alike is asked once: the desk's lists and its waits begin with the same batches.
    keys = [(part.sql, part.names, repr(part.params)) for part in parts]
    asked = {key: part for key, part in zip(keys, parts, strict=True) if part.sql}
    rows = dict(zip(asked, _rows_of(list(asked.values())), strict=True))
    return [part.made_of(rows.get(key, [])) for key, part in zip(keys, parts, strict=True)]


def _rows_of(asked: list[Part]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of each part. As one row, a column a part: each keeps its own order."""
    if not asked:
        return
    columns = ", ".join(f"(select json_agg(q) from ({part.sql}) q{part.names})" for part in asked)  # noqa: S608
    with _prepared_cursor() as cursor:
        cursor.execute(f"select {columns}", [value for part in asked for value in part.params])
        answers = cursor.fetchone() or ()
    for answer in answers:
        told = json.loads(answer) if isinstance(answer, str) else answer
        yield [tuple(row.values()) for row in told or ()]


class _PreparedCursor(psycopg.Cursor[Any]):
    """Keeps the plan of a statement on its connection: with a dozen reads in one, planning takes longer than reading."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_PreparedCursor":
        return super().execute(query, params, prepare=True)

    def _get_prepared(self, query: Any, prepare: bool | None = None) -> Any:
        # psycopg forgets what it sends by name; Django tells whoever counts queries from here.
        self._query = query
        return super()._get_prepared(query, prepare)


def _prepared_cursor() -> Any:
    """A cursor of Django's own making around ours, so that whoever counts or logs queries sees these."""
    connection.ensure_connection()
    connection.connection.prepared_max = MOST_PLANS
    return connection._prepare_cursor(_PreparedCursor(connection.connection))  # type: ignore[attr-defined]


def told(asking: Generator[Ask, list[list[Any]], T]) -> T:
    """What a function returns that asks in between, each time by one statement."""
    rows: Any = None
    while True:
        try:
            ask = asking.send(rows)
        except StopIteration as end:
            answer: T = end.value
            return answer
        rows = together(*ask.reads)


def in_rounds(answers: Iterable[Iterable[Any]]) -> list[list[Any]]:
    """What each function yields, where those that yield `Ask` are sent its rows; one statement a round, however many ask."""
    return told(_rounds(answers))


def all_of(answer: Iterable[Any]) -> list[Any]:
    """What one function gives, by itself."""
    return in_rounds([answer])[0]


def side_by_side(*answers: Iterable[Any]) -> Answer[Any]:
    """Several answers as one, in their order: what they ask in the same round is asked together."""
    for given in (yield from _rounds(answers)):
        yield from given


def _rounds(answers: Iterable[Iterable[Any]]) -> Generator[Ask, list[list[Any]], list[list[Any]]]:
    """Ask once for all that ask in a round, until nobody asks any more; what each of them gave."""
    given: list[list[Any]] = []
    asking: list[_Asking] = []
    for answer in answers:
        given.append([])
        if isinstance(answer, Generator):
            asking.append(_Asking(answer, given[-1]))
        else:
            given[-1].extend(answer)
    rows: Iterator[list[Any]] = iter(())
    while asking := [one for one in asking if one.goes_on(rows)]:
        rows = iter((yield Ask(*(read for one in asking for read in one.reads))))
    return given


class _Asking:
    """One function between two rounds: what it wants to read, and where that goes which it gives."""

    def __init__(self, answer: Generator[Any, Any, None], given: list[Any]) -> None:
        self.answer, self.given = answer, given
        self.reads: Sequence[Read] | None = None

    def goes_on(self, rows: Iterator[list[Any]]) -> bool:
        """Let it run with its share of the rows until it asks again; False when it has said everything."""
        mine = None if self.reads is None else [next(rows) for _read in self.reads]
        try:
            said = self.answer.send(mine)
            while not isinstance(said, Ask):
                self.given.append(said)
                said = next(self.answer)
        except StopIteration:
            return False
        self.reads = said.reads
        return True
