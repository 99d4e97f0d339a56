"""Closing the batches of a ceremony, and issuing what is due, one certificate a step."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.models import Ceremony, HandOver
from bekal.delivery.ceremonies.operations.planning import locked
from bekal.delivery.certificates import operations as certificates
from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed
from bekal.foundation.jobs import operations as jobs
from bekal.foundation.jobs.models import Job

ISSUING = "ceremonies.issue"


@transaction.atomic
def close_batches(*, ceremony: Ceremony, by: User, at: datetime) -> Ceremony:
    """Close all batches of a ceremony, take the tags back, and ask for the issuing of what is due (tutup angkatan).

    All batches or none. A second press by the same officer changes nothing.

    Raises:
        RuleBroken: something is missing, or a batch is out of the officer's sight.
        Changed: another officer closed them a moment ago.
    """
    ceremony = locked(ceremony)
    if ceremony.closed_at and ceremony.closed_by_id == by.pk:
        return ceremony
    if ceremony.closed_at and ceremony.closed_by:
        local = ceremony.facility.at_local(ceremony.closed_at)
        raise Changed(
            _("%(name)s closed these batches at %(time)s. Certificates are issued once only.")
            % {"name": ceremony.closed_by.name, "time": clock(local)}
        )
    check_move(rules.CEREMONY_MOVES, ceremony.status, CeremonyStatus.CLOSING)
    rows = queries.batches_of(ceremony)
    rules.check_has_batches(len(rows))
    confidential = sum(row.batch.programme.is_confidential for row in rows)
    rules.check_sees_all(confidential=confidential, sees_care=scope_of(by).care)
    for row in rows:
        programmes.complete_batch(batch=row.batch, by=by, at=at)
        programmes.release_tags(batch=row.batch, by=by, at=at)
    ceremony.status, ceremony.closed_by, ceremony.closed_at = CeremonyStatus.CLOSING, by, at
    ceremony.job = _ask_for_issuing(ceremony, by, at)
    ceremony.save(update_fields=["status", "closed_by", "closed_at", "job"])
    audit.record("ceremonies.ceremony.closed", on=ceremony, by=by, at=at, payload={"batches": len(rows)})
    return ceremony


def _ask_for_issuing(ceremony: Ceremony, by: User, at: datetime) -> Job:
    due = queries.total(queries.counts_of(ceremony).values()).due
    return jobs.enqueue(ISSUING, facility=ceremony.facility, by=by, at=at, on=ceremony.public_id, total=due)


@transaction.atomic
def resume_issuing(*, ceremony: Ceremony, by: User, at: datetime) -> Ceremony:
    """Ask for the issuing once more, after it stopped (lanjutkan). What was issued stays; only the rest is made."""
    ceremony = locked(ceremony)
    if ceremony.status != CeremonyStatus.CLOSING or not (ceremony.job and ceremony.job.is_over):
        return ceremony
    confidential = sum(row.batch.programme.is_confidential for row in queries.batches_of(ceremony))
    rules.check_sees_all(confidential=confidential, sees_care=scope_of(by).care)
    ceremony.job = _ask_for_issuing(ceremony, by, at)
    ceremony.save(update_fields=["job"])
    audit.record("ceremonies.issuing.resumed", on=ceremony, by=by, at=at)
    return ceremony


@transaction.atomic
def issue_in_turn(*, ceremony: Ceremony, enrolment: Enrolment, position: int, by: User, at: datetime) -> HandOver:
    """Issue what is due for one participant and give its handing over a place in the calling order. Safe to repeat."""
    certificate = certificates.issue(enrolment=enrolment, signatory=ceremony.signatory, by=by, at=at)
    hand_over, _made = HandOver.objects.get_or_create(
        certificate=certificate,
        defaults={
            "facility": ceremony.facility,
            "ceremony": ceremony,
            "is_confidential": certificate.is_confidential,
            "position": position,
        },
    )
    return hand_over


@transaction.atomic
def begin_handing_over(*, ceremony: Ceremony, by: User, at: datetime) -> Ceremony:
    """Everything due is issued: the certificates can be handed over."""
    ceremony = locked(ceremony)
    if ceremony.status == CeremonyStatus.UNDER_WAY:
        return ceremony
    check_move(rules.CEREMONY_MOVES, ceremony.status, CeremonyStatus.UNDER_WAY)
    ceremony.status = CeremonyStatus.UNDER_WAY
    ceremony.save(update_fields=["status"])
    audit.record("ceremonies.ceremony.issued", on=ceremony, by=by, at=at)
    return ceremony
