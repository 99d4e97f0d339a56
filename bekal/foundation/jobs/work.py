"""Doing a piece of long work: in the scope of whoever asked, in steps that commit with their own progress."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import connections
from django.db.models import F
from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.core.scope import entered
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job

Read = TypeVar("Read")

SHOWN_EVERY_SECONDS = 0.5


class CalledOff(Exception):
    """Whoever may has asked that the work end: the step in hand is undone."""


class Work:
    """A job in hand. May be killed at any point and is then begun again: a step finds out whether it was done."""

    def __init__(self, job: Job, by: User) -> None:
        self.job, self.by = job, by
        self.scope = scope_of(by)
        self._shown_at = float("-inf")

    def read(self, question: Callable[[], Read]) -> Read:
        """Ask something in one short transaction. The answer must be whole: a list, not a query."""
        with entered(self.scope):
            return question()

    @contextmanager
    def step(self, *, counts: int = 1) -> Iterator[datetime]:
        """One transaction in the scope; gives the instant, and counts the progress on with its commit.

        Raises:
            CalledOff: somebody asked for that before the step began, or before it was to be kept; nothing of it is.
        """
        with entered(self.scope):
            self._check_not_called_off()
            yield timezone.now()
            # The count takes hold of the job: who calls it off now comes after the step.
            Job.objects.filter(pk=self.job.pk).update(done=F("done") + counts)
            self._check_not_called_off()

    def _check_not_called_off(self) -> None:
        if Job.objects.filter(pk=self.job.pk, state=JobState.STOPPING).exists():
            raise CalledOff

    def show(self, done: int, total: int) -> None:
        """Show from within a long step how far it is, at most twice a second, whatever becomes of the step.

        Raises:
            CalledOff: somebody asked for that meanwhile.
        """
        if time.monotonic() < self._shown_at + SHOWN_EVERY_SECONDS:
            return
        # A connection of its own, since what the step writes is seen by nobody before it is whole.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(self._show, done, total).result()
        self._shown_at = time.monotonic()

    def _show(self, done: int, total: int) -> None:
        try:
            self.plan(done=done, total=total)
            self.read(self._check_not_called_off)
        finally:
            connections.close_all()

    def plan(self, *, done: int, total: int) -> None:
        """Say how much there is to do and how much of it was done before."""
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(done=done, total=total)

    def tell(self, message: str) -> None:
        """Say something on the page beside the progress."""
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(message=message[:300])

    def begin(self) -> None:
        """The worker has taken the job up. One that was called off stays so: its next step finds that out."""
        with entered(self.scope):
            mine = Job.objects.filter(pk=self.job.pk).exclude(state=JobState.STOPPING)
            mine.update(state=JobState.RUNNING, started_at=timezone.now())

    def end(self, state: JobState, message: str | None = None) -> None:
        """The job is over, one way or the other."""
        told = {} if message is None else {"message": message[:300]}
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(state=state, finished_at=timezone.now(), **told)
