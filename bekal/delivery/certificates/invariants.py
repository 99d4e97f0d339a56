"""Certificates that should not exist."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from bekal.delivery.certificates.choices import CertificateStatus
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.programmes.choices import EnrolmentStatus
from bekal.foundation.core.invariants import invariant
from bekal.foundation.papers.choices import PaperStatus


@invariant
def certificate_without_its_end() -> Iterable[Any]:
    """A certificate belongs to a part in a batch that was completed or taken until its end."""
    ended = (EnrolmentStatus.COMPLETED, EnrolmentStatus.PARTICIPATED)
    return Certificate.objects.exclude(enrolment__status__in=ended)


@invariant
def certificate_that_tells() -> Iterable[Any]:
    """A certificate is as confidential as the part in the batch and the paper that it stands for."""
    return Certificate.objects.exclude(
        is_confidential=F("enrolment__is_confidential"), paper__is_confidential=F("is_confidential")
    )


@invariant
def certificate_and_paper_at_odds() -> Iterable[Any]:
    """A paper is voided when, and only when, its certificate was revoked or replaced."""
    valid, voided = Q(status=CertificateStatus.VALID), Q(paper__status=PaperStatus.VOIDED)
    return Certificate.objects.filter((valid & voided) | (~valid & ~voided))


@invariant
def replaced_without_successor() -> Iterable[Any]:
    """A replaced certificate has the one that replaces it."""
    return Certificate.objects.filter(status=CertificateStatus.REPLACED, replaced_by=None)
