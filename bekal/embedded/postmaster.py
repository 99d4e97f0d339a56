"""The server that works on a data folder now, told from one that died there."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Postmaster:
    """A living server: its process, the folder of its socket once it has one, whether it takes connections."""

    pid: int
    socket: Path | None
    is_ready: bool


def living(data: Path) -> Postmaster | None:
    """The server that works on `data`, whoever started it; None where `postmaster.pid` was left behind by a dead one."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    if not _works_on(pid, data):
        return None
    # Line 5 names the folder of the socket, line 8 the state (PostgreSQL: src/include/utils/pidfile.h).
    said = [line.strip() for line in lines] + [""] * 8
    return Postmaster(pid, Path(said[4]) if said[4] else None, said[7] == "ready")


def _works_on(pid: int, data: Path) -> bool:
    """Whether that process is a server on `data`: not a later process of the same number, nor one that only waits to be reaped."""
    process = Path(f"/proc/{pid}")
    try:
        if process.joinpath("stat").read_text().rpartition(")")[2].split()[0] in "ZX":
            return False
        try:
            return process.joinpath("cwd").readlink() == data.resolve()
        except PermissionError:
            # In a container root may not look into other users' processes; their command lines are open to all.
            return b"postgres" in process.joinpath("cmdline").read_bytes()
    except OSError:
        return False


def forget(data: Path, socket: Path) -> None:
    """Let a new server start where one died.

    PostgreSQL takes the number in `postmaster.pid` for a living server also if the process is unreaped or another one by now.
    The number of the new server's parent it takes for a mark left behind, and still checks that nobody uses the old memory.
    """
    mark = data / "postmaster.pid"
    if mark.exists():
        _, _, rest = mark.read_text().partition("\n")
        mark.write_text(f"{os.getpid()}\n{rest}")
    for path in socket.glob(".s.PGSQL.*"):
        path.unlink(missing_ok=True)
