"""Kills (-9) at random moments: a process of the pages, the worker, a backend of the database, the database itself."""

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from benchmarks.morning.officers import Morning

# Whoever dies again and again as soon as it began is given up, by design: it is left alone for as long.
ALONE_SECONDS = 6.0
RETURN_SECONDS = 90
# So that of twenty officers not always the same few get through.
DEEDS_BETWEEN = 5


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _age(pid: int) -> float:
    """Seconds since a process began (proc(5): field 22, in clock ticks since boot)."""
    try:
        began = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, IndexError):
        return 0.0
    return float(Path("/proc/uptime").read_text().split()[0]) - began / os.sysconf("SC_CLK_TCK")


class Shooter:
    """Kills parts of one running house."""

    def __init__(self, house: int, data: Path, chance: random.Random) -> None:
        self.house, self.data, self.chance = house, data, chance
        self.kills: Counter[str] = Counter()

    def _targets(self) -> dict[str, list[int]]:
        pages = [pid for pid in _children(self.house) if "granian" in _command(pid)]
        worker = [pid for pid in _children(self.house) if "django work" in _command(pid)]
        try:
            postmaster = int((self.data / "pg18" / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            postmaster = 0
        found = {
            "pages": pages,
            "a process of the pages": [child for pid in pages for child in _children(pid)],
            "worker": worker,
            "database": [postmaster] if postmaster else [],
            "a connection": [pid for pid in _children(postmaster) if "bekal_app" in _command(pid)],
        }
        return {
            name: grown for name, pids in found.items() if (grown := [pid for pid in pids if self._may_die(name, pid)])
        }

    def _may_die(self, name: str, pid: int) -> bool:
        return name == "a connection" or _age(pid) > ALONE_SECONDS

    def shoot(self) -> None:
        """Kill one of them, by chance."""
        targets = self._targets()
        if targets:
            name = self.chance.choice(sorted(targets))
            os.kill(self.chance.choice(targets[name]), signal.SIGKILL)
            self.kills[name] += 1

    def shoot_often(self, count: int, morning: Morning) -> None:
        """Kill so often, each time as soon as the officers work again, at a moment of chance."""
        while self.kills.total() < count and not morning.is_over.is_set():
            self._wait_for_work(morning)
            time.sleep(self.chance.uniform(0, 0.7))
            self.shoot()

    def _wait_for_work(self, morning: Morning) -> None:
        """Until some more deeds are done."""
        before, deadline = len(morning.kept), time.monotonic() + RETURN_SECONDS
        while len(morning.kept) < before + DEEDS_BETWEEN and not morning.is_over.is_set():
            if time.monotonic() > deadline:
                morning.say(f"the house did not return in {RETURN_SECONDS} seconds after {dict(self.kills)}")
            time.sleep(0.05)
