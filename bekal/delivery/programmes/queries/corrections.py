"""Reads about corrections, as far as the user may see them: those in rehabilitation are hidden by row security."""

from django.db.models import QuerySet

from bekal.delivery.programmes.choices import CorrectionStatus
from bekal.delivery.programmes.models import Attendance, Correction, Session
from bekal.delivery.programmes.queries.batches import here
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User


def corrections_for(user: User) -> QuerySet[Correction]:
    """All corrections of the user's facility, latest first."""
    corrections = Correction.objects.filter(**here(user)).select_related(
        "facility", "session__batch__programme", "session__batch__facility", "session__place", "session__makes_up_for",
        "enrolment__person", "requested_by", "decided_by",
    )  # fmt: skip
    return corrections.order_by("-requested_at", "-pk")


def waiting_corrections(user: User) -> QuerySet[Correction]:
    """The corrections that wait for a decision."""
    return corrections_for(user).filter(status=CorrectionStatus.REQUESTED)


def open_corrections_of(session: Session) -> dict[int | None, Correction]:
    """The open requests about a session, by the enrolment's primary key; about the session itself by nothing."""
    waiting = session.corrections.filter(status=CorrectionStatus.REQUESTED).select_related("requested_by")
    return {row.enrolment_id: row for row in waiting}


def stands_now(correction: Correction) -> Attendance | None:
    """What the sheet says now of whom a correction is about."""
    return Attendance.objects.filter(
        session=correction.session_id, enrolment=correction.enrolment_id, is_withdrawn=False
    ).first()


def asked_mark(correction: Correction) -> Mark:
    """What the mark shall say instead."""
    return Mark(correction.is_present, correction.absence_reason, correction.participation, correction.counted_jp)
