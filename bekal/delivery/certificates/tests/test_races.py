"""Real threads with real commits: nothing is issued twice, no number is lost or given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from bekal.delivery.certificates import operations
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.certificates.tests.factories import enrol, make_batch, make_person
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.models import Paper, Series

Within = Callable[[User], AbstractContextManager[None]]
THREADS = 8


@pytest.fixture
def enrolments(fresh_database: str, melati: Facility, wira: User, within: Within, now: datetime) -> list[Enrolment]:
    with within(wira):
        batch = make_batch(melati, code="TB2", at=now)
        people = [make_person(melati, f"Orang {number}", at=now) for number in range(THREADS)]
        return [enrol(batch, person, by=wira, at=now) for person in people]


def at_once(tasks: list[Callable[[], Certificate]]) -> list[Certificate]:
    """Run each task in a thread of its own, all beginning together."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Certificate]) -> Certificate:
        try:
            barrier.wait()
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def issuing(enrolment: Enrolment, by: User, within: Within, now: datetime) -> Callable[[], Certificate]:
    def issue() -> Certificate:
        with within(by):
            return operations.issue(enrolment=enrolment, by=by, at=now)

    return issue


def test_one_part_in_a_batch_gets_one_certificate(
    enrolments: list[Enrolment], wira: User, within: Within, now: datetime
) -> None:
    made = at_once([issuing(enrolments[0], wira, within, now)] * THREADS)

    with within(wira):
        assert {certificate.pk for certificate in made} == {Certificate.objects.get().pk}
        assert Series.objects.get().last_number == 1


def test_eight_at_once_get_eight_numbers_in_a_row(
    enrolments: list[Enrolment], wira: User, within: Within, now: datetime
) -> None:
    at_once([issuing(enrolment, wira, within, now) for enrolment in enrolments])

    with within(wira):
        numbers = sorted(Paper.objects.values_list("sequence", flat=True))
        assert numbers == list(range(1, THREADS + 1))
        assert Series.objects.get().last_number == THREADS
