"""What the person at the terminal is told, in Indonesian; on standard error, since standard output may be JSON."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(SystemExit):
    """We cannot go on; the sentence says what is missing and what to type."""

    def __init__(self, sentence: str) -> None:
        say(sentence)
        super().__init__(1)


def say(sentence: str) -> None:
    """One line for the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    say(f"{what} …")
    begun = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - begun:.0f} dtk")
