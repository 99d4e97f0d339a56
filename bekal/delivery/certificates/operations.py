"""What staff do with certificates: issue, issue anew, revoke."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.certificates import documents, queries, rules
from bekal.delivery.certificates.choices import CertificateKind, CertificateStatus
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility, Official
from bekal.foundation.papers import operations as papers
from bekal.foundation.papers.choices import PaperKind


@transaction.atomic
def issue(*, enrolment: Enrolment, signatory: Official | None = None, by: User, at: datetime) -> Certificate:
    """Issue what is due for somebody's part in a batch (terbitkan), or give back what was issued before.

    Safe to repeat: a second call, and a second officer at the same moment, get the certificate of the first.
    `signatory` is whoever signs; without one, the head of the facility on that day.
    """
    enrolment = (
        Enrolment.objects.select_related("facility", "person", "batch__programme")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=enrolment.pk)
    )
    standing = queries.standing_certificate(enrolment.pk)
    if standing:
        return standing
    programme = enrolment.batch.programme
    kind = rules.kind_due(outcome=enrolment.status, programme_kind=programme.kind)
    code, facility = rules.write_code(secrets.choice), enrolment.facility
    data = {
        **documents.of_person(enrolment.person),
        **documents.of_programme(enrolment),
        **documents.of_issue(facility=facility, signatory=_signs(facility, signatory, at), code=code, at=at),
    }
    return _make(enrolment=enrolment, kind=kind, data=data, by=by, at=at)


def _signs(facility: Facility, signatory: Official | None, at: datetime) -> str:
    """The name below the line for the signature."""
    signatory = signatory or queries.head_on(facility, facility.day_of(at))
    if signatory is None:
        raise RuleBroken(_("Nobody can sign: enter the head of the facility among its officials first."))
    return signatory.name


def _make(
    *,
    enrolment: Enrolment,
    kind: CertificateKind,
    data: dict[str, object],
    by: User,
    at: datetime,
    replaces: Certificate | None = None,
) -> Certificate:
    is_confidential = enrolment.is_confidential
    paper = papers.make_paper(
        kind=PaperKind.CERTIFICATE,
        template=documents.TEMPLATES[kind],
        data=data,
        facility=enrolment.facility,
        is_confidential=is_confidential,
        by=by,
        at=at,
    )
    certificate = Certificate.objects.create(
        facility=enrolment.facility,
        enrolment=enrolment,
        kind=kind,
        paper=paper,
        code=data["kode"],
        is_confidential=is_confidential,
        is_verdict_only=is_confidential or enrolment.batch.is_verdict_only,
        replaces=replaces,
        issued_by=by,
        issued_at=at,
    )
    audit.record(
        "certificates.certificate.issued", on=certificate, by=by, at=at, payload={"paper": str(paper.public_id)}
    )
    return certificate


@transaction.atomic
def reissue(*, certificate: Certificate, reason: str, by: User, at: datetime) -> Certificate:
    """Issue a certificate anew after the person was corrected (terbitkan ulang).

    The old one becomes replaced and keeps its number; the new one has a number and a code of its own. What was printed
    of the programme stays as it was printed.
    """
    old = _locked(certificate)
    if old.status == CertificateStatus.REPLACED and old.status_reason == reason:
        return old.replaced_by
    check_move(rules.CERTIFICATE_MOVES, old.status, CertificateStatus.REPLACED)
    enrolment = Enrolment.objects.select_related("facility", "person", "batch__programme").get(pk=old.enrolment_id)
    facility, printed = enrolment.facility, old.paper.data
    person = documents.of_person(enrolment.person)
    rules.check_differs({fact: printed[fact] for fact in person}, person)
    _end(old, CertificateStatus.REPLACED, reason=reason, by=by, at=at)
    issued = documents.of_issue(
        facility=facility, signatory=_signs(facility, None, at), code=rules.write_code(secrets.choice), at=at
    )
    kept = {fact: value for fact, value in printed.items() if fact != "nomor"}
    data = {**kept, **person, **issued}
    return _make(enrolment=enrolment, kind=CertificateKind(old.kind), data=data, by=by, at=at, replaces=old)


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: User, at: datetime) -> Certificate:
    """Declare a certificate no longer good (cabut). The check page says so from this moment on."""
    certificate = _locked(certificate)
    if certificate.status == CertificateStatus.REVOKED and certificate.status_reason == reason:
        return certificate
    check_move(rules.CERTIFICATE_MOVES, certificate.status, CertificateStatus.REVOKED)
    return _end(certificate, CertificateStatus.REVOKED, reason=reason, by=by, at=at)


def _locked(certificate: Certificate) -> Certificate:
    certificates = Certificate.objects.select_related("paper").select_for_update(of=("self",), no_key=True)
    return certificates.get(pk=certificate.pk)


def _end(certificate: Certificate, status: CertificateStatus, *, reason: str, by: User, at: datetime) -> Certificate:
    certificate.status, certificate.status_reason, certificate.status_changed_at = status, reason, at
    certificate.save(update_fields=["status", "status_reason", "status_changed_at"])
    papers.void_paper(certificate.paper, reason=reason, by=by, at=at)
    audit.record(f"certificates.certificate.{status}", on=certificate, by=by, at=at)
    return certificate
