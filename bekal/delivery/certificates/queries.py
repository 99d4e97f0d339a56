"""Reads about certificates, within what the user may see."""

from datetime import date

from django.db.models import Q, QuerySet

from bekal.delivery.certificates.choices import CertificateStatus
from bekal.delivery.certificates.models import Certificate
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility, Official
from bekal.people.models import Person


def certificates_for(user: User) -> QuerySet[Certificate]:
    """The certificates of the user's facility, latest first; those of rehabilitation for those with care."""
    facility = user.facility_here
    return (
        Certificate.objects.filter(facility_id=facility)
        .select_related("paper", "enrolment__person", "enrolment__batch__programme", "facility")
        .order_by("-issued_at", "-pk")
    )


def filtered(
    certificates: QuerySet[Certificate], *, text: str = "", status: str = "", year: int | None = None
) -> QuerySet[Certificate]:
    """Those whose number or code holds `text`, of one standing, issued in one year."""
    if text:
        certificates = certificates.filter(Q(paper__number__icontains=text) | Q(code__icontains=text))
    if status:
        certificates = certificates.filter(status=status)
    return certificates.filter(paper__series__year=year) if year else certificates


def years_for(user: User) -> list[int]:
    """The years in which certificates in sight were issued, latest first."""
    years = certificates_for(user).order_by().values_list("paper__series__year", flat=True).distinct()
    return sorted(years, reverse=True)


def certificates_of(user: User, person: Person) -> QuerySet[Certificate]:
    """The certificates of one person that the user may see, latest first."""
    return certificates_for(user).filter(enrolment__person=person)


def standing_certificate(enrolment_id: int) -> Certificate | None:
    """The certificate that stands for a part in a batch, if one was issued: the replaced ones do not count."""
    return Certificate.objects.filter(enrolment_id=enrolment_id).exclude(status=CertificateStatus.REPLACED).first()


def head_on(facility: Facility, day: date) -> Official | None:
    """Who heads the facility on a day, acting or not."""
    heads = Official.objects.filter(facility=facility, is_head=True, from_on__lte=day)
    return heads.filter(Q(until_on=None) | Q(until_on__gte=day)).order_by("-from_on", "-pk").first()
