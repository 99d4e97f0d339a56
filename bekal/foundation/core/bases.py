"""What the tables of the house have in common. Abstract: core owns no table."""

import uuid

import pghistory
from django.db import models


class Row(models.Model):
    """A row with an id for the outside: URLs, papers and the audit trail name `public_id`, never the key."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.public_id.hex[:4]}"


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep what a row said before each change. A trigger does it, so bulk writes and SQL are seen too.

    Only the old values are kept: with the row as it stands they are the whole history, and adding rows costs nothing.
    """
    return pghistory.track(
        pghistory.UpdateEvent("before", row=pghistory.Old),
        obj_field=pghistory.ObjForeignKey(related_name="past", db_constraint=False),
        context_field=None,
        append_only=True,
    )(model)
