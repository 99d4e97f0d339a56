"""Doing a piece of long work: in the scope of whoever asked, in steps that commit with their own progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db.models import F
from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.core.scope import entered
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job

Read = TypeVar("Read")


class Work:
    """A job in hand. May be killed at any point and is then begun again: a step finds out whether it was done."""

    def __init__(self, job: Job, by: User) -> None:
        self.job, self.by = job, by
        self.scope = scope_of(by)

    def read(self, question: Callable[[], Read]) -> Read:
        """Ask something in one short transaction. The answer must be whole: a list, not a query."""
        with entered(self.scope):
            return question()

    @contextmanager
    def step(self, *, counts: int = 1) -> Iterator[datetime]:
        """One transaction in the scope; gives the instant, and counts the progress on with its commit."""
        with entered(self.scope):
            yield timezone.now()
            Job.objects.filter(pk=self.job.pk).update(done=F("done") + counts)

    def plan(self, *, done: int, total: int) -> None:
        """Say how much there is to do and how much of it was done before."""
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(done=done, total=total)

    def tell(self, message: str) -> None:
        """Say something on the page beside the progress."""
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(message=message[:300])

    def _move(self, state: JobState, **changes: object) -> None:
        with entered(self.scope):
            Job.objects.filter(pk=self.job.pk).update(state=state, **changes)

    def begin(self) -> None:
        """The worker has taken the job up."""
        self._move(JobState.RUNNING, started_at=timezone.now())

    def end(self, state: JobState, message: str | None = None) -> None:
        """The job is over, one way or the other."""
        told = {} if message is None else {"message": message[:300]}
        self._move(state, finished_at=timezone.now(), **told)
