"""A queryset as SQL whose rows come back as JSON, and the way from there to the objects that Django would have made."""

import json
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

SomeRows = Sequence[tuple[Any, ...]]


class Shape:
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
