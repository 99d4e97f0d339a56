"""Five pages of the day send at most eight queries, and not one more when there are more rows."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.tests import factories as make

MOST = 8
# What only begins and ends a piece of work reads and writes nothing.
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def more(as_user, melati, sari, budi, dewi, wira, now):  # type: ignore[no-untyped-def]
    """Makes the house larger: people, a running batch with sessions held and open, one to fill, nominations that wait."""

    # One room: one after the other.
    hours = ({"starts_at": time(hour), "ends_at": time(hour, 45)} for hour in range(7, 20))

    def made(people: int, title: str, *, marked: bool) -> Any:
        before = now - timedelta(days=28)
        as_user(wira)
        here = [make.make_person(melati, at=before) for _number in range(people)]
        programme = make.make_programme(melati, budi, before, title=title)
        running = make.make_batch(programme, budi, before, capacity=12, **next(hours))
        make.fill(running, here, proposer=sari, board=dewi, head=wira, at=before)
        operations.start_batch(batch=running, by=budi, at=before)
        for session in queries.sessions_of(running)[: 2 if marked else 0]:
            make.mark_all(session, sari, now)
        to_fill = make.make_batch(programme, budi, before, capacity=12, **next(hours))
        make.propose(to_fill, here[:2], sari, before)
        return running, here[0]

    return made


def _sent(browser: Any, path: str, typed: dict[str, str] | None = None) -> list[str]:
    for _twice in range(2):
        with CaptureQueriesContext(connection) as told:
            answer = browser.post(path, typed) if typed else browser.get(path)
    assert answer.status_code == 200, path
    return [query["sql"] for query in told if not query["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("who", ["budi", "sari", "wira", "lestari", "nyoman"])
def test_pages_of_the_day_send_few_queries_and_always_as_many(
    request: pytest.FixtureRequest, pages_of: Any, more: Any, who: str
) -> None:
    user = request.getfixturevalue(who)
    running, person = more(3, "Tata Boga", marked=False)
    paths: dict[str, dict[str, str] | None] = {
        "/": None,
        "/warga-binaan/": None,
        f"/warga-binaan/{person.public_id}/": None,
        f"/program/angkatan/{running.public_id}/": None,
        "/program/angkatan/": None,
        "/warga-binaan/cari/": {"cari": "wayan contoh"},
    }
    browser = pages_of(user)
    with transaction.atomic():
        few = {path: _sent(browser, path, typed) for path, typed in paths.items()}
        # What the pages recorded is later than what the story goes on with.
        transaction.set_rollback(True)
    more(12, "Mebel", marked=True)
    many = {path: _sent(browser, path, typed) for path, typed in paths.items()}

    assert {path: len(sent) for path, sent in many.items() if len(sent) > MOST} == {}
    assert {path: len(sent) for path, sent in many.items()} == {path: len(sent) for path, sent in few.items()}
