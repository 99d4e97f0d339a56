"""Passwords and the key of sessions, made once and kept readable by us alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def keep(folder: Path, name: str) -> str:
    """The secret of that name, made at its first use (256 bits, URL-safe)."""
    path = folder / name
    with suppress(FileNotFoundError):
        return path.read_text()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
    # Whole or not there at all, and only the first of two makers counts.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()
