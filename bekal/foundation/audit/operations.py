"""Writing the trail. Every operation of the house ends here, in its own transaction."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from bekal.foundation.audit.models import Event


class Actor(Protocol):
    """Whoever acts: a user with a posting."""

    public_id: UUID

    @property
    def role_code(self) -> str: ...


def record(
    code: str,
    *,
    on: Any | None,
    by: Actor | None,
    at: datetime,
    facility: int | None = None,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Say in the trail what was done to `on` (a row with a public id), in the transaction that does it.

    `code` reads `app.noun.verbed`. `facility` is a primary key and is taken from the row where it has one. The payload
    holds public ids, codes, counts and days: never a name, a number of identity, or a word about health.
    """
    if facility is None:
        facility = getattr(on, "facility_id", None) or 0
    return Event.objects.create(
        facility=facility,
        at=at,
        code=code,
        actor=by.public_id if by else None,
        actor_role=by.role_code if by else "",
        subject_kind=on._meta.label_lower if on is not None else "",
        subject=on.public_id if on is not None else None,
        payload=payload or {},
    )


def settle() -> None:
    """Give the events of this transaction their places in the chain now instead of at commit.

    For a paper that prints the day's root in the same transaction. The chain stays locked until the commit, so call it last.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints audit_event_chain immediate")
        cursor.execute("set constraints audit_event_chain deferred")
