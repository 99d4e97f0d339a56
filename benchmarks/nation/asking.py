"""Asking pages as officers' browsers do, and counting what they cost."""

import http.client
import statistics
import time
from contextlib import closing
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekal.foundation.accounts.models import User

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
CSRF = "k" * 32


def signed_in(username: str) -> str:
    """The cookie of a fresh session: what the sign-in page gives after the password."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    with transaction.atomic():
        session.create()
    return str(session.session_key)


class Asker:
    """One browser with one connection to the house."""

    def __init__(self, port: int, session: str) -> None:
        self.server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, path: str, typed: str | None = None) -> float:
        """Seconds until the whole answer was here.

        Raises:
            AssertionError: the answer is no page.
        """
        begun = time.perf_counter()
        self.server.request("POST" if typed else "GET", path, typed, self.headers)
        answer = self.server.getresponse()
        content = answer.read()
        taken = time.perf_counter() - begun
        assert answer.status == 200, (path, answer.status, content[:300])
        return taken

    def close(self) -> None:
        self.server.close()


def rounds(port: int, session: str, ours: list[Any], floor: list[Any], *, times: int) -> tuple[float, float]:
    """Requests a second, ours and the floor's, asked in turn over the same addresses; the median of all answers."""
    own: list[float] = []
    plain: list[float] = []
    with closing(Asker(port, session)) as asker:
        for number in range(times):
            for found, asked in ((own, ours), (plain, floor)):
                found.append(asker.ask(*asked[number % len(asked)]))
    # The first answers fill caches.
    return 1 / statistics.median(own[4:]), 1 / statistics.median(plain[4:])


def p95(seconds: list[float]) -> float:
    """The time that nineteen of twenty answers stay below."""
    return statistics.quantiles(seconds, n=20)[-1]


def queries_of(session: str, path: str, typed: str | None = None) -> list[str]:
    """The statements that one page sends, without those that only begin and end."""
    browser = Client(headers={"host": "localhost"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    for last in (False, True):
        with CaptureQueriesContext(connection) as told:
            if typed:
                answer = browser.post(path, typed, content_type="application/x-www-form-urlencoded", follow=last)
            else:
                answer = browser.get(path)
        assert answer.status_code in (200, 302), (path, answer.status_code)
    return [query["sql"] for query in told if not query["sql"].lstrip().upper().startswith(CONTROL)]
