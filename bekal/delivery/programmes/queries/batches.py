"""Reads about programmes and batches, within the user's facility."""

from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from bekal.delivery.programmes.choices import BatchStatus, EnrolmentStatus
from bekal.delivery.programmes.models import Batch, Criterion, Enrolment, Module, Programme
from bekal.foundation.accounts.access import is_system, scope_of
from bekal.foundation.accounts.models import User
from bekal.people.models import Person

GOING_ON = (BatchStatus.PLANNED, BatchStatus.RUNNING)


def here(user: User) -> dict[str, int | None]:
    """The filter by facility that every query of this app begins with; none for the house itself."""
    return {} if is_system(user) else {"facility_id": user.facility_here}


def sees_care(user: User) -> bool:
    """Whether the user may know who takes part in rehabilitation."""
    return scope_of(user).care


def programmes_for(user: User) -> QuerySet[Programme]:
    """The programmes of the user's facility."""
    return Programme.objects.filter(**here(user)).select_related("facility").order_by("title", "pk")


def programmes_with_batches(user: User) -> QuerySet[Programme]:
    """The programmes with how many batches each has had."""
    return programmes_for(user).annotate(batch_count=Count("batches"))


def modules_of(programme: Programme) -> QuerySet[Module]:
    """The modules in use, in their order."""
    return programme.modules.filter(is_active=True).order_by("position", "pk")


def modules_jp(programme: Programme) -> int:
    """The hours of the modules in use together."""
    return modules_of(programme).aggregate(sum=Sum("hours_jp"))["sum"] or 0


def criteria_on(programme: Programme, day: date) -> QuerySet[Criterion]:
    """What the programme asks on a day."""
    in_force = Q(until_on=None) | Q(until_on__gte=day)
    return programme.criteria.filter(in_force, from_on__lte=day).order_by("rule", "pk")


def criteria_of(programme: Programme) -> QuerySet[Criterion]:
    """Everything the programme ever asked, latest first."""
    return programme.criteria.order_by("-from_on", "rule", "-pk")


def batches_for(user: User) -> QuerySet[Batch]:
    """The batches of the user's facility, latest first."""
    batches = Batch.objects.filter(**here(user)).select_related("programme", "facility", "place", "teacher")
    return batches.order_by("-starts_on", "code", "-pk")


def batches_going_on(user: User) -> QuerySet[Batch]:
    """The batches of the user's facility that are being filled or running, soonest first."""
    return batches_for(user).filter(status__in=GOING_ON).order_by("-status", "starts_on", "pk")


def batches_of(
    user: User, *, status: str = "", kind: str = "", year: int | None = None, words: str = ""
) -> QuerySet[Batch]:
    """The batches that the list shows for its filters."""
    batches = batches_for(user)
    if status:
        batches = batches.filter(status=status)
    if kind:
        batches = batches.filter(programme__kind=kind)
    if year:
        batches = batches.filter(year=year)
    return batches.filter(Q(programme__title__icontains=words) | Q(code__iexact=words)) if words else batches


def years_for(user: User) -> list[int]:
    """The years in which batches began."""
    rows = Batch.objects.filter(**here(user)).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def teachers_of(facility_id: int) -> QuerySet[User]:
    """Those who work at the facility and can be named as teachers."""
    users = User.objects.filter(is_active=True, postings__facility_id=facility_id, postings__ended_at=None)
    return users.distinct().order_by("name", "pk")


def enrolments_for(user: User) -> QuerySet[Enrolment]:
    """The parts in batches that the user may see: those in rehabilitation are hidden by row security from most."""
    enrolments = Enrolment.objects.filter(**here(user))
    return enrolments.select_related("person", "custody", "batch__programme", "batch__facility", "tag")


def participants_of(batch: Batch) -> QuerySet[Enrolment]:
    """Everyone ever enrolled in a batch, by name, as far as the user may see them; with the hours that count so far."""
    enrolments = batch.enrolments.select_related("person", "custody", "tag", "nomination")
    ordinary = Q(attendances__session__is_active=True, attendances__session__makes_up_for=None)
    jp = Sum("attendances__counted_jp", filter=ordinary, default=0)
    return enrolments.annotate(jp=jp).order_by("person__search_name", "pk")


def people_of(batch: Batch) -> list[Person]:
    """Who takes part in a batch or did until its end, by name, as far as the user may see them."""
    parts = batch.enrolments.exclude(status=EnrolmentStatus.LEFT).select_related("person").defer("person__nik")
    return [row.person for row in parts.order_by("person__search_name", "pk")]
