"""The house, running: pages and worker under one roof, started again when they die, stopped together.

Started by ./run, in the environment. SIGINT or SIGTERM to this process alone ends everything within thirty seconds.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from opening import opened_house
from preparing import ROOT, say

HOST = "127.0.0.1"
GRACE_SECONDS = 20
PYTHON = sys.executable
GRANIAN = str(Path(PYTHON).with_name("granian"))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            say(f"Pintu {port} sudah dipakai program lain. Pilih yang lain, misalnya: PORT={port + 1} ./run")
            raise SystemExit(1) from None


def _django(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, "-m", "django", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False
    )


class Household:
    """The processes of the house."""

    def __init__(self, port: int) -> None:
        self.commands = {
            "pages": [
                GRANIAN, "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2",
                "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
                "bekal.wsgi:application",
            ],
            "worker": [PYTHON, "-m", "django", "work"],
        }  # fmt: skip
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.is_ending = False

    def start(self, name: str) -> None:
        environment = {**os.environ, "BEKAL_DB_POOL": "1"} if name == "pages" else dict(os.environ)
        # A session of its own: Ctrl+C on the terminal reaches us, and we tell the others in order.
        self.processes[name] = subprocess.Popen(
            self.commands[name], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def end(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        self.is_ending = True

    def watch(self) -> None:
        """Until told to end: whatever dies is started again."""
        while not self.is_ending:
            for name, process in list(self.processes.items()):
                if process.poll() is not None:
                    say(f"{'Halaman' if name == 'pages' else 'Pekerja'} berhenti sendiri dan dijalankan lagi.")
                    time.sleep(0.5)
                    self.start(name)
            time.sleep(0.2)

    def stop(self) -> None:
        """Ask each to end, wait, and end by force what does not."""
        for process in self.processes.values():
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _greet(port: int) -> None:
    """Where the house is, and how to come in."""
    with_demo = os.environ.get("BEKAL_DEMO") != "0"
    print(f"\nBekal berjalan di http://localhost:{port}  (hentikan dengan Ctrl+C)\n", flush=True)
    if with_demo:
        print(_django("demo", "--sign-ins").stdout, flush=True)
        return
    token = _django("first_run_token")
    if token.returncode == 0:
        print(f"Rumah ini masih kosong. Token sekali pakai untuk membukanya: {token.stdout.strip()}\n", flush=True)


def _wait_until_open(port: int, household: Household) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not household.is_ending:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)


def main() -> None:
    port = int(os.environ.get("PORT", "8000"))
    _check_port(port)
    household = Household(port)
    signal.signal(signal.SIGINT, household.end)
    signal.signal(signal.SIGTERM, household.end)
    with opened_house():
        if os.environ.get("BEKAL_DEMO") != "0" and not household.is_ending:
            loaded = _django("demo", "--if-empty")
            if loaded.returncode:
                raise SystemExit(loaded.returncode)
        for name in household.commands:
            household.start(name)
        try:
            _wait_until_open(port, household)
            if not household.is_ending:
                _greet(port)
            household.watch()
        finally:
            say("Menghentikan …")
            household.stop()


main()
