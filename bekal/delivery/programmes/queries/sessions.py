"""Reads about sessions: the timetable of a batch, of a week, and who needs which place when."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from bekal.delivery.programmes.choices import SessionStatus
from bekal.delivery.programmes.models import Batch, Facilitator, Instructor, Session
from bekal.delivery.programmes.queries.batches import here, sees_care
from bekal.delivery.programmes.rules import Slot
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility


def with_teachers(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with those who teach them, as `teachers` (`teachers_of_session`)."""
    teaching = Facilitator.objects.filter(is_active=True).select_related("officer", "instructor").order_by("pk")
    return sessions.prefetch_related(Prefetch("facilitators", queryset=teaching, to_attr="teaching"))


def sessions_for(user: User) -> QuerySet[Session]:
    """The sessions on the timetables of the user's facility."""
    sessions = Session.objects.filter(**here(user), is_active=True)
    return sessions.select_related(
        "batch__programme", "batch__facility", "batch__teacher", "facility", "place", "module", "recorded_by",
        "makes_up_for",
    )  # fmt: skip


def sessions_of(batch: Batch) -> QuerySet[Session]:
    """The timetable of a batch, catch-up sessions included."""
    sessions = batch.sessions.filter(is_active=True).select_related("module", "recorded_by", "place", "makes_up_for")
    return sessions.order_by("held_on", "starts_at", "number", "pk")


def neighbours(session: Session) -> tuple[Session | None, Session | None]:
    """The session before and the one after, by day and hour."""
    others = list(sessions_of(session.batch))
    place = next(n for n, other in enumerate(others) if other.pk == session.pk)
    before = others[place - 1] if place else None
    return before, others[place + 1] if place + 1 < len(others) else None


def instructors_of(facility: Facility) -> QuerySet[Instructor]:
    """The instructors from outside who may be named."""
    return Instructor.objects.filter(facility=facility, is_active=True).order_by("name", "pk")


def week_of(user: User, first: date, last: date) -> list[Session]:
    """Everything that takes place between two days, by day, hour and place."""
    sessions = sessions_for(user).filter(held_on__range=(first, last)).exclude(status=SessionStatus.NOT_HELD)
    return list(with_teachers(sessions).order_by("held_on", "starts_at", "place__name", "pk"))


def code_of_teacher(facilitator: Facilitator) -> str:
    """A code for somebody who teaches, the same in every slot."""
    return f"o{facilitator.officer_id}" if facilitator.officer_id else f"i{facilitator.instructor_id}"


def may_name(session: Session, user: User) -> bool:
    """Whether a user may be told which batch a session belongs to, where it stands in somebody else's way."""
    return not session.batch.programme.is_confidential or sees_care(user)


def slots_between(user: User, facility: Facility, first: date, last: date, *, besides: Collection[int]) -> list[Slot]:
    """The hours that sessions of a facility take between two days, but for those of some (primary keys)."""
    taken = Session.objects.filter(Q(facility=facility, is_active=True), held_on__range=(first, last))
    taken = taken.exclude(Q(pk__in=besides) | Q(status=SessionStatus.NOT_HELD)).select_related("batch__programme")
    return [_slot(session, user) for session in with_teachers(taken)]


def _slot(session: Session, user: User) -> Slot:
    return Slot(
        session.held_on,
        session.starts_at,
        session.ends_at,
        session.place_id,
        frozenset(code_of_teacher(row) for row in teachers_of_session(session)),
        session.batch.capacity,
        session.shares_place,
        f"{session.batch.name}, {session.name}" if may_name(session, user) else "",
        session.pk,
    )


def teachers_of_session(session: Session) -> Iterable[Facilitator]:
    """Who teaches a session, as `with_teachers` read them."""
    return session.teaching  # type: ignore[attr-defined]
