"""Proposing people for a batch, and taking a proposal back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, NominationStatus
from bekal.delivery.programmes.models import Batch, Nomination
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.operations.placing import check_may_join
from bekal.delivery.programmes.queries import candidate, sees_care
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.people.joinings import records_of
from bekal.people.models import Custody, Person

COMING = (NominationStatus.PROPOSED, NominationStatus.ACCEPTED)


@transaction.atomic
def nominate(
    *, batch: Batch, person: Person, motive: str = "", exception_reason: str = "", by: User, at: datetime
) -> Nomination:
    """Propose somebody for a batch that is being filled (usulkan). Proposed twice, one nomination.

    Raises:
        RuleBroken: something is not met and no reason is given, or the person is no longer here.
    """
    batch = hold(Batch.objects.select_related("programme", "facility"), batch)
    is_confidential = batch.programme.is_confidential
    rules.check_sees_participants(is_confidential=is_confidential, sees_care=sees_care(by))
    proposed = batch.nominations.filter(person__in=records_of(person)).exclude(status=NominationStatus.WITHDRAWN)
    before = proposed.filter(person=person).first()
    if before:
        return _as_before(before)
    if proposed.exists():
        raise RuleBroken(_("This person is proposed for this batch already, under another record that was joined."))
    if batch.status != BatchStatus.PLANNED:
        raise RuleBroken(_("People are proposed while a batch is being filled. This one has started or ended."))
    custody = Custody.objects.filter(person=person, facility=batch.facility, ended_on=None).first()
    if custody is None:
        raise RuleBroken(_("This person is not in the facility now."))
    rules.needs_exception(candidate(batch, custody).verdicts, reason=exception_reason)
    check_may_join(batch, [person], coming=COMING, at=at)
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                facility=batch.facility,
                batch=batch,
                person=person,
                custody=custody,
                is_confidential=is_confidential,
                motive=motive.strip(),
                exception_reason=exception_reason.strip(),
                proposed_by=by,
                proposed_at=at,
            )
    except IntegrityError:
        # Proposed by somebody whose row was out of sight a moment ago: that one stands.
        raise RuleBroken(_("Somebody proposed this person a moment ago. Read the page again.")) from None
    audit.record(
        "programmes.nomination.made",
        on=nomination,
        by=by,
        at=at,
        payload={"batch": str(batch.public_id), "exception": bool(exception_reason.strip())},
    )
    return nomination


def _as_before(nomination: Nomination) -> Nomination:
    if nomination.status == NominationStatus.REFUSED:
        raise RuleBroken(_("The board has refused this person for this batch."))
    return nomination


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, by: User, at: datetime) -> Nomination:
    """Take a proposal back before the board decides (tarik usulan)."""
    nomination = hold(Nomination.objects.all(), nomination)
    if nomination.status == NominationStatus.WITHDRAWN:
        return nomination
    check_move(rules.NOMINATION_MOVES, nomination.status, NominationStatus.WITHDRAWN)
    nomination.status, nomination.hearing = NominationStatus.WITHDRAWN, None
    nomination.save(update_fields=["status", "hearing"])
    audit.record("programmes.nomination.withdrawn", on=nomination, by=by, at=at)
    return nomination
