"""How a part in a batch ends: by an exit, or with the batch, whose closing the ceremonies call."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, EnrolmentStatus, TagStatus
from bekal.delivery.programmes.models import Attendance, Batch, Enrolment, Tag
from bekal.delivery.programmes.operations.batches import locked
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import counts_of, lacks_before_closing, made_up_in, sees_care
from bekal.delivery.programmes.rules import MadeUp
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference


@transaction.atomic
def record_exit(
    *, enrolment: Enrolment, exit_kind: str, exit_on: date, reason: str = "", by: User, at: datetime
) -> Enrolment:
    """Record that somebody leaves a batch before its end (catat keluar); the tag comes back."""
    batch = locked(enrolment.batch)
    enrolment = hold(Enrolment.objects.all(), enrolment)
    if enrolment.status == EnrolmentStatus.LEFT and (enrolment.exit_kind, enrolment.exit_on) == (exit_kind, exit_on):
        return enrolment
    check_move(rules.ENROLMENT_MOVES, enrolment.status, EnrolmentStatus.LEFT)
    present = Attendance.objects.filter(enrolment=enrolment, is_present=True)
    group = rules.check_exit(
        kind=exit_kind,
        kinds=reference.by_code("exit_kinds"),
        exit_on=exit_on,
        enrolled_on=enrolment.enrolled_on,
        today=batch.facility.day_of(at),
        reason=reason,
        last_present_on=present.aggregate(last=Max("session__held_on"))["last"],
    )
    enrolment.status, enrolment.exit_kind, enrolment.exit_group = EnrolmentStatus.LEFT, exit_kind, group
    enrolment.exit_on, enrolment.exit_reason, enrolment.ended_at = exit_on, reason.strip(), at
    enrolment.save(update_fields=["status", "exit_kind", "exit_group", "exit_on", "exit_reason", "ended_at"])
    _release(Tag.objects.filter(enrolment=enrolment), at=at)
    audit.record("programmes.enrolment.left", on=enrolment, by=by, at=at, payload={"group": group, "on": str(exit_on)})
    return enrolment


def _release(tags: QuerySet[Tag], *, at: datetime) -> int:
    return tags.filter(status=TagStatus.WORN).update(status=TagStatus.RELEASED, released_at=at)


@transaction.atomic
def complete_batch(*, batch: Batch, by: User, at: datetime) -> Batch:
    """Close a running batch: whoever reached the programme's percent of held hours has completed, the others took part.

    Raises:
        RuleBroken: something is missing; it says what.
    """
    batch = locked(batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status == BatchStatus.COMPLETED:
        return batch
    if batch.status == BatchStatus.PLANNED:
        raise RuleBroken(_("The batch has not started, so there is nothing to close."))
    check_move(rules.BATCH_MOVES, batch.status, BatchStatus.COMPLETED)
    lacks = lacks_before_closing(batch, today=batch.facility.day_of(at))
    if not rules.is_ready(lacks):
        raise RuleBroken(rules.refusal(lacks))
    held_jp = counts_of(batch).held_jp
    enrolled = batch.enrolments.filter(status=EnrolmentStatus.ENROLLED).select_for_update(no_key=True)
    jp = dict(
        Attendance.objects.filter(enrolment__batch=batch, session__is_active=True, session__makes_up_for=None)
        .values_list("enrolment")
        .annotate(jp=Sum("counted_jp"))
    )
    catch_ups = made_up_in([batch], held_jp={batch.pk: held_jp})
    percent = batch.programme.attendance_percent
    completed, participated = [], []
    for enrolment in enrolled:
        counted = jp.get(enrolment.pk, 0) + catch_ups.get(enrolment.pk, MadeUp()).credited_jp
        reached = rules.has_completed(counted_jp=counted, held_jp=held_jp, percent=percent)
        (completed if reached else participated).append(enrolment.pk)
    Enrolment.objects.filter(pk__in=completed).update(status=EnrolmentStatus.COMPLETED, ended_at=at)
    Enrolment.objects.filter(pk__in=participated).update(status=EnrolmentStatus.PARTICIPATED, ended_at=at)
    batch.status, batch.completed_at = BatchStatus.COMPLETED, at
    batch.save(update_fields=["status", "completed_at"])
    audit.record(
        "programmes.batch.completed",
        on=batch,
        by=by,
        at=at,
        payload={"completed": len(completed), "participated": len(participated), "held_jp": held_jp},
    )
    return batch


@transaction.atomic
def release_tags(*, batch: Batch, by: User, at: datetime) -> int:
    """Take back the tags of a batch that has ended (pelepasan tanda peserta), and say how many were worn until now."""
    batch = locked(batch)
    if batch.status not in (BatchStatus.COMPLETED, BatchStatus.CANCELLED):
        raise RuleBroken(_("Tags are given back when the batch has ended."))
    released = _release(batch.tags.all(), at=at)
    if released:
        audit.record("programmes.tags.released", on=batch, by=by, at=at, payload={"tags": released})
    return released
