"""Asking for long work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs.choices import JobState
from bekal.foundation.jobs.models import Job


@transaction.atomic
def enqueue(
    kind: str,
    *,
    facility: Facility,
    by: User,
    at: datetime,
    on: UUID | None = None,
    arguments: dict[str, Any] | None = None,
    total: int = 0,
    is_confidential: bool = False,
) -> Job:
    """Ask for work in the transaction of its cause: it is done if, and only if, that transaction commits."""
    from bekal.foundation.jobs.tasks import do

    job = Job.objects.create(
        facility=facility,
        kind=kind,
        on=on,
        arguments=arguments or {},
        total=total,
        is_confidential=is_confidential,
        by=by,
        posting=by.posting,
        asked_at=at,
    )
    audit.record("jobs.job.asked", on=job, by=by, at=at, payload={"kind": kind, "total": total})
    do.defer(job=job.pk, user=by.pk, posting=by.posting.pk if by.posting else None)
    return job


@transaction.atomic
def call_off(*, job: Job, by: User, at: datetime) -> Job:
    """Ask that work end: the step in hand is undone by the worker. Asked twice, it is done once; what is over stays as it ended."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.is_over or row.state == JobState.STOPPING:
        return row
    row.state = JobState.STOPPING
    row.save(update_fields=["state"])
    audit.record("jobs.job.called_off", on=row, by=by, at=at, payload={"kind": row.kind})
    return row
