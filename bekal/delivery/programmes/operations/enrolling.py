"""What a signed decree brings about: parts in the batch, and a numbered tag for each."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import EnrolmentStatus
from bekal.delivery.programmes.models import Batch, Decree, Enrolment, Nomination, Tag
from bekal.delivery.programmes.operations.placing import check_may_join
from bekal.delivery.programmes.operations.rooms import hold_rooms
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.people.joinings import kept_instead
from bekal.people.models import Person

CODE_BYTES = 10


@transaction.atomic
def enrol(
    *, batch: Batch, decree: Decree, nominations: Sequence[Nomination], by: User, at: datetime
) -> list[Enrolment]:
    """Enrol whom a decree names, with a tag for each in the order of their names. The batch is locked by the caller.

    Raises:
        RuleBroken: there are not enough seats, two may not be together, or two records of one person would take part.
            Nobody is enrolled then, and the decree is not signed.
    """
    _check_nobody_twice(batch, nominations)
    taken = batch.enrolments.exclude(status=EnrolmentStatus.LEFT).count()
    rules.check_capacity(taken=taken, more=len(nominations), capacity=batch.capacity)
    hold_rooms(batch.facility)
    check_may_join(batch, [nomination.person for nomination in nominations], at=at)
    enrolments = [
        Enrolment(
            facility=batch.facility,
            batch=batch,
            person=nomination.person,
            custody=nomination.custody,
            nomination=nomination,
            decree=decree,
            is_confidential=nomination.is_confidential,
            enrolled_on=decree.decided_on,
        )
        for nomination in nominations
    ]
    Enrolment.objects.bulk_create(enrolments)
    last = batch.tags.aggregate(last=Max("number"))["last"] or 0
    Tag.objects.bulk_create(
        Tag(
            facility=batch.facility,
            batch=batch,
            enrolment=enrolment,
            is_confidential=enrolment.is_confidential,
            number=number,
            # The QR holds this alone: it cannot be guessed and says nothing.
            code=secrets.token_hex(CODE_BYTES).upper(),
        )
        for number, enrolment in enumerate(enrolments, start=last + 1)
    )
    for enrolment in enrolments:
        audit.record("programmes.person.enrolled", on=enrolment, by=by, at=at, payload={"batch": str(batch.public_id)})
    return enrolments


def _check_nobody_twice(batch: Batch, nominations: Sequence[Nomination]) -> None:
    """Records may have been joined after they were proposed."""
    rows = [nomination.person_id for nomination in nominations]
    here = batch.enrolments.exclude(status=EnrolmentStatus.LEFT).values_list("person", flat=True)
    kept = list(kept_instead(Person.objects.filter(pk__in=[*rows, *here])).values_list("kept", flat=True))
    if len(kept) != len(set(kept)):
        raise RuleBroken(
            _("Two of these people are records of one person that were joined. Leave one of them off the decree.")
        )
