"""Thousands of rows in one statement: they travel as one JSON text, which the database reads as rows of the table.

Values are as JSON has them: days and instants in ISO form, bytes through `as_bytes`. Triggers see every row.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Values = Mapping[str, Any]


def as_bytes(value: bytes) -> str:
    """Bytes in the form in which the database reads them."""
    return f"\\x{value.hex()}"


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Keys for `count` new rows, so that rows that point at them can be written in the same breath."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Add rows; each names the same columns, and every column that has no default."""
    if not rows:
        return
    table, columns = model._meta.db_table, ", ".join(f'"{column}"' for column in rows[0])
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{table}" ({columns}) select {columns} from json_populate_recordset(null::"{table}", %s::json)',  # noqa: S608
            [json.dumps(rows, ensure_ascii=False)],
        )


def update(model: type[models.Model], rows: Iterable[Values]) -> None:
    """Write to each row (known by its `id`) the columns that it names: one statement for each set of columns."""
    groups: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(set(row) - {"id"}))].append(row)
    table = model._meta.db_table
    for columns, group in groups.items():
        assigned = ", ".join(f'"{column}" = given."{column}"' for column in columns)
        if assigned:
            with connection.cursor() as cursor:
                cursor.execute(
                    f'update "{table}" as kept set {assigned}'  # noqa: S608
                    f' from json_populate_recordset(null::"{table}", %s::json) as given where kept.id = given.id',
                    [json.dumps(group, ensure_ascii=False)],
                )
