"""A batch: made, changed while it is planned, started, cancelled."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import (
    BatchStatus,
    DecreeKind,
    DecreeStatus,
    EnrolmentStatus,
    ExitGroup,
    SessionStatus,
    TagStatus,
)
from bekal.delivery.programmes.models import Batch, Programme, Tag
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.operations.sessions import plan_sessions
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.queries import check_unchanged, counts_of, sees_care
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken


def locked(batch: Batch) -> Batch:
    """The batch as it stands now, held until the transaction ends: seats are counted and filled behind this lock."""
    return hold(Batch.objects.select_related("programme", "facility", "place", "teacher"), batch)


@transaction.atomic
def create_batch(*, programme: Programme, plan: BatchPlan, number: int | None = None, by: User, at: datetime) -> Batch:
    """Make a batch with its timetable (buat angkatan). Number and code follow from the programme unless given."""
    _check_plan(plan)
    programme = hold(Programme.objects.select_related("facility"), programme)
    year = plan.starts_on.year
    number = number or (programme.batches.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    # The code stands on tags: of rehabilitation it follows the title that says nothing of health.
    title = programme.certificate_title if programme.is_confidential else programme.title
    plan = replace(
        plan, code=plan.code or rules.code_of(title, number=number), standard=plan.standard or programme.standard
    )
    _check_free(programme, year=year, number=number, code=plan.code)
    batch = Batch.objects.create(
        facility=programme.facility, programme=programme, number=number, created_at=at, **_columns(plan, programme)
    )
    audit.record("programmes.batch.created", on=batch, by=by, at=at, payload={"capacity": batch.capacity})
    plan_sessions(batch=batch, by=by, at=at)
    return batch


def _columns(plan: BatchPlan, programme: Programme) -> dict[str, Any]:
    """What the row of a batch says of its plan. Of rehabilitation the check page never says more than its verdict."""
    asked = programme.is_verdict_only if plan.is_verdict_only is None else plan.is_verdict_only
    return {
        **{name: getattr(plan, name) for name in plan.names()},
        "year": plan.starts_on.year,
        "weekdays": sorted(plan.weekdays),
        "is_verdict_only": programme.is_confidential or asked,
    }


def _check_plan(plan: BatchPlan) -> None:
    rules.check_span(starts_on=plan.starts_on, ends_on=plan.ends_on)
    if plan.ends_at <= plan.starts_at:
        raise RuleBroken(_("A session ends later than it begins."), field="ends_at")
    if plan.capacity > plan.place.capacity:
        raise RuleBroken(_("This place has room for %(room)s.") % {"room": plan.place.capacity}, field="capacity")


def _check_free(programme: Programme, *, year: int, number: int, code: str, besides: int | None = None) -> None:
    others = Batch.objects.filter(facility=programme.facility, year=year).exclude(pk=besides)
    if others.filter(programme=programme, number=number).exists():
        raise RuleBroken(_("This programme has a batch of this number in this year already."), field="number")
    if others.filter(code=code).exists():
        raise RuleBroken(_("Another batch of this year has this code already."), field="code")


@transaction.atomic
def change_batch(*, batch: Batch, plan: BatchPlan, read_version: str | None = None, by: User, at: datetime) -> Batch:
    """Change a batch while it is being filled; a new pattern plans its sessions anew. Without a code it keeps its own."""
    _check_plan(plan)
    batch = locked(batch)
    check_unchanged(batch, read=read_version)
    if batch.status != BatchStatus.PLANNED:
        raise RuleBroken(_("This batch has started: only its sessions can still be changed."))
    rules.check_capacity(taken=counts_of(batch).everyone, more=0, capacity=plan.capacity)
    plan = replace(plan, code=plan.code or batch.code)
    _check_free(batch.programme, year=plan.starts_on.year, number=batch.number, code=plan.code, besides=batch.pk)
    before = _pattern(batch)
    columns = _columns(plan, batch.programme)
    for name, value in columns.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(columns))
    audit.record("programmes.batch.changed", on=batch, by=by, at=at, payload={"capacity": batch.capacity})
    if _pattern(batch) != before:
        plan_sessions(batch=batch, by=by, at=at)
    return batch


def _pattern(batch: Batch) -> tuple[object, ...]:
    return (
        batch.starts_on, batch.ends_on, batch.weekdays, batch.starts_at, batch.ends_at, batch.jp_per_session,
        batch.place_id, batch.teacher_id,
    )  # fmt: skip


@transaction.atomic
def start_batch(*, batch: Batch, by: User, at: datetime) -> Batch:
    """Begin teaching a planned batch (mulai angkatan). A second press by anyone finds it running."""
    batch = locked(batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status == BatchStatus.RUNNING:
        return batch
    check_move(rules.BATCH_MOVES, batch.status, BatchStatus.RUNNING)
    decrees = batch.decrees.filter(kind=DecreeKind.PARTICIPANTS, status=DecreeStatus.SIGNED)
    rules.check_ready_to_start(
        enrolled=batch.enrolments.filter(status=EnrolmentStatus.ENROLLED).count(),
        sessions=batch.sessions.filter(is_active=True).count(),
        has_decree=decrees.exists(),
    )
    batch.status, batch.started_at = BatchStatus.RUNNING, at
    batch.save(update_fields=["status", "started_at"])
    audit.record("programmes.batch.started", on=batch, by=by, at=at)
    return batch


@transaction.atomic
def cancel_batch(*, batch: Batch, reason: str, by: User, at: datetime) -> Batch:
    """Call a batch off (batalkan angkatan). Whoever was in it leaves through no doing of theirs; tags come back."""
    batch = locked(batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status == BatchStatus.CANCELLED and batch.cancel_reason == reason:
        return batch
    check_move(rules.BATCH_MOVES, batch.status, BatchStatus.CANCELLED)
    if not reason.strip():
        raise RuleBroken(_("Say why the batch is cancelled."), field="reason")
    batch.status, batch.cancel_reason = BatchStatus.CANCELLED, reason.strip()
    batch.save(update_fields=["status", "cancel_reason"])
    # What was still ahead gives its place and its teachers back.
    batch.sessions.filter(status=SessionStatus.PLANNED, is_active=True).update(
        status=SessionStatus.NOT_HELD, held_jp=0, note=_("The batch was cancelled."), recorded_by=by, recorded_at=at
    )
    enrolled = batch.enrolments.filter(status=EnrolmentStatus.ENROLLED)
    enrolled.update(
        status=EnrolmentStatus.LEFT,
        exit_kind="called_off",
        exit_group=ExitGroup.CALLED_OFF,
        exit_on=batch.facility.day_of(at),
        exit_reason=_("The batch was cancelled."),
        ended_at=at,
    )
    Tag.objects.filter(batch=batch, status=TagStatus.WORN).update(status=TagStatus.RELEASED, released_at=at)
    audit.record("programmes.batch.cancelled", on=batch, by=by, at=at)
    return batch
