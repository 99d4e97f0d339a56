"""What waits because of certificates."""

from datetime import date

from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.certificates import permissions, queries
from bekal.delivery.certificates.choices import CertificateStatus
from bekal.delivery.certificates.models import Certificate
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, HowMany, Kept
from bekal.foundation.core.waiting import Urgency, Wait


def waiting_for(user: User, today: date) -> Answer[Wait]:
    """Certificates that print a name which has been corrected since: the head issues them anew."""
    if not user.may(permissions.VIEW_CERTIFICATES):
        return
    [count], first = yield Ask(HowMany(Kept(_outdated, user)), Kept(_latest_outdated, user))
    for certificate in first:
        yield Wait(
            desk=Role.HEAD,
            urgency=Urgency.WEEK,
            when=_("this week"),
            what=ngettext(
                "One certificate prints a name that was corrected",
                "%(n)s certificates print a name that was corrected",
                count,
            )
            % {"n": count},
            why=_("Whoever holds it may be asked why the names differ."),
            url=path_to("certificates:certificate", certificate.public_id),
            action=_("See the certificate"),
        )


def _outdated(user: User) -> QuerySet[Certificate]:
    valid = queries.certificates_for(user).filter(status=CertificateStatus.VALID)
    printed = KeyTextTransform("nama", "paper__data")
    return valid.annotate(printed=printed).exclude(printed=F("enrolment__person__full_name"))


def _latest_outdated(user: User) -> QuerySet[Certificate]:
    return _outdated(user)[:1]
