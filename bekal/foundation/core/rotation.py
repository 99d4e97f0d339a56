"""A fresh key for encrypted columns, and every value written again with it. The old keys stay: histories need them."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from bekal.foundation.core import keys
from bekal.foundation.core.encryption import FIELDS, EncryptedTextField

CHUNK = 500


def encrypted_columns() -> list[tuple[type[models.Model], str]]:
    """Every encrypted column of the house, but for the histories, which nothing changes."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField) and not hasattr(model, "pgh_tracked_model")
    ]


def new_key() -> int:
    """Make the key with which everything is written from now on; gives its number."""
    return keys.create_key(FIELDS)


def behind(model: type[models.Model], name: str, *, number: int) -> Iterator[list[models.Model]]:
    """The rows whose value was sealed with another key, in chunks. Rows written meanwhile carry the new key already."""
    last = 0
    while rows := list(model._default_manager.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        yield [row for row in rows if row.__dict__.get(name) and row.__dict__[name][0] != number]
