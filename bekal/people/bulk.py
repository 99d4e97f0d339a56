"""Thousands of rows in one statement: arrays go to the database, which unpacks them. Triggers see every row."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_CHUNK = 5000


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Keys for `count` new rows, so that rows that point at them can be written in the same breath."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)", [model._meta.db_table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def _arrays(rows: Sequence[models.Model], fields: Sequence[Any], *, add: bool) -> tuple[str, list[list[Any]]]:
    casts, arrays = [], []
    for field in fields:
        kind = "bigint" if isinstance(field, models.BigAutoField) else field.db_type(connection).split("(")[0]
        casts.append(f"%s::{kind}[]")
        arrays.append([field.get_db_prep_save(field.pre_save(row, add), connection) for row in rows])
    return ", ".join(casts), arrays


def _chunks(rows: Iterable[models.Model]) -> Iterable[list[models.Model]]:
    whole = list(rows)
    return (whole[start : start + _CHUNK] for start in range(0, len(whole), _CHUNK))


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Add rows whose keys were reserved."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    for chunk in _chunks(rows):
        casts, arrays = _arrays(chunk, fields, add=True)
        with connection.cursor() as cursor:
            cursor.execute(
                f'insert into "{model._meta.db_table}" ({columns}) select * from unnest({casts})',
                arrays,
            )


def update(model: type[models.Model], rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Write the named fields of rows that are locked."""
    fields = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    given = ", ".join(f'"{field.column}"' for field in fields)
    assigned = ", ".join(f'"{field.column}" = given."{field.column}"' for field in fields[1:])
    for chunk in _chunks(rows):
        casts, arrays = _arrays(chunk, fields, add=False)
        with connection.cursor() as cursor:
            cursor.execute(
                f'update "{model._meta.db_table}" as row set {assigned}'
                f" from unnest({casts}) as given({given}) where row.id = given.id",
                arrays,
            )
