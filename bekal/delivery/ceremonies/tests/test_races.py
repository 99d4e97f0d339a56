"""Two officers at once, and a worker that is killed: the day holds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.models import Ceremony, HandOver
from bekal.delivery.ceremonies.tests.factories import make_ceremony, make_running_batch
from bekal.delivery.certificates.models import Certificate
from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import Changed
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job
from bekal.foundation.papers.models import Paper, PaperFile

Within = Callable[[User], AbstractContextManager[None]]


@pytest.fixture
def now() -> datetime:
    """The hour that it is: the worker is another process and has no other."""
    return timezone.now()


@pytest.fixture
def ceremony(fresh_database: str, melati: Facility, wira: User, within: Within, now: datetime) -> Ceremony:
    with within(wira):
        batches = [make_running_batch(melati, code=code, by=wira, at=now, people=6) for code in ("TB2", "LD1", "TB3")]
        return make_ceremony(melati, batches, by=wira, at=now)


def test_two_officers_close_the_same_ceremony_and_one_is_told(
    ceremony: Ceremony, wira: User, budi: User, within: Within, now: datetime
) -> None:
    barrier = Barrier(2)

    def close(officer: User) -> str:
        try:
            barrier.wait()
            with within(officer):
                operations.close_batches(ceremony=ceremony, by=officer, at=now)
            return "closed"
        except Changed as told:
            return told.message
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(close, (wira, budi)), key=len)

    assert answers[0] == "closed"
    with within(wira):
        ceremony.refresh_from_db()
        assert ceremony.closed_by.name in answers[1]
        assert Job.objects.count() == 1


def worker() -> subprocess.Popen[bytes]:
    """A worker of its own process on this test's database, with this test's keys."""
    environment = {**os.environ, "BEKAL_DATA": str(settings.DATA), "DJANGO_SETTINGS_MODULE": "bekal.settings"}
    command = [sys.executable, "-m", "django", "work"]
    with (Path(settings.DATA).parent / "worker.log").open("ab") as log:
        return subprocess.Popen(
            command, env=environment, cwd=settings.ROOT, stdout=log, stderr=log, start_new_session=True
        )


def wait_until(is_true: Callable[[], bool], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, (Path(settings.DATA).parent / "worker.log").read_text()[-2000:]
        time.sleep(0.02)


def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_next_one_goes_on(
    ceremony: Ceremony, wira: User, within: Within, now: datetime
) -> None:
    with within(wira):
        operations.close_batches(ceremony=ceremony, by=wira, at=now)

    def issued() -> int:
        with within(wira):
            return Certificate.objects.count()

    first = worker()
    try:
        wait_until(lambda: issued() >= 4, seconds=30)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    with within(wira):
        when_killed = Certificate.objects.count()
        assert 4 <= when_killed < 18
        assert when_killed == HandOver.objects.count() == PaperFile.objects.count() == Paper.objects.count()

    second = worker()

    def is_done() -> bool:
        with within(wira):
            return Job.objects.get().state == JobState.DONE

    try:
        wait_until(is_done, seconds=60)
    finally:
        os.killpg(second.pid, signal.SIGTERM)
        second.wait()

    with within(wira):
        ceremony.refresh_from_db()
        job = Job.objects.get()
        assert ceremony.status == CeremonyStatus.UNDER_WAY
        assert sorted(Paper.objects.values_list("sequence", flat=True)) == list(range(1, 19))
        assert Certificate.objects.values("enrolment").distinct().count() == Certificate.objects.count() == 18
        assert [row.position for row in queries.hand_overs_of(ceremony)] == list(range(1, 19))
        assert (job.done, job.total) == (18, 18)
