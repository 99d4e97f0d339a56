"""Keys that lie outside the database, in `BEKAL_DATA/keys`: one folder a purpose, one file a key, readable by us alone."""

import os
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


class KeyMissing(Exception):
    """A row was written with a key that is not in this house's folder of keys."""


def _folder(purpose: str) -> Path:
    return Path(settings.DATA) / "keys" / purpose


def create_key(purpose: str) -> int:
    """Add a fresh random key to a purpose and return its number (1 to 255). The highest number is the one in use."""
    folder = _folder(purpose)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    number = max(_numbers(purpose), default=0) + 1
    if number > 255:
        raise ValueError("A key's number is one byte: 255 keys at the most.")
    try:
        handle = os.open(folder / f"{number}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Another process of the house made this very key a moment ago: use that one.
        return number
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    _newest.cache_clear()
    return number


def _numbers(purpose: str) -> list[int]:
    return sorted(int(path.stem) for path in _folder(purpose).glob("*.key"))


@lru_cache(maxsize=8)
def _newest(folder: Path, second: int) -> int:
    """The highest number in a folder of keys, read once a second: a key turned by another process is noticed soon."""
    return max((int(path.stem) for path in folder.glob("*.key")), default=0)


def current_key(purpose: str) -> int:
    """The number of the key in use for a purpose; the first use makes the first key."""
    return _newest(_folder(purpose), int(time.monotonic())) or create_key(purpose)


@lru_cache(maxsize=512)
def _read(path: Path) -> bytes:
    return path.read_bytes()


def key(purpose: str, number: int) -> bytes:
    """The bytes of a key.

    Raises:
        KeyMissing: the folder of keys does not hold it (a restore without its keys, most likely).
    """
    path = _folder(purpose) / f"{number}.key"
    try:
        secret = _read(path)
    except FileNotFoundError as missing:
        raise KeyMissing(f"Key {number} for {purpose} is missing.") from missing
    if len(secret) != KEY_BYTES:
        _read.cache_clear()
        raise KeyMissing(f"Key {number} for {purpose} is damaged.")
    return secret


def first_key(purpose: str) -> int:
    """The number of the key that never turns: an index must find what was written under it years ago."""
    return 1 if _newest(_folder(purpose), int(time.monotonic())) else create_key(purpose)
