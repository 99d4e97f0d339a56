"""The hearing (sidang TPP): called, given a list, and deciding many nominations at once, with its minutes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import documents, rules
from bekal.delivery.programmes.choices import HearingStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Hearing, Nomination
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.operations.placing import check_may_join
from bekal.delivery.programmes.queries import list_of
from bekal.delivery.programmes.rules import Decision
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.operations import make_paper


@transaction.atomic
def call_hearing(
    *,
    facility: Facility,
    held_on: date,
    place: str,
    members: Sequence[Mapping[str, str]],
    nominations: Iterable[Nomination] = (),
    by: User,
    at: datetime,
) -> Hearing:
    """Call a hearing (buka sidang) with its members (`name`, `post`, as they are that day) and its list."""
    if not members:
        raise RuleBroken(_("Name at least one member of the board."), field="members")
    hearing = Hearing.objects.create(
        facility=facility,
        held_on=held_on,
        place=place,
        members=[{"name": member["name"], "post": member.get("post", "")} for member in members],
        created_at=at,
    )
    audit.record("programmes.hearing.called", on=hearing, by=by, at=at, payload={"on": str(held_on)})
    return set_list(hearing=hearing, nominations=nominations, by=by, at=at)


def _locked(hearing: Hearing) -> Hearing:
    return hold(Hearing.objects.select_related("facility", "decided_by"), hearing)


@transaction.atomic
def set_list(*, hearing: Hearing, nominations: Iterable[Nomination], by: User, at: datetime) -> Hearing:
    """Put waiting nominations on the list of a hearing; what is not named leaves it and waits for another one."""
    hearing = _locked(hearing)
    if hearing.status != HearingStatus.OPEN:
        raise RuleBroken(_("This hearing has decided: its list stays as it is."))
    chosen = [nomination.pk for nomination in nominations]
    free = Nomination.objects.select_for_update(no_key=True).filter(
        pk__in=chosen, facility=hearing.facility, status=NominationStatus.PROPOSED
    )
    mine = [row for row in free if row.hearing_id in (None, hearing.pk)]
    if len(mine) != len(chosen):
        raise RuleBroken(
            _("A nomination was decided, withdrawn or put on another list meanwhile. Read the page again.")
        )
    hearing.nominations.exclude(pk__in=chosen).update(hearing=None)
    Nomination.objects.filter(pk__in=chosen).update(hearing=hearing)
    # A list that mixes kinds is confidential as a whole, and so are its minutes.
    hearing.is_confidential = any(row.is_confidential for row in mine)
    hearing.save(update_fields=["is_confidential"])
    audit.record("programmes.hearing.listed", on=hearing, by=by, at=at, payload={"nominations": len(mine)})
    return hearing


@transaction.atomic
def decide_hearing(*, hearing: Hearing, decisions: Mapping[UUID, Decision], by: User, at: datetime) -> Hearing:
    """Decide the nominations on the list, all at once (putuskan); what is left open waits for another hearing.

    The minutes get their number and their seal in the same transaction.

    Raises:
        Changed: another member decided a moment ago.
        RuleBroken: a refusal without reason, or somebody decides about their own proposal.
    """
    hearing = _locked(hearing)
    if hearing.status == HearingStatus.DECIDED and hearing.decided_by_id == by.pk:
        return hearing
    if hearing.status == HearingStatus.DECIDED:
        raise Changed(_already_decided(hearing))
    check_move(rules.HEARING_MOVES, hearing.status, HearingStatus.DECIDED)
    if hearing.held_on > hearing.facility.day_of(at):
        raise RuleBroken(_("The hearing has not been held yet."))
    listed = {row.public_id: row for row in list_of(hearing).select_for_update(of=("self",), no_key=True)}
    rules.check_decisions(decisions, on_list=listed)
    rules.check_proposer_does_not_decide(proposers=(listed[key].proposed_by_id for key in decisions), decider=by.pk)
    _check_accepted_may_join(
        [row for key, row in listed.items() if key in decisions and decisions[key].is_accepted], at
    )
    for key, nomination in listed.items():
        _decide(nomination, decisions.get(key), at=at)
    hearing.status, hearing.decided_by, hearing.decided_at = HearingStatus.DECIDED, by, at
    hearing.minutes = make_paper(
        kind=PaperKind.HEARING_MINUTES,
        template="berita-acara-sidang",
        data=documents.hearing_minutes(hearing, [listed[key] for key in listed if key in decisions], at=at),
        facility=hearing.facility,
        is_confidential=hearing.is_confidential,
        by=by,
        at=at,
    )
    hearing.save(update_fields=["status", "decided_by", "decided_at", "minutes"])
    accepted = sum(decision.is_accepted for decision in decisions.values())
    audit.record(
        "programmes.hearing.decided",
        on=hearing,
        by=by,
        at=at,
        payload={"accepted": accepted, "refused": len(decisions) - accepted},
    )
    return hearing


def _check_accepted_may_join(accepted: Iterable[Nomination], at: datetime) -> None:
    """Batch by batch, in the order of the list: whoever stands further down is the one who may not join."""
    by_batch: dict[Batch, list[Nomination]] = {}
    for nomination in accepted:
        by_batch.setdefault(nomination.batch, []).append(nomination)
    for batch, rows in by_batch.items():
        check_may_join(batch, [row.person for row in rows], coming=[NominationStatus.ACCEPTED], at=at)


def _already_decided(hearing: Hearing) -> str:
    decided_at = hearing.facility.at_local(hearing.decided_at) if hearing.decided_at else None
    return _("%(name)s decided this hearing at %(time)s. Your decisions are not saved: compare both.") % {
        "name": hearing.decided_by.name if hearing.decided_by else "–",
        "time": clock(decided_at) if decided_at else "–",
    }


def _decide(nomination: Nomination, decision: Decision | None, *, at: datetime) -> None:
    if decision is None:
        nomination.hearing = None
        nomination.save(update_fields=["hearing"])
        return
    status = NominationStatus.ACCEPTED if decision.is_accepted else NominationStatus.REFUSED
    check_move(rules.NOMINATION_MOVES, nomination.status, status)
    nomination.status, nomination.decided_at, nomination.decision_reason = status, at, decision.reason.strip()
    nomination.save(update_fields=["status", "decided_at", "decision_reason"])
