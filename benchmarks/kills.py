"""Kills (-9) at random moments of pages, worker and database during a morning of twenty officers: what is lost?

Twenty officers at five facilities admit, import, mark attendance, decide hearings and close batches over HTTP against a house
started as by `./run`. Whoever gets no answer asks again. Afterwards every write that was acknowledged is looked up, half effects
and gaps in numbers are looked for, and the chain is read. The ratio is kept to acknowledged; `BEKAL_KILLS` and `BEKAL_CHANCE` (a
number) choose how often and which moments.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.morning.officers import Morning, twenty
from benchmarks.morning.reckoning import reckon, wait_for_work
from benchmarks.morning.setting import prepare
from benchmarks.morning.shooting import Shooter

NAME, GOAL = "kills", 1.0
ROOT = Path(__file__).resolve().parent.parent
# Of each facility, for each kill: enough that nobody runs out of work.
NOMINATIONS_A_KILL, CEREMONIES_A_KILL = 3, 0.25


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(data: Path) -> Iterator[tuple[int, str]]:
    """The house as an office starts it: its process and its address."""
    port = _free_port()
    with (data / "said").open("wb") as said:
        environment = {**os.environ, "BEKAL_DEMO": "0", "PORT": str(port)}
        house = subprocess.Popen([sys.executable, ROOT / "run"], env=environment, cwd=ROOT, stdout=said, stderr=said)
    try:
        _wait_until_open(f"http://localhost:{port}/")
        yield house.pid, f"http://localhost:{port}/"
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(60)


def _wait_until_open(url: str) -> None:
    for _try in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the house did not open")


def run() -> dict[str, Any]:
    """Play the morning, and say whether everything acknowledged is there."""
    from django.db import connection

    count, data = int(os.environ.get("BEKAL_KILLS", "200")), Path(os.environ["BEKAL_DATA"])
    chance = random.Random(int(os.environ.get("BEKAL_CHANCE", "17")))
    works = prepare(nominations=20 + NOMINATIONS_A_KILL * count, ceremonies=4 + int(CEREMONIES_A_KILL * count))
    connection.close()
    with _running(data) as (pid, address):
        morning = Morning(address)
        officers = twenty(morning, works)
        for officer in officers:
            officer.start()
        shooter = Shooter(pid, data, chance)
        shooter.shoot_often(count, morning)
        morning.is_over.set()
        for officer in officers:
            officer.join(930)
        is_quiet = wait_for_work()
        found = reckon(morning.kept)
        connection.close()
    faults = [*morning.faults, *found.faults, *([] if is_quiet else ["work is still waiting"])]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print((data / "said").read_text(errors="replace")[-8000:], file=sys.stderr)
    ratio = found.kept / found.acknowledged if found.acknowledged else 0.0
    died = ", ".join(f"{name} {times}" for name, times in sorted(shooter.kills.items()))
    return {
        "name": NAME,
        "ratio": round(ratio, 6),
        "goal": GOAL,
        "better": "higher",
        "holds": ratio >= GOAL and not faults and shooter.kills.total() >= count,
        "detail": f"{shooter.kills.total()} kills ({died}); {found.acknowledged} acknowledged, {found.acknowledged - found.kept}"
        f" lost, {morning.unanswered} without an answer; {len(faults)} faults",
    }
