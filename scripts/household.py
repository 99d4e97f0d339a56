"""The processes of a running house: started, started again when they die, ended together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ending import end_group
from telling import Stopped, say

# Together with the ten seconds of the database this stays below thirty.
GRACE_SECONDS = 15
# Whoever dies this often within so short a life has a fault that starting again does not mend.
SHORT_LIFE_SECONDS, MOST_SHORT_LIVES = 5, 5
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """If we are killed without a chance to end the others, the kernel tells them (Linux, prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Household:
    """Processes by name, each with the words by which the terminal speaks of it."""

    def __init__(self, commands: dict[str, list[str]], *, cwd: Path, environments: dict[str, dict[str, str]]) -> None:
        self.commands = commands
        self.cwd = cwd
        self.environments = environments
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}
        self._short_lives: dict[str, int] = {}

    def start(self, name: str) -> None:
        """Start one of them."""
        self._started[name] = time.monotonic()
        # A session of its own: Ctrl+C on the terminal reaches us, and we tell the others in order.
        self.processes[name] = subprocess.Popen(
            self.commands[name],
            cwd=self.cwd,
            env={**os.environ, **self.environments.get(name, {})},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def watch(self, beside: Callable[[], None]) -> None:
        """Until a signal unwinds us: whatever dies is started again; `beside` is called about once a second.

        Raises:
            Stopped: one of them dies again and again.
        """
        while True:
            beside()
            for _fifth in range(5):
                for name in self.processes:
                    self._look_after(name)
                time.sleep(0.2)

    def _look_after(self, name: str) -> None:
        if self.processes[name].poll() is None:
            return
        # Its own children may still hold the port or a piece of work.
        end_group(self.processes[name])
        is_short = time.monotonic() - self._started[name] < SHORT_LIFE_SECONDS
        self._short_lives[name] = self._short_lives.get(name, 0) + 1 if is_short else 0
        if self._short_lives[name] >= MOST_SHORT_LIVES:
            raise Stopped(f"{name} berulang kali berhenti begitu dijalankan. Penyebabnya tertulis di atas.")
        say(f"{name} berhenti sendiri dan dijalankan lagi.")
        time.sleep(0.5)
        self.start(name)

    def renew(self, name: str) -> None:
        """End one of them; the watch starts it again."""
        self.processes[name].terminate()

    def stop(self) -> None:
        """Ask each to end, wait, and end by force what does not."""
        for process in self.processes.values():
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            end_group(process)
            process.wait()
