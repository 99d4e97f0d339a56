"""Holding a row until the transaction ends."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def hold(rows: QuerySet[M], row: M) -> M:
    """The row as it stands now, with the relations that `rows` selects, held until the transaction ends.

    Held first and read afterwards: in one statement, whoever had to wait would get the new row joined with the relations
    of the old one, such as a hearing that was decided by nobody.
    """
    rows.model._base_manager.select_for_update(no_key=True).only("pk").get(pk=row.pk)
    return rows.get(pk=row.pk)
