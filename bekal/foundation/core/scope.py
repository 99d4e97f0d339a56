"""What a transaction may see. Row-level security reads these settings; nothing set means nothing seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Scope:
    """Who looks (primary key of the user), at which facilities (primary keys), and what is in sight there.

    `care`: health facts. `security`: who is kept apart from whom.
    """

    user: int | None = None
    facilities: tuple[int, ...] = ()
    care: bool = False
    security: bool = False


NOTHING = Scope()


def enter(scope: Scope) -> None:
    """Set the scope for the rest of the running transaction.

    Raises:
        RuntimeError: no transaction is open, so the scope would last for one statement only.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lives in a transaction: open one first.")
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('bekal.user', %s, true), set_config('bekal.facilities', %s, true),"
            " set_config('bekal.care', %s, true), set_config('bekal.security', %s, true)",
            [
                "" if scope.user is None else str(scope.user),
                "{" + ",".join(map(str, scope.facilities)) + "}",
                "yes" if scope.care else "",
                "yes" if scope.security else "",
            ],
        )


@contextmanager
def entered(scope: Scope) -> Iterator[None]:
    """A transaction in which `scope` holds, and after which it is gone."""
    with transaction.atomic():
        enter(scope)
        yield


@contextmanager
def past_care() -> Iterator[None]:
    """Health facts in sight for what an operation must end though its officer may not see it, and answers nothing of.

    Who is moved to another facility leaves every batch, whoever writes the departure down. An exception takes the setting
    back together with the savepoint of its operation.

    Raises:
        RuntimeError: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lives in a transaction: open one first.")
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('bekal.care', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("select set_config('bekal.care', 'yes', true)")
        yield
        cursor.execute("select set_config('bekal.care', %s, true)", [before])
