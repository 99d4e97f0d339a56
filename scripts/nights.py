"""The nightly backup of a running house: looked at now and then, made by a process of its own."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from ending import end_group
from household import die_with_parent
from preparing import ROOT
from telling import say

from bekal.foundation.keeping import diary
from bekal.foundation.keeping.nightly import is_due

# Who comes in the morning first wants a page; then a night that was missed is made up for.
FIRST_LOOK_SECONDS, LOOK_SECONDS = 90, 30


class Nights:
    """Starts the backup when it is due; one at a time."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process: subprocess.Popen[bytes] | None = None
        self._next_look = time.monotonic() + FIRST_LOOK_SECONDS

    def look(self) -> None:
        """Called about once a second; nearly always does nothing."""
        if self.process is not None and self.process.poll() is not None:
            if self.process.returncode == 0:
                say("Cadangan malam selesai.")
            self.process = None
        if self.process is not None or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_SECONDS
        if is_due(datetime.now().astimezone(), diary.read(self.data)):
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bekal.foundation.keeping.nightly"],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def stop(self) -> None:
        """End a backup under way: what is not whole is no backup, and the next start makes up for it."""
        if self.process is not None:
            end_group(self.process)
            self.process.wait()
