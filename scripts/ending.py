"""How a command ends when it is told to: what it holds is put away, and nothing it started stays behind."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM)


class ToldToEnd(SystemExit):
    """SIGINT or SIGTERM came."""


def _end(number: int, _frame: FrameType | None) -> None:
    raise ToldToEnd(128 + number)


def end_tidily() -> None:
    """From now on SIGINT and SIGTERM unwind this process, through every `finally`, and print no trace."""
    for number in ENDINGS:
        signal.signal(number, _end)


def end_undisturbed() -> None:
    """From now on SIGINT and SIGTERM are not heard: we are ending already."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def end_group(process: subprocess.Popen[str] | subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    """Signal whatever is left of a process that leads a group, and those it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def run_whole(command: list[str], *, cwd: Path, env: dict[str, str]) -> tuple[int, str]:
    """Run a program; its exit code and what it said. If we are ended, it and all it started end too."""
    with subprocess.Popen(
        command, cwd=cwd, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as process:
        try:
            said, _ = process.communicate()
        except BaseException:
            end_group(process)
            raise
    return process.returncode, said.strip()
