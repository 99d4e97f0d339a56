"""Work whose database goes away: it is begun again, by a worker that begins again."""

import os
import subprocess
import sys
import time

import psycopg
import pytest
from django.db import OperationalError

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs import operations, registry
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job
from bekal.foundation.jobs.tasks import AGAIN, do


def test_work_that_lost_the_database_is_neither_failed_nor_forgotten(
    fresh_database: str, house: User, melati: Facility, now, within, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(work: object) -> None:
        raise OperationalError("the database system is shutting down")

    monkeypatch.setitem(registry.WORK, "jobs.lost", lost)
    with within(house):
        job = operations.enqueue("jobs.lost", facility=melati, by=house, at=now)

    with pytest.raises(OperationalError) as raised:
        do(job=job.pk, user=house.pk, posting=None)

    with within(house):
        assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
    assert AGAIN.get_retry_decision(exception=raised.value, job=_Queued()) is not None


class _Queued:
    """What the queue knows of a job that was tried once."""

    attempts = 1


def test_a_worker_that_lost_its_connection_ends_and_says_so(fresh_database: str) -> None:
    environment = {**os.environ, "BEKAL_DB_NAME": fresh_database}
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "work"], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        with _owner(fresh_database) as owner:
            _until_at_work(owner, fresh_database)
            # Once may be too early: what it opens afterwards is whole.
            for _second in range(20):
                if worker.poll() is None:
                    owner.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                        " where datname = %s and pid <> pg_backend_pid()",
                        [fresh_database],
                    )
                    time.sleep(1)
        _out, said = worker.communicate(timeout=10)
    finally:
        worker.kill()
        worker.wait()

    assert worker.returncode == 1
    assert "lost the database" in said


def _owner(database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ["BEKAL_DB_HOST"],
        port=os.environ["BEKAL_DB_PORT"],
        dbname=database,
        user=os.environ["BEKAL_DB_OWNER"],
        password=os.environ["BEKAL_DB_OWNER_PASSWORD"],
        autocommit=True,
    )


def _until_at_work(owner: psycopg.Connection, database: str) -> None:
    """A worker at rest holds three connections: one to ask, one to listen, one to notice that it breaks."""
    deadline = time.monotonic() + 30
    asked = "select count(*) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
    while owner.execute(asked, [database]).fetchone()[0] < 3:  # type: ignore[index]
        assert time.monotonic() < deadline, "the worker did not begin"
        time.sleep(0.1)
