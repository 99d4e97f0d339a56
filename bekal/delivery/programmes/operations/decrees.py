"""Decrees (SK Kalapas): drafted here and signed, or recorded from outside; what they decide enrols people."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import documents, rules
from bekal.delivery.programmes.choices import BatchStatus, DecreeKind, DecreeStatus
from bekal.delivery.programmes.models import Batch, Decree, Nomination
from bekal.delivery.programmes.operations.batches import locked
from bekal.delivery.programmes.operations.enrolling import enrol
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import accepted_of, check_unchanged, sees_care
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Official
from bekal.foundation.facilities.queries import officials_on
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.operations import make_paper


def _open_batch(batch: Batch, kind: str, by: User) -> Batch:
    batch = locked(batch)
    if kind == DecreeKind.PARTICIPANTS:
        rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    if batch.status not in (BatchStatus.PLANNED, BatchStatus.RUNNING):
        raise RuleBroken(_("This batch has ended: nothing is decided about it any more."))
    return batch


def _is_confidential(batch: Batch, kind: str) -> bool:
    """A decree on participants of rehabilitation names them; one on the team does not."""
    return batch.programme.is_confidential and kind == DecreeKind.PARTICIPANTS


def _listed(batch: Batch, nominations: Iterable[Nomination] | None) -> list[Nomination]:
    """The accepted nominations that a decree names: all, or those chosen."""
    accepted = list(accepted_of(batch))
    if nominations is None:
        return accepted
    chosen = {nomination.pk for nomination in nominations}
    if not chosen <= {nomination.pk for nomination in accepted}:
        raise RuleBroken(_("A decree names only people whom the board has accepted and nobody has enrolled yet."))
    return [nomination for nomination in accepted if nomination.pk in chosen]


@transaction.atomic
def draft_decree(
    *,
    batch: Batch,
    kind: str = DecreeKind.PARTICIPANTS,
    content: dict[str, Any] | None = None,
    nominations: Iterable[Nomination] | None = None,
    team: Sequence[tuple[str, str]] = (),
    read_version: str | None = None,
    by: User,
    at: datetime,
) -> Decree:
    """Draft the decree of a batch, or draft it again (rancang SK). There is one draft of a kind at a time.

    `content` holds the sections of the paper (see `documents.decree_sections`); left out, the usual text stands.
    """
    batch = _open_batch(batch, kind, by)
    sections = documents.decree_sections(batch, kind) | (content or {})
    if kind == DecreeKind.PARTICIPANTS:
        listed = _listed(batch, nominations)
        if not listed:
            raise RuleBroken(_("Nobody accepted waits for a decree. First the board decides."))
        sections["nominations"] = [str(nomination.public_id) for nomination in listed]
    else:
        if not team:
            raise RuleBroken(_("Name at least one member of the team."), field="team")
        sections["team"] = [list(member) for member in team]
    decree = batch.decrees.filter(kind=kind, status=DecreeStatus.DRAFT).select_for_update(no_key=True).first()
    if decree:
        check_unchanged(decree, read=read_version)
        decree.content = sections
        decree.save(update_fields=["content"])
    else:
        decree = Decree.objects.create(
            facility=batch.facility,
            batch=batch,
            kind=kind,
            is_confidential=_is_confidential(batch, kind),
            content=sections,
            drafted_by=by,
            drafted_at=at,
        )
    audit.record("programmes.decree.drafted", on=decree, by=by, at=at, payload={"kind": str(kind)})
    return decree


@transaction.atomic
def sign_decree(*, decree: Decree, signatory: Official, by: User, at: datetime) -> Decree:
    """Sign a draft (tanda tangani SK): it gets its number and seal, and whoever it names is enrolled.

    Seats are counted behind the batch's lock: of two decrees for the last seat, one is refused.

    Raises:
        RuleBroken: no seat, somebody has left meanwhile, or an acting head without a basis.
    """
    batch = _open_batch(decree.batch, decree.kind, by)
    decree = hold(Decree.objects.select_related("facility"), decree)
    if decree.status == DecreeStatus.SIGNED:
        return decree
    check_move(rules.DECREE_MOVES, decree.status, DecreeStatus.SIGNED)
    rules.check_acting_has_basis(is_acting=signatory.is_acting, basis=signatory.acting_basis)
    day = batch.facility.day_of(at)
    if not officials_on(batch.facility, day).filter(pk=signatory.pk).exists():
        raise RuleBroken(_("This official is not in office today."), field="signatory")
    named = _named(batch, decree)
    decree.paper = make_paper(
        kind=PaperKind.DECREE,
        template="sk",
        data=documents.decree(batch, decree, named, signatory=signatory, at=at),
        facility=batch.facility,
        is_confidential=decree.is_confidential,
        by=by,
        at=at,
    )
    decree.status, decree.signatory, decree.signed_at = DecreeStatus.SIGNED, signatory, at
    decree.number, decree.decided_on = decree.paper.number, day
    decree.save(update_fields=["paper", "status", "signatory", "signed_at", "number", "decided_on"])
    audit.record("programmes.decree.signed", on=decree, by=by, at=at, payload={"kind": decree.kind})
    enrol(batch=batch, decree=decree, nominations=named, by=by, at=at)
    return decree


def _named(batch: Batch, decree: Decree) -> list[Nomination]:
    """The nominations that a draft names, as they stand now."""
    if decree.kind != DecreeKind.PARTICIPANTS:
        return []
    asked = decree.content.get("nominations", [])
    named = list(accepted_of(batch).filter(public_id__in=asked))
    if len(named) != len(asked):
        raise RuleBroken(_("Somebody on this draft was enrolled meanwhile. Draft it again."))
    if any(nomination.custody.ended_on for nomination in named):
        raise RuleBroken(_("Somebody on this draft has left the facility meanwhile. Draft it again without them."))
    return named


@transaction.atomic
def record_decree(
    *,
    batch: Batch,
    kind: str = DecreeKind.PARTICIPANTS,
    number: str,
    decided_on: date,
    nominations: Iterable[Nomination] | None = None,
    by: User,
    at: datetime,
) -> Decree:
    """Record a decree that was made outside, with its number and day (catat SK). Recorded twice, one decree."""
    batch = _open_batch(batch, kind, by)
    same = batch.decrees.filter(kind=kind, number=number, decided_on=decided_on).first()
    if same:
        return same
    if decided_on > batch.facility.day_of(at):
        raise RuleBroken(_("The day of the decree lies ahead."), field="decided_on")
    listed = _listed(batch, nominations) if kind == DecreeKind.PARTICIPANTS else []
    if kind == DecreeKind.PARTICIPANTS and not listed:
        raise RuleBroken(_("Nobody accepted waits for a decree. First the board decides."))
    decree = Decree.objects.create(
        facility=batch.facility,
        batch=batch,
        kind=kind,
        status=DecreeStatus.SIGNED,
        is_confidential=_is_confidential(batch, kind),
        is_from_outside=True,
        number=number,
        decided_on=decided_on,
        content={"nominations": [str(nomination.public_id) for nomination in listed]},
        drafted_by=by,
        drafted_at=at,
        signed_at=at,
    )
    audit.record("programmes.decree.recorded", on=decree, by=by, at=at, payload={"kind": str(kind)})
    enrol(batch=batch, decree=decree, nominations=listed, by=by, at=at)
    return decree
