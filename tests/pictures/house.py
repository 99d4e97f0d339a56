"""The demo house of one fixed day, served from this process, so that a picture is the same whenever it is taken."""

import random
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.management import call_command
from django.db import connections

# Wednesday 9 December 2026, 8.15 in Amerta (WITA): the morning of the closing.
MORNING = datetime(2026, 12, 9, 0, 15, tzinfo=UTC)


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


class Clock:
    """The clock of the fixed day: each look at it is a tenth of a second later, so that nothing happens before its cause."""

    def __init__(self) -> None:
        self.now = MORNING
        self.lock = threading.Lock()

    def __call__(self) -> datetime:
        with self.lock:
            self.now += timedelta(milliseconds=100)
            return self.now


@contextmanager
def fixed() -> Iterator[None]:
    """Time and chance as they are on every other day when pictures are taken."""
    chance = random.Random(7)
    with ExitStack() as held:
        held.enter_context(patch("django.utils.timezone.now", Clock()))
        held.enter_context(patch("secrets.choice", chance.choice))
        held.enter_context(patch("uuid.uuid4", lambda: uuid.UUID(int=chance.getrandbits(128), version=4)))
        yield


def in_a_thread(*command: str, **options: object) -> None:
    """Run a command beside the browser, whose loop holds this thread."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            call_command(*command, **options)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


@contextmanager
def served() -> Iterator[str]:
    """The house, and its address."""
    from bekal.wsgi import application

    with make_server("127.0.0.1", 0, application, _Threads, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()


ROOT = Path(__file__).resolve().parents[2]
