"""The one task of the queue: take a job up, do its work, say how it ended."""

import logging

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import Scope, entered
from bekal.foundation.jobs import registry
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job
from bekal.foundation.jobs.work import CalledOff, Work

log = logging.getLogger("bekal.jobs")


def actor(user: int, posting: int | None) -> User:
    """The person who asked, with the hat they wore."""
    with entered(Scope(user)):
        person = User.objects.get(pk=user)
        person.posting = Posting.objects.select_related("facility").get(pk=posting) if posting else None
    return person


# A database that is away, full, or at odds with itself (a deadlock) is no fault of the work: it is begun again until it is done.
LOST = (OperationalError, InterfaceError)
AGAIN = RetryStrategy(wait=5, retry_exceptions=LOST)


@app.task(name="jobs.do", queue="house", retry=AGAIN)  # type: ignore[untyped-decorator]
def do(job: int, user: int, posting: int | None) -> None:
    """Do a job. Arguments are primary keys alone: the queue holds nothing personal."""
    close_old_connections()
    person = actor(user, posting)
    with override(person.language):
        with entered(scope_of(person)):
            row = Job.objects.select_related("facility").get(pk=job)
        if row.is_over:
            return
        work = Work(row, person)
        work.begin()
        try:
            registry.WORK[row.kind](work)
        except LOST as lost:
            log.warning("job %s waits for the database: %s", row.public_id, type(lost).__name__)
            raise
        except CalledOff:
            work.end(JobState.STOPPED)
        except RuleBroken as refusal:
            work.end(JobState.FAILED, refusal.message)
        except Exception as error:
            # What it was about stays out of the log: an error's text may quote a person.
            log.error("job %s stopped: %s", row.public_id, type(error).__name__)
            work.end(JobState.FAILED, _("Something went wrong on our side. Nothing is half done; try again."))
            raise
        else:
            work.end(JobState.DONE)
