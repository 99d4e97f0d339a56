"""Bytes of strangers are read by a process of its own: a few hundred of them can keep a parser busy for ever.

Such a process is a module, started by `answer_of`, that calls `confine` first. It knows no settings, holds no connection, and
may be killed.
"""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class Stopped(Exception):
    """The process failed, or took more time or memory than it may."""


def answer_of(module: str, sent: bytes, *, patience_seconds: int) -> bytes:
    """What a module says on its standard output of what it gets on its standard input.

    It stops itself after some seconds of work; `patience_seconds` are for one that gets no work done on a busy machine.

    Raises:
        Stopped: it did not come to its end.
    """
    command = [sys.executable, "-m", module]
    try:
        done = subprocess.run(
            command, input=sent, cwd=ROOT, env={}, capture_output=True, timeout=patience_seconds, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as stopped:
        raise Stopped from stopped
    return done.stdout


def confine(*, seconds: int, memory: int) -> None:
    """From here on this process has so many seconds of work and bytes of memory, and writes no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
