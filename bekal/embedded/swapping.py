"""Putting another house into the data folder: prepared beside, decided by one rename, carried through by whoever comes next.

Several folders cannot be exchanged at once. So all that is new lies in `incoming`; renaming it to `incoming.ready` is the moment
of decision. Before it the old house is untouched; after it each part is moved in turn, and a kill between two moves is made good
at the next start. Nothing is deleted: what was there lies in the folder that `aside` names.
"""

import os
import shutil
from pathlib import Path

from bekal.embedded.binaries import MAJOR, OUTSIDE

PARTS = (f"pg{MAJOR}", "secrets", "keys", "files", "recovery")
ASIDE = "before-restore"


def draft(home: Path) -> Path:
    """Where the new house is made."""
    return home / "incoming"


def _ready(home: Path) -> Path:
    return home / "incoming.ready"


def is_decided(home: Path) -> bool:
    """Whether a new house waits to be put in place."""
    return _ready(home).exists()


def discard(home: Path) -> None:
    """Remove what an attempt has left that was never decided, also where its data lie outside the folder."""
    data = draft(home) / f"pg{MAJOR}"
    if data.is_symlink() and data.readlink().parent == OUTSIDE:
        shutil.rmtree(data.readlink(), ignore_errors=True)
    shutil.rmtree(draft(home), ignore_errors=True)


def decide(home: Path, *, stamp: str) -> Path:
    """The new house is whole: from now on it is the house. Gives the folder in which the old one will lie."""
    aside, number = home / ASIDE / stamp, 1
    while aside.exists():
        aside, number = home / ASIDE / f"{stamp}-{number + 1}", number + 1
    (draft(home) / "aside").write_text(str(aside.relative_to(home)))
    # Everything new is on the disk before the one rename that counts.
    os.sync()
    draft(home).rename(_ready(home))
    _sync(home)
    return aside


def carry_through(home: Path) -> None:
    """Move each part that has not been moved yet; safe to repeat. No server may work on the data."""
    ready = _ready(home)
    if not ready.exists():
        return
    aside = home / (ready / "aside").read_text()
    aside.mkdir(mode=0o711, parents=True, exist_ok=True)
    for part in PARTS:
        old, new = home / part, ready / part
        if not os.path.lexists(new):
            continue
        if os.path.lexists(old):
            old.rename(aside / part)
        new.rename(old)
    _sync(home)
    # Only an emptied shell is left: under the draft's name it is nobody's decision any more.
    discard(home)
    ready.rename(draft(home))
    discard(home)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
