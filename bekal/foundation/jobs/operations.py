"""Asking for long work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.facilities.models import Facility
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
