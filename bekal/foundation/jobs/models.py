"""Long work under way: how far it is, whether it is done, who asked for it."""

from django.db import models

from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.core.bases import Row
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs.choices import OVER, JobState


class Job(Row):
    """A piece of background work with its progress. The queue is the database: asked for in the transaction of its cause."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    # The row it works on, by its public id; and plain arguments, never personal data.
    on = models.UUIDField(null=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    is_confidential = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "kind", "on"], name="jobs_job_on")]

    @property
    def is_over(self) -> bool:
        return self.state in OVER
