"""Passwords and the key of sessions, made once and kept readable by us alone."""

import os
import secrets
from pathlib import Path


def keep(folder: Path, name: str) -> str:
    """The secret of that name, made at its first use (256 bits, URL-safe)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text()
