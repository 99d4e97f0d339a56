"""Reads about programmes, batches and their sessions, within the user's facility."""

from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.models import Batch, Criterion, Enrolment, Module, Programme, Session
from bekal.delivery.programmes.rules import Slot
from bekal.foundation.accounts.access import is_system, scope_of
from bekal.foundation.accounts.models import User

GOING_ON = (BatchStatus.PLANNED, BatchStatus.RUNNING)


def here(user: User) -> dict[str, int | None]:
    """The filter by facility that every query of this app begins with; none for the house itself."""
    return {} if is_system(user) else {"facility_id": user.posting.facility_id if user.posting else None}


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


def sessions_for(user: User) -> QuerySet[Session]:
    """The sessions on the timetables of the user's facility."""
    sessions = Session.objects.filter(**here(user), is_active=True)
    return sessions.select_related("batch__programme", "batch__facility", "batch__place", "module", "recorded_by")


def sessions_of(batch: Batch) -> QuerySet[Session]:
    """The timetable of a batch."""
    sessions = batch.sessions.filter(is_active=True).select_related("module", "recorded_by")
    return sessions.order_by("held_on", "starts_at", "number", "pk")


def neighbours(session: Session) -> tuple[Session | None, Session | None]:
    """The session before and the one after, by number."""
    others = Session.objects.filter(batch=session.batch_id, is_active=True)
    before = others.filter(number__lt=session.number).order_by("-number").first()
    return before, others.filter(number__gt=session.number).order_by("number").first()


def slots_of_others(batch: Batch, *, first: date, last: date) -> list[Slot]:
    """The hours that other batches of the facility take between two days, with their places and teachers."""
    rows = Session.objects.filter(
        facility=batch.facility_id, is_active=True, batch__status__in=GOING_ON, held_on__range=(first, last)
    ).exclude(Q(batch=batch.pk) | Q(status="not_held"))
    return [
        Slot(*row) for row in rows.values_list(
            "held_on", "starts_at", "ends_at", "batch__place", "batch__teacher", "batch__code"
        )
    ]  # fmt: skip


def enrolments_for(user: User) -> QuerySet[Enrolment]:
    """The parts in batches that the user may see: those in rehabilitation are hidden by row security from most."""
    enrolments = Enrolment.objects.filter(**here(user))
    return enrolments.select_related("person", "custody", "batch__programme", "batch__facility", "tag")


def participants_of(batch: Batch) -> QuerySet[Enrolment]:
    """Everyone ever enrolled in a batch, by name, as far as the user may see them; with the hours that count so far."""
    enrolments = batch.enrolments.select_related("person", "custody", "tag", "nomination")
    jp = Sum("attendances__counted_jp", filter=Q(attendances__session__is_active=True), default=0)
    return enrolments.annotate(jp=jp).order_by("person__search_name", "pk")
