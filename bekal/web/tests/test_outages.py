"""What is an outage, and what is a fault of ours; and that the page for it asks nothing of anybody."""

import sys
from collections.abc import Callable

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from bekal.web import errors, outages
from bekal.web.outages import Outage, outage


def _caused(by: BaseException) -> OperationalError:
    wrapped = OperationalError(str(by))
    wrapped.__cause__ = by
    return wrapped


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError("connection failed"), Outage.DATABASE),
        (_caused(psycopg.OperationalError("server closed the connection unexpectedly")), Outage.DATABASE),
        (_caused(psycopg.errors.AdminShutdown("terminating connection")), Outage.DATABASE),
        (_caused(psycopg.errors.CannotConnectNow("the database system is starting up")), Outage.DATABASE),
        (InterfaceError("connection already closed"), Outage.DATABASE),
        (_caused(psycopg.errors.DiskFull("could not extend file")), Outage.DISK),
        (OSError(28, "No space left on device"), Outage.DISK),
        (_caused(psycopg.errors.DeadlockDetected("deadlock detected")), None),
        (_caused(psycopg.errors.QueryCanceled("canceling statement")), None),
        (IntegrityError("duplicate key"), None),
        (OSError(2, "No such file"), None),
        (ValueError("ours"), None),
        (None, None),
    ],
)
def test_an_outage_is_told_from_a_fault_of_ours(error: BaseException | None, expected: Outage | None) -> None:
    assert outage(error) == expected


def test_a_server_that_ended_on_a_full_disk_is_a_full_disk(settings, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    monkeypatch.setattr(outages, "is_full", lambda *, free: True)

    assert outage(psycopg.OperationalError("connection failed")) == Outage.DISK


def _commit(error: BaseException) -> None:
    """As Django's: the frame in which the database is told to keep what was done."""
    raise error


def _execute(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    ("where", "error", "expected"),
    [
        (_commit, psycopg.OperationalError("server closed the connection"), True),
        (_execute, psycopg.OperationalError("server closed the connection"), False),
        (_commit, psycopg.errors.DiskFull("could not extend file"), False),
    ],
)
def test_only_a_connection_lost_at_the_commit_leaves_it_open(
    where: Callable[[BaseException], None], error: BaseException, expected: bool
) -> None:
    try:
        where(error)
    except psycopg.Error as met:
        assert outages.is_undecided(met, met.__traceback__) is expected


def _answered(error: BaseException, where: Callable[[BaseException], None] = _execute, **fields: str) -> str:
    """The page for an error, without a database at hand."""
    factory = RequestFactory()
    request = factory.post("/warga-binaan/terima/?a=1", fields) if fields else factory.get("/warga-binaan/")
    try:
        where(error)
    except type(error):
        assert sys.exc_info()[1] is error
        answer = errors.failed(request)
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    assert ("Refresh" in answer) is not bool(fields)
    return answer.content.decode()


def _cut() -> BaseException:
    return psycopg.OperationalError("connection failed")


def test_what_was_sent_is_handed_back_as_it_was() -> None:
    page = _answered(_cut(), full_name='Ni Luh "Ayu" <b>&', csrfmiddlewaretoken="t")

    assert 'action="/warga-binaan/terima/?a=1"' in page
    assert 'name="full_name" value="Ni Luh &quot;Ayu&quot; &lt;b&gt;&amp;"' in page
    assert "belum tersimpan" in page


@pytest.mark.parametrize("secret", ["password", "new_password1", "kata_sandi", "token", "code"])
def test_a_secret_is_never_handed_back(secret: str) -> None:
    page = _answered(_cut(), full_name="Ni Luh Ayu", **{secret: "rahasia sekali"})

    assert "rahasia sekali" not in page and "<form" not in page


def test_what_may_have_been_saved_is_not_sent_twice() -> None:
    page = _answered(_cut(), where=_commit, full_name="Ni Luh Ayu")

    assert "Belum diketahui" in page and "<form" not in page


def test_a_page_that_was_only_opened_tries_again() -> None:
    page = _answered(OSError(28, "No space left on device"))

    assert "Disk penuh" in page and "<form" not in page
