"""What is missing before a batch may start and before it may close: the facts of a day, handed to the rules."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import (
    BatchStatus,
    CorrectionStatus,
    DecreeKind,
    DecreeStatus,
    EnrolmentStatus,
    SessionStatus,
)
from bekal.delivery.programmes.models import Batch, Correction, Decree, Enrolment, Session
from bekal.delivery.programmes.queries.counts import BatchCounts, SessionCounts, counts_of, session_counts
from bekal.delivery.programmes.rules import BatchFacts, Lack


def facts_on(batch: Batch, today: date) -> BatchFacts:
    """The counts that decide whether a batch may start or close, read for a day. In the scope of whoever asks."""
    sessions = batch.sessions.filter(is_active=True).only("held_on", "status", "facility_id", "batch_id")
    decrees = batch.decrees.filter(status=DecreeStatus.SIGNED).only("kind", "status", "facility_id", "batch_id")
    return facts_from(
        batch,
        today,
        counts_of(batch),
        session_counts([batch]),
        list(sessions),
        list(decrees),
        corrections=open_corrections_in(batch).count(),
        gone=gone_without_exit([batch]).get(batch.pk, 0),
    )


def facts_from(
    batch: Batch,
    today: date,
    counts: BatchCounts,
    per_session: dict[int, SessionCounts],
    sessions: list[Session],
    decrees: list[Decree],
    *,
    corrections: int,
    gone: int,
) -> BatchFacts:
    """The same from what is already read; `corrections` wait for a decision, `gone` left the facility without an exit."""
    kinds = {decree.kind for decree in decrees if decree.status == DecreeStatus.SIGNED}
    held = {session.pk for session in sessions if session.status in (SessionStatus.HELD, SessionStatus.PARTLY_HELD)}
    planned = [session for session in sessions if session.status == SessionStatus.PLANNED]
    return BatchFacts(
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        has_participants_decree=DecreeKind.PARTICIPANTS in kinds,
        has_team_decree=DecreeKind.TEAM in kinds,
        is_rehabilitation=batch.programme.is_confidential,
        has_provider_decree=bool(batch.provider_decree),
        has_standard=bool(batch.standard or batch.programme.standard),
        waiting_nominations=counts.waiting,
        enrolled=counts.enrolled,
        sessions=len(sessions),
        held_jp=counts.held_jp,
        sessions_ahead=sum(session.held_on > today for session in planned),
        sessions_without_record=sum(session.held_on <= today for session in planned),
        missing_marks=sum(row.missing for key, row in per_session.items() if key in held),
        open_corrections=corrections,
        left_without_exit=gone,
    )


def open_corrections_in(batch: Batch) -> QuerySet[Correction]:
    """Corrections of the batch's attendance that nobody has decided."""
    return Correction.objects.filter(session__batch=batch, status=CorrectionStatus.REQUESTED)


def gone_without_exit(batches: Iterable[Batch]) -> dict[int, int]:
    """How many participants of each batch have left the facility, though their part in the batch has not ended."""
    return dict(gone_from(*batches))


def gone_from(*batches: Batch) -> QuerySet[Enrolment, tuple[int, int]]:
    """The read of it: the primary key of each batch, and how many."""
    return gone_among(Enrolment.objects.filter(batch__in=[batch.pk for batch in batches]))


def gone_among(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment, tuple[int, int]]:
    """The same among any enrolments."""
    gone = enrolments.filter(status=EnrolmentStatus.ENROLLED, custody__ended_on__isnull=False)
    return gone.values_list("batch").annotate(n=Count("pk")).order_by()


def lacks_before_start(batch: Batch, *, today: date) -> list[Lack]:
    """What is missing before a batch may start, those first that somebody must meet."""
    return rules.before_start(facts_on(batch, today))


def lacks_before_closing(batch: Batch, *, today: date) -> list[Lack]:
    """What is missing before a batch may close, those first that somebody must meet."""
    return rules.before_closing(facts_on(batch, today))


def lacks_of(batch: Batch, facts: BatchFacts) -> tuple[list[Lack], list[Lack]]:
    """The conditions of the batch's next step, and what a good batch also has. Nothing where the batch has ended."""
    if batch.status not in (BatchStatus.PLANNED, BatchStatus.RUNNING):
        return [], []
    step = rules.before_start if batch.status == BatchStatus.PLANNED else rules.before_closing
    return step(facts), rules.advice(facts)
