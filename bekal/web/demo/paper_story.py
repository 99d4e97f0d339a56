"""What the demo house does with paper, rooms and late corrections, in the last days before the closing."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes import queries
from bekal.delivery.programmes.choices import SessionStatus
from bekal.delivery.programmes.models import Attendance, Batch, Session
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User

if TYPE_CHECKING:
    from bekal.web.demo.story import Story


def begin(story: "Story") -> None:
    """Ask for the steps of this part of the story."""
    two_before, one_before = story.day - timedelta(days=2), story.day - timedelta(days=1)
    story.later(story.at(two_before, 19), lambda: _tell(story, story.at(two_before, 19)))
    story.later(story.at(one_before, 17, 30), lambda: _make_up(story, story.at(one_before, 17, 30)))


def _tell(story: "Story", at: datetime) -> None:
    batch = Batch.objects.select_related("programme", "facility", "place").get(code="TB1", facility=story.facility)
    with story.acting("budi") as budi:
        programmes.add_instructor(
            facility=story.facility, name="Ketut Arsa Contoh", agency="BLK Contoh", by=budi, at=at
        )
        programmes.set_make_up_rule(
            programme=batch.programme,
            does_count=True,
            most_percent=10,
            from_on=batch.starts_on,
            basis="Ketetapan UPT contoh",
            by=budi,
            at=at,
        )
        missed = _missed(batch, story)
        if missed:
            _plan_catch_up(missed, story, budi, at)
    with story.acting("sari") as sari:
        _print(batch, story, sari, at)
    _correct(batch, story, at)


def _missed(batch: Batch, story: "Story") -> Session | None:
    """The latest ordinary session, two days old or more, that somebody missed."""
    held = queries.sessions_of(batch).filter(makes_up_for=None, held_on__lt=story.day - timedelta(days=2))
    return next((session for session in held.order_by("-held_on") if queries.missed_at(session)), None)


def _plan_catch_up(missed: Session, story: "Story", by: User, at: datetime) -> None:
    programmes.plan_catch_up(
        missed=missed,
        people=[row.enrolment for row in queries.missed_at(missed)],
        held_on=story.day - timedelta(days=1),
        starts_at=time(13, 0),
        ends_at=time(16, 45),
        jp=5,
        officers=[story.officers["sari"]] if _is_free(story) else [],
        by=by,
        at=at,
    )


def _is_free(story: "Story") -> bool:
    """Whether Sari teaches nothing else that afternoon."""
    taught = Session.objects.filter(held_on=story.day - timedelta(days=1), is_active=True, starts_at__gte=time(12))
    return not taught.filter(facilitators__officer=story.officers["sari"], facilitators__is_active=True).exists()


def _print(batch: Batch, story: "Story", by: User, at: datetime) -> None:
    first = story.day - timedelta(days=7)
    sessions, people = queries.on_paper(batch, first, first + timedelta(days=6))
    if sessions:
        programmes.print_sheet(batch=batch, sessions=sessions, enrolments=people, by=by, at=at)


def _correct(batch: Batch, story: "Story", at: datetime) -> None:
    """Sari asks, Budi decides: somebody was in court, not ill."""
    late = story.day - timedelta(days=12)
    absent = Attendance.objects.filter(
        session__batch=batch, session__held_on__lt=late, is_present=False, absence_reason="sick"
    ).select_related("session__batch__programme", "session__facility", "enrolment")
    row = absent.order_by("pk").first()
    if row is None:
        return
    with story.acting("sari") as sari:
        asked = programmes.request_mark_correction(
            session=row.session,
            enrolment=row.enrolment,
            mark=Mark(False, "court"),
            reason="Surat panggilan sidang contoh baru diterima",
            by=sari,
            at=at,
        )
    with story.acting("budi") as budi:
        programmes.decide_correction(correction=asked, is_accepted=True, by=budi, at=at + timedelta(minutes=20))


def _make_up(story: "Story", at: datetime) -> None:
    """The catch-up session is held on the day before the closing."""
    catch_ups = Session.objects.filter(makes_up_for__isnull=False, is_active=True, status=SessionStatus.PLANNED)
    with story.acting("sari") as sari:
        for session in catch_ups.select_related("batch", "facility"):
            there = {seat.public_id: Mark(True, "", "active", session.jp) for seat in queries.on_list(session)}
            programmes.record_attendance(session=session, status=SessionStatus.HELD, marks=there, by=sari, at=at)
