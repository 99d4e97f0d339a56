"""Encrypted columns: AES-256-GCM, bound to their row, so that a value copied to another row opens nothing.

Stored: one byte key number, twelve bytes nonce, ciphertext with tag. Associated data: the fact's name and the public id of its row.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from bekal.foundation.core import keys

FIELDS, INDEX = "fields", "index"
NONCE_BYTES = 12


class Unreadable(Exception):
    """The value does not belong to this row, or was changed outside the house."""


@lru_cache(maxsize=16)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def seal(plain: bytes, *, bound_to: str, number: int | None = None) -> bytes:
    """Encrypt with the key in use (or key `number`), bound to `bound_to`."""
    number = number or keys.current_key(FIELDS)
    nonce = os.urandom(NONCE_BYTES)
    return bytes([number]) + nonce + _cipher(keys.key(FIELDS, number)).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, *, bound_to: str) -> bytes:
    """Decrypt what `seal` gave for the same `bound_to`.

    Raises:
        Unreadable: wrong row, wrong key, or changed bytes.
        KeyMissing: the key is not in this house.
    """
    secret = keys.key(FIELDS, sealed[0]) if sealed else b""
    try:
        return _cipher(secret).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], bound_to.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable(f"The value bound to {bound_to} cannot be read.") from wrong


def blind_index(text: str, *, purpose: str) -> bytes:
    """A keyed digest that finds equal values without telling them (32 bytes)."""
    secret = keys.key(INDEX, keys.first_key(INDEX))
    return hmac.digest(secret, f"{purpose}\0{text}".encode(), hashlib.sha256)


class Sealed(bytes):
    """Ciphertext as it came from the database, not yet opened."""


class _Opening:
    """Opens a column when it is read on its row, and only then: a list that does not show it never decrypts it."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = row.__dict__[name] = unseal(value, bound_to=self.field.bound_to(row)).decode()
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):
    """Text that only the running house can read. Null means nothing is known; it cannot be filtered on.

    `bound_as` names the fact (`people.person.nik`): with the row's public id it is what a value is bound to, in the table
    and in the table's history alike.
    """

    def __init__(self, *args: Any, bound_as: str = "", **kwargs: Any) -> None:
        self.bound_as = bound_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "bound_as": self.bound_as}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def bound_to(self, row: Any) -> str:
        """The associated data of this column on `row`."""
        return f"{self.bound_as}:{row.public_id}"

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(seal(value.encode(), bound_to=self.bound_to(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError(f"{self.name} is encrypted with its row: save it through the row.")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is not exported.")
