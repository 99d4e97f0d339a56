"""Whoever comes in, with the hats that are theirs: what every page asks first, by one query."""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.facilities.models import Facility

M = TypeVar("M", bound=models.Model)
# A picture that no page shows is not read with every page.
_LEFT = {"logo"}


@cache
def _fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.name not in _LEFT]


@cache
def _statement() -> str:
    parts = (("u", User), ("p", Posting), ("f", Facility))
    columns = ", ".join(f'{alias}."{field.column}"' for alias, model in parts for field in _fields(model))
    # The names of our own columns, and nothing that was typed.
    told = f"select {columns} from accounts_user u left join lateral accounts_hats(u.id) p on true"  # noqa: S608
    return told + " left join facilities_facility f on f.id = p.facility_id where u.id = %s order by p.from_on, p.id"


def _made(model: type[M], values: tuple[Any, ...]) -> M:
    return model.from_db(connection.alias, [field.attname for field in _fields(model)], values)


def who_comes_in(pk: int) -> User | None:
    """A user with `hats`: every posting that was not ended, oldest first, each with its facility.

    The rest of the transaction sees what is the user's own, as row-level security has it, until a scope is entered.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [pk])
        rows = cursor.fetchall()
    if not rows:
        return None
    first, second = len(_fields(User)), len(_fields(User)) + len(_fields(Posting))
    user = _made(User, rows[0][:first])
    user.hats = [_hat(row[first:second], row[second:]) for row in rows if row[first] is not None]
    return user


def _hat(posting: tuple[Any, ...], facility: tuple[Any, ...]) -> Posting:
    hat = _made(Posting, posting)
    hat.facility = None if facility[0] is None else _made(Facility, facility)
    return hat
