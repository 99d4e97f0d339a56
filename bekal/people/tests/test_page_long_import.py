"""A list too long to wait for: its progress moves, it may be called off, and a killed worker loses and doubles nobody."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.jobs import work
from bekal.foundation.jobs.models import Job
from bekal.foundation.jobs.tasks import do
from bekal.foundation.jobs.work import Work
from bekal.people import incoming
from bekal.people.models import Custody, RosterImport
from bekal.people.operations import large, writing
from bekal.people.tests.test_page_import import READ_ON, PagesOf, choose

Within = Callable[[User], AbstractContextManager[None]]


def many(count: int) -> bytes:
    rows = (f"I Wayan Contoh,B.I {number}/2026,510201010190{number:04d}" for number in range(1, count + 1))
    return "\n".join(["Nama,No. Reg,NIK", *rows]).encode()


class Desk:
    """Lestari before a list that is read and saved in the background, with real commits, and a worker who does it."""

    def __init__(self, client: Client, lestari: User, within: Within) -> None:
        self.client, self.lestari, self.within = client, lestari, within

    def choose(self, data: bytes) -> str:
        self.there = choose(self.client, data)
        return self.there

    def press(self, button: str, **fields: str) -> None:
        assert self.client.post(f"{self.there}{button}/", fields).status_code == 302

    def read(self, question: Callable[[], Any]) -> Any:
        with self.within(self.lestari):
            return question()

    @property
    def job(self) -> Job:
        return self.read(lambda: Job.objects.latest("pk"))

    @property
    def state(self) -> str:
        return self.read(lambda: RosterImport.objects.get().state)

    def people(self) -> int:
        return self.read(Custody.objects.count)

    def work(self) -> None:
        """What the worker does with the latest job."""
        job = self.job
        posting = self.lestari.posting
        do(job=job.pk, user=self.lestari.pk, posting=posting.pk if posting else None)


@pytest.fixture
def desk_of_lestari(
    fresh_database: str, lestari: User, pages_of: PagesOf, within: Within, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.setattr(large, "BYTES_AT_ONCE", 10)
    monkeypatch.setattr(large, "ROWS_AT_ONCE", 0)
    monkeypatch.setattr(writing, "ROWS_AT_ONCE", 10)
    monkeypatch.setattr(work, "SHOWN_EVERY_SECONDS", 0)
    return Desk(pages_of(lestari), lestari, within)


def test_the_progress_of_a_long_saving_moves_before_anybody_is_saved(
    desk_of_lestari: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, seen, show = desk_of_lestari, [], Work.show

    def look(work: Work, done: int, total: int) -> None:
        show(work, done, total)
        if done % 10 == 0:
            with ThreadPoolExecutor(1) as other:
                seen.append(other.submit(_as_another_sees_it, desk).result())

    monkeypatch.setattr(Work, "show", look)
    desk.choose(many(40))
    desk.work()
    reading, seen[:] = list(seen), []
    desk.press("simpan", **READ_ON)
    desk.work()

    assert [done for done, *_rest in seen] == sorted(done for done, *_rest in seen)
    assert {done for done, *_rest in seen} == {0, 10, 20, 30, 40}
    assert {(total, people) for _done, total, people in seen} == {(40, 0)}
    assert len({done for done, *_rest in reading}) > 2
    assert (desk.people(), desk.state, desk.job.state) == (40, "committed", "done")


def _as_another_sees_it(desk: Desk) -> tuple[int, int, int]:
    try:
        job = desk.job
        return job.done, job.total, desk.people()
    finally:
        connections.close_all()


def test_a_saving_that_is_called_off_changes_nobody_and_may_be_asked_for_again(
    desk_of_lestari: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, show = desk_of_lestari, Work.show
    desk.choose(many(40))
    desk.work()

    def call_off_in_the_middle(work: Work, done: int, total: int) -> None:
        if done == 30:
            with ThreadPoolExecutor(1) as other:
                other.submit(_press_call_off, desk).result()
        show(work, done, total)

    desk.press("simpan", **READ_ON)
    with monkeypatch.context() as patched:
        patched.setattr(Work, "show", call_off_in_the_middle)
        desk.work()

    assert (desk.people(), desk.state, desk.job.state) == (0, "ready", "stopped")
    assert "Penyimpanan dihentikan" in desk.client.get(desk.there).content.decode()
    desk.press("simpan", **READ_ON)
    desk.work()
    assert (desk.people(), desk.state, desk.job.state) == (40, "committed", "done")


def _press_call_off(desk: Desk) -> None:
    try:
        desk.press("hentikan")
    finally:
        connections.close_all()


def test_a_reading_that_is_called_off_leaves_no_file_behind(desk_of_lestari: Desk) -> None:
    desk = desk_of_lestari
    desk.choose(many(40))
    desk.press("hentikan")
    desk.press("hentikan")

    desk.work()

    assert (desk.state, desk.job.state) == ("cancelled", "stopped")
    with pytest.raises(RuleBroken):
        desk.read(lambda: incoming.fetch(RosterImport.objects.get()))
    assert "Pembacaan dihentikan" in desk.client.get(desk.there).content.decode()


def test_calling_off_too_late_changes_nothing(desk_of_lestari: Desk) -> None:
    desk = desk_of_lestari
    desk.choose(many(40))
    desk.work()
    desk.press("simpan", **READ_ON)
    desk.work()

    desk.press("hentikan")

    assert (desk.people(), desk.state, desk.job.state) == (40, "committed", "done")


def test_a_saving_whose_worker_was_killed_is_begun_again_and_doubles_nobody(
    desk_of_lestari: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of_lestari
    desk.choose(many(40))
    desk.work()
    desk.press("simpan", **READ_ON)
    ended = _a_worker_killed_in_the_middle(desk)

    assert ended == -signal.SIGKILL
    assert (desk.people(), desk.state, desk.job.state) == (0, "ready", "running")
    desk.work()

    assert (desk.people(), desk.state, desk.job.state) == (40, "committed", "done")


def _a_worker_killed_in_the_middle(desk: Desk) -> int:
    """Another process does the job and is killed (-9) when half of the rows are written. How it ended."""
    job, posting = desk.job, desk.lestari.posting
    assert posting is not None
    script = (
        "import os, signal, django; django.setup()\n"
        "from bekal.foundation.jobs import registry; registry.find_work()\n"
        "from bekal.foundation.jobs.tasks import do\n"
        "from bekal.foundation.jobs.work import Work\n"
        "from bekal.people.operations import writing; writing.ROWS_AT_ONCE = 10\n"
        "Work.show = lambda work, done, total: done == 30 and os.kill(os.getpid(), signal.SIGKILL)\n"
        f"do(job={job.pk}, user={desk.lestari.pk}, posting={posting.pk})\n"
    )
    environment = {**os.environ, "BEKAL_DATA": str(settings.DATA), "DJANGO_SETTINGS_MODULE": "bekal.settings"}
    return subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode
