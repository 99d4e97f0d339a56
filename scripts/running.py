"""The house, running: database, pages and worker under one roof. Started by ./run, in the environment.

SIGINT or SIGTERM to this process alone ends everything within thirty seconds.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from ending import ToldToEnd, end_undisturbed
from household import Household
from opening import MIGRATED, opened_house
from port import HOST, answers, check_free, port
from preparing import ROOT
from telling import say

from bekal.embedded.house import House
from bekal.embedded.refusals import Refused

PYTHON = sys.executable
OPENING_SECONDS = 60
# By these names the terminal speaks of them.
PAGES, WORKER = "Halaman", "Pekerja"


def _household(number: int) -> Household:
    pages = [
        PYTHON, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(number), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        "bekal.wsgi:application",
    ]  # fmt: skip
    commands = {PAGES: pages, WORKER: [PYTHON, "-m", "django", "work"]}
    return Household(commands, cwd=ROOT, environments={PAGES: {"BEKAL_DB_POOL": "1"}})


def _django(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, "-m", "django", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False)


def _load_demo(house: House) -> None:
    """Once a day, as the story wants a closing day that is today's; asking at each start would cost seconds."""
    data = Path(house.environment["BEKAL_DATA"])
    stamp = data / "demo-day"
    # A database made anew was migrated anew.
    today = f"{date.today()} {(data / MIGRATED).stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == today:
        return
    if code := _django("demo", "--if-empty").returncode:
        raise SystemExit(code)
    stamp.write_text(today)


def _greet(number: int, *, with_demo: bool) -> None:
    """Where the house is, and how to come in."""
    print(f"\nBekal berjalan di http://localhost:{number}  (hentikan dengan Ctrl+C)\n", flush=True)
    if with_demo:
        print(_django("demo", "--sign-ins").stdout, flush=True)
        return
    token = _django("first_run_token")
    if token.returncode == 0:
        print(f"Rumah ini masih kosong. Token sekali pakai untuk membukanya: {token.stdout.strip()}\n", flush=True)


def _keep_database_up(house: House, household: Household) -> None:
    try:
        if house.revive():
            say("Basis data berhenti sendiri dan dijalankan lagi.")
            # A worker whose connection broke no longer hears that there is work.
            household.renew(WORKER)
    except Refused as refusal:
        say(str(refusal))


def _wait_until_open(number: int) -> None:
    deadline = time.monotonic() + OPENING_SECONDS
    while time.monotonic() < deadline and not answers(number):
        time.sleep(0.1)


def main() -> None:
    number = port()
    check_free(number)
    with_demo = os.environ.get("BEKAL_DEMO") != "0"
    with opened_house() as house:
        if with_demo:
            _load_demo(house)
        household = _household(number)
        try:
            with suppress(ToldToEnd):
                household.start(PAGES)
                _wait_until_open(number)
                # Only now: on an old PC both at once would keep the first page waiting.
                household.start(WORKER)
                _greet(number, with_demo=with_demo)
                household.watch(lambda: _keep_database_up(house, household))
        finally:
            end_undisturbed()
            say("Menghentikan …")
            household.stop()


main()
