"""Reads about ceremonies, within what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.delivery.ceremonies.models import AgendaItem, Ceremony, CeremonyBatch, HandOver
from bekal.delivery.programmes import queries as programmes
from bekal.delivery.programmes.choices import BatchStatus, EnrolmentStatus, ProgrammeKind
from bekal.delivery.programmes.models import Batch, Enrolment
from bekal.delivery.programmes.rules import Lack, State
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event


def ceremonies_for(user: User) -> QuerySet[Ceremony]:
    """The ceremonies of the user's facility, latest first."""
    facility = user.facility_here
    ceremonies = Ceremony.objects.filter(facility_id=facility)
    return ceremonies.select_related("facility", "signatory", "job", "minutes", "closed_by").order_by("-held_on", "-pk")


def batches_of(ceremony: Ceremony) -> list[CeremonyBatch]:
    """The batches of a ceremony in calling order."""
    rows = ceremony.ceremony_batches.select_related("batch__programme", "batch__place", "batch__facility")
    return list(rows.order_by("position", "pk"))


def agenda_of(ceremony: Ceremony) -> list[AgendaItem]:
    """The running order."""
    return list(ceremony.agenda.filter(is_active=True).order_by("starts_at", "pk"))


def batches_to_close(user: User, *, besides: Ceremony | None = None) -> QuerySet[Batch]:
    """Running batches that no other ceremony closes."""
    facility = user.facility_here
    taken = CeremonyBatch.objects.exclude(ceremony=None).exclude(ceremony__status=CeremonyStatus.CANCELLED)
    if besides:
        taken = taken.exclude(ceremony=besides)
    running = Batch.objects.filter(facility_id=facility, status=BatchStatus.RUNNING)
    return running.exclude(pk__in=taken.values("batch")).select_related("programme").order_by("ends_on", "code", "pk")


def version_of(ceremony: Ceremony, code: str) -> str:
    """How often this was done to a ceremony, as the trail tells: what a form carries from its opening to its saving."""
    return str(Event.objects.filter(facility=ceremony.facility_id, subject=ceremony.public_id, code=code).count())


@dataclass(frozen=True)
class Counts:
    """How many of a batch: numbers only, the same for everyone who may see the ceremony."""

    batch_id: int
    enrolled: int = 0
    completed: int = 0
    participated: int = 0
    left_by_law: int = 0
    left_otherwise: int = 0
    worn_tags: int = 0
    issued: int = 0
    waiting: int = 0
    received: int = 0
    absent: int = 0
    to_be_sent: int = 0

    @property
    def due(self) -> int:
        """Papers that are due once the batch is closed."""
        return self.completed + self.participated


def counts_of(ceremony: Ceremony) -> dict[int, Counts]:
    """The counts of each batch of a ceremony, by batch; counted past what the user may see."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ceremonies_counts(%s)", [ceremony.pk])
        return {row[0]: Counts(*row) for row in cursor.fetchall()}


def total(counts: Iterable[Counts]) -> Counts:
    """The counts of all batches together."""
    rows = list(counts)
    sums = {field.name: sum(getattr(row, field.name) for row in rows) for field in fields(Counts)}
    return Counts(**{**sums, "batch_id": 0})


def calling_order(ceremony: Ceremony) -> list[Enrolment]:
    """Who is called, and when: batch by batch in their order, within a batch by name. In the scope of whoever asks."""
    places = dict(ceremony.ceremony_batches.values_list("batch_id", "position"))
    place = Case(*(When(batch_id=key, then=Value(at)) for key, at in places.items()), output_field=IntegerField())
    due = Enrolment.objects.filter(
        batch_id__in=places, status__in=(EnrolmentStatus.COMPLETED, EnrolmentStatus.PARTICIPATED)
    )
    return list(due.annotate(place=place).select_related("person").order_by("place", "person__search_name", "pk"))


def hand_overs_of(ceremony: Ceremony, *, batch: Batch | None = None) -> QuerySet[HandOver]:
    """The handing over of each certificate in calling order, as far as the user may see them."""
    rows = ceremony.hand_overs.select_related(
        "certificate__paper", "certificate__enrolment__person", "certificate__enrolment__batch", "recorded_by"
    ).order_by("position", "pk")
    return rows.filter(certificate__enrolment__batch=batch) if batch else rows


def open_lines_of(ceremony: Ceremony) -> list[HandOver]:
    """Certificates of a ceremony that have not reached their holder, as far as the user may see them."""
    away = (HandOverOutcome.ABSENT, HandOverOutcome.TO_BE_SENT)
    return list(hand_overs_of(ceremony).filter(outcome__in=away))


def ceremonies_ahead(user: User) -> QuerySet[Ceremony]:
    """What is planned or not yet ended."""
    return ceremonies_for(user).exclude(status__in=(CeremonyStatus.ENDED, CeremonyStatus.CANCELLED))


@dataclass(frozen=True)
class Due:
    """What a closing would issue and release. `hidden` are participants whose outcome the user may not see."""

    certificates: int
    participations: int
    hidden: int
    tags: int


def due_of(user: User, ceremony: Ceremony) -> Due:
    """What the closing of a ceremony's batches would bring, by the rule of completion of each programme."""
    certificates = participations = hidden = tags = 0
    for row in batches_of(ceremony):
        counts = programmes.counts_of(row.batch)
        tags += counts.worn_tags
        if row.batch.programme.is_confidential and not programmes.sees_care(user):
            hidden += counts.enrolled
            continue
        for standing in programmes.standings_of(row.batch, held_jp=counts.held_jp):
            if standing.enrolment.status == EnrolmentStatus.ENROLLED:
                certificates += standing.has_reached
                participations += not standing.has_reached
    return Due(certificates, participations, hidden, tags)


@dataclass(frozen=True)
class BatchLack:
    """A condition of closing that a batch of the ceremony does not meet."""

    batch: Batch
    lack: Lack


def lacks_of(user: User, ceremony: Ceremony, today: date) -> list[BatchLack]:
    """What is missing before the batches of a ceremony may close; of batches out of sight, their own team knows."""
    return [
        BatchLack(row.batch, lack)
        for row in batches_of(ceremony)
        if programmes.sees_care(user) or not row.batch.programme.is_confidential
        for lack in programmes.lacks_before_closing(row.batch, today=today)
        if lack.state != State.MET
    ]


def with_confidential(ceremonies: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    """The ceremonies, each saying as `closes_confidential` whether a batch of rehabilitation closes at it."""
    rehabilitation = CeremonyBatch.objects.filter(
        ceremony=OuterRef("pk"), batch__programme__kind=ProgrammeKind.REHABILITATION
    )
    return ceremonies.annotate(closes_confidential=Exists(rehabilitation))


def has_confidential(ceremony: Ceremony) -> bool:
    """Whether a batch of rehabilitation closes at a ceremony: then the head or the programme manager closes all of them."""
    return any(row.batch.programme.is_confidential for row in batches_of(ceremony))
