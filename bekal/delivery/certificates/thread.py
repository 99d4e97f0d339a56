"""Certificates on a person's thread: those that the user may see."""

from datetime import date

from django.utils.translation import gettext as _

from bekal.delivery.certificates import permissions, queries
from bekal.delivery.certificates.choices import CertificateStatus
from bekal.foundation.accounts.models import User
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept
from bekal.people.models import Person
from bekal.people.thread import Stop


def stops_for(person: Person, user: User, today: date) -> Answer[Stop]:
    """One stop for each certificate: issued, or what became of it since."""
    may_open = user.may(permissions.VIEW_CERTIFICATES)
    [certificates] = yield Ask(Kept(queries.certificates_of, user, person))
    for certificate in certificates:
        title = _("Certificate issued")
        if certificate.status != CertificateStatus.VALID:
            title = _("Certificate issued, later replaced or revoked")
        yield Stop(
            certificate.facility.day_of(certificate.issued_at),
            title,
            f"{certificate.paper.data['pelatihan']}, {certificate.paper.number}",
            url=path_to("certificates:certificate", certificate.public_id) if may_open else "",
            link=_("The certificate") if may_open else "",
            rank=7,
        )
