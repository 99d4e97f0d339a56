"""Who uses the cluster now: a file for each process that does. The first starts the server, the last stops it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(home: Path) -> Iterator[Path]:
    """Hold the cluster's lock; gives the folder of holders, with the dead ones forgotten."""
    folder = home / "holders"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "holders.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for holder in folder.iterdir():
            if not _lives(holder):
                holder.unlink(missing_ok=True)
        yield folder


def _lives(holder: Path) -> bool:
    """Whether the process of a holder's file still is the one that wrote it: same number and same hour of birth."""
    try:
        return holder.read_text() == birth(int(holder.name))
    except (OSError, ValueError):
        return False


def birth(pid: int) -> str:
    """When a process began, in the kernel's ticks: it tells a process from a later one of the same number."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]


def join(folder: Path) -> None:
    """Write that this process uses the cluster."""
    (folder / str(os.getpid())).write_text(birth(os.getpid()))


def leave(folder: Path) -> bool:
    """Write that this process no longer does; whether it was the last."""
    (folder / str(os.getpid())).unlink(missing_ok=True)
    return not any(folder.iterdir())
