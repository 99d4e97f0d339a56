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

from door import Door
from ending import ToldToEnd, end_undisturbed
from household import Household
from nights import Nights
from opening import MIGRATED, opened_house
from passphrase import have_recovery
from port import answers, check_free, port, where
from preparing import ROOT
from telling import say

from bekal.embedded.house import House
from bekal.embedded.refusals import Refused

PYTHON = sys.executable
OPENING_SECONDS = 60
CERTIFICATE_LOOKED_AT_SECONDS = 6 * 60 * 60
# By these names the terminal speaks of them.
PAGES, WORKER = "Halaman", "Pekerja"


def _household(door: Door) -> Household:
    pages = [
        PYTHON, "-m", "granian", "--interface", "wsgi", *door.arguments(), "--workers", "2", "--blocking-threads", "4",
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers", "bekal.wsgi:application",
    ]  # fmt: skip
    commands = {PAGES: pages, WORKER: [PYTHON, "-m", "django", "work"]}
    return Household(commands, cwd=ROOT, environments={PAGES: {"BEKAL_DB_POOL": "1"}})


def _django(*arguments: str, stderr: int | None = None) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, "-m", "django", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=stderr, check=False)


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


def _loads_demo(*, is_open: bool) -> bool:
    """Whether this is a house to look at. Never on the office's network: everybody knows the demo's password."""
    if is_open and os.environ.get("BEKAL_DEMO") == "1":
        say("Rumah contoh tidak dimuat: rumah ini terbuka untuk jaringan kantor, dan kata sandi contoh diketahui umum.")
    return not is_open and os.environ.get("BEKAL_DEMO") != "0"


def _refuse_demo_on_network() -> None:
    if code := _django("check_no_demo").returncode:
        raise SystemExit(code)


def _greet(door: Door, *, with_demo: bool) -> None:
    """Where the house is, and how to come in."""
    print(f"\n{door.greeting()}\n", flush=True)
    if with_demo:
        print(_django("demo", "--sign-ins").stdout, flush=True)
        return
    # A house that was opened has none, and nothing is to be said of it.
    token = _django("first_run_token", stderr=subprocess.DEVNULL)
    if token.returncode == 0:
        print(f"Rumah ini masih kosong. Token sekali pakai untuk membukanya: {token.stdout.strip()}\n", flush=True)


def _keep_database_up(house: House) -> None:
    try:
        if house.revive():
            say("Basis data berhenti sendiri dan dijalankan lagi.")
    except Refused as refusal:
        say(str(refusal))


def _keep_certificate_fresh(door: Door, household: Household) -> None:
    try:
        if door.is_worn_out():
            # Another certificate may lie in other files and stand for other names.
            os.environ.update(door.environment())
            household.commands.update(_household(door).commands)
            say(f"Sertifikat diganti. Sidik jari SHA-256: {door.fingerprint}")
            household.renew(PAGES)
    except Refused as refusal:
        say(str(refusal))


class _Rounds:
    """What is looked after about once a second while the house runs."""

    def __init__(self, house: House, household: Household, door: Door) -> None:
        self.house, self.household, self.door = house, household, door
        self.certificate_looked_at = time.monotonic()
        self.nights = Nights(Path(house.environment["BEKAL_DATA"]))

    def go(self) -> None:
        _keep_database_up(self.house)
        self.nights.look()
        if time.monotonic() - self.certificate_looked_at > CERTIFICATE_LOOKED_AT_SECONDS:
            self.certificate_looked_at = time.monotonic()
            _keep_certificate_fresh(self.door, self.household)


def _wait_until_open(number: int, address: str) -> None:
    deadline = time.monotonic() + OPENING_SECONDS
    while time.monotonic() < deadline and not answers(number, address):
        time.sleep(0.1)


def main() -> None:
    number, at = port(), where()
    check_free(number, at.address)
    with_demo = _loads_demo(is_open=at.is_open)
    with opened_house() as house:
        if at.is_open:
            _refuse_demo_on_network()
        if with_demo:
            _load_demo(house)
        door = Door(at, number, Path(house.environment["BEKAL_DATA"]))
        os.environ.update(door.environment())
        household = _household(door)
        rounds = _Rounds(house, household, door)
        try:
            with suppress(ToldToEnd):
                household.start(PAGES)
                _wait_until_open(number, at.reached_at)
                # Only now: on an old PC both at once would keep the first page waiting.
                household.start(WORKER)
                _greet(door, with_demo=with_demo)
                have_recovery(Path(house.environment["BEKAL_DATA"]))
                household.watch(rounds.go)
        finally:
            end_undisturbed()
            say("Menghentikan …")
            rounds.nights.stop()
            household.stop()


main()
