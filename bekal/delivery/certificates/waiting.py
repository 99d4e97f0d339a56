"""What waits because of certificates."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.certificates import permissions, queries
from bekal.delivery.certificates.choices import CertificateStatus
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.waiting import Urgency, Wait


def waiting_for(user: User, today: date) -> Iterable[Wait]:
    """Certificates that print a name which has been corrected since: the head issues them anew."""
    if not user.may(permissions.VIEW_CERTIFICATES):
        return
    valid = queries.certificates_for(user).filter(status=CertificateStatus.VALID)
    outdated = valid.annotate(printed=KeyTextTransform("nama", "paper__data")).exclude(
        printed=F("enrolment__person__full_name")
    )
    count = outdated.count()
    if count:
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
            url=reverse("certificates:certificate", args=[outdated[0].public_id]),
            action=_("See the certificate"),
        )
