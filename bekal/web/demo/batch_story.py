"""One batch of the demo story on its way: offered, filled, decided, taught."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.choices import DecreeKind, NominationStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Nomination, Session
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.people.models import Custody
from bekal.web.demo import cast, plan

if TYPE_CHECKING:
    from bekal.web.demo.story import Story


class BatchStory:
    """One batch on its way: offered, filled, decided, taught."""

    def __init__(self, story: "Story", offer: plan.Offer, stays: list[Custody]) -> None:
        self.story, self.offer, self.stays = story, offer, stays
        self.batch: Batch
        self.starts_on = story.day - timedelta(days=plan.BATCH_DAYS)
        self.planned_on = self.starts_on - timedelta(days=30)

    def begin(self) -> None:
        """Ask for the steps of this batch."""
        at, later = self.story.at, self.story.later
        decided = self.planned_on + timedelta(days=7)
        later(at(self.planned_on, 8), self._plan)
        later(at(self.planned_on, 11), self._nominate)
        later(at(decided, 9), self._hear)
        later(at(decided, 14), self._decree)
        later(at(self.starts_on, 7), self._start)

    def _plan(self) -> None:
        at, story = self.story.at(self.planned_on, 8), self.story
        with story.acting(self.offer.manager) as manager:
            programme = story.offer(self.offer, at, manager)
            ends_on = story.day - timedelta(days=1)
            self.batch = story.batch(self.offer, programme, self.starts_on, ends_on, manager, at)
            programmes.plan_sessions(batch=self.batch, by=manager, at=at)

    def _nominate(self) -> None:
        at = self.story.at(self.planned_on, 11)
        with self.story.acting(self.offer.proposer) as proposer:
            for stay in self.stays:
                programmes.nominate(batch=self.batch, person=stay.person, by=proposer, at=at)

    def _hear(self) -> None:
        day = self.planned_on + timedelta(days=7)
        with self.story.acting("dewi") as dewi:
            listed = list(Nomination.objects.filter(batch=self.batch, status=NominationStatus.PROPOSED))
            hearing = programmes.call_hearing(
                facility=self.story.facility,
                held_on=day,
                place="Aula",
                members=[{"name": name, "post": title} for _u, name, _r, title in cast.OFFICERS[1:4]],
                nominations=listed,
                by=dewi,
                at=self.story.at(day, 9),
            )
            decisions = {nomination.public_id: Decision(is_accepted=True) for nomination in listed}
            programmes.decide_hearing(hearing=hearing, decisions=decisions, by=dewi, at=self.story.at(day, 9))

    def _decree(self) -> None:
        at = self.story.at(self.planned_on + timedelta(days=7), 14)
        with self.story.acting("wira") as wira:
            for kind in (DecreeKind.PARTICIPANTS, DecreeKind.TEAM):
                team = [(name, title) for _u, name, _r, title in cast.OFFICERS[3:6]]
                decree = programmes.draft_decree(batch=self.batch, kind=kind, team=team, by=wira, at=at)
                programmes.sign_decree(decree=decree, signatory=self.story.head, by=wira, at=at)

    def _start(self) -> None:
        with self.story.acting(self.offer.manager) as manager:
            programmes.start_batch(batch=self.batch, by=manager, at=self.story.at(self.starts_on, 7))
        for session in Session.objects.filter(batch=self.batch, is_active=True).order_by("number"):
            begins = datetime.combine(session.held_on, session.starts_at, self.story.facility.tz).astimezone(UTC)
            ends = datetime.combine(session.held_on, session.ends_at, self.story.facility.tz).astimezone(UTC)
            self.story.later(begins, partial(self._leave_by_law, session, begins))
            self.story.later(ends, partial(self._teach, session, ends + timedelta(minutes=10)))

    def _teach(self, session: Session, at: datetime) -> None:
        with self.story.acting("ayu" if self.offer.manager == "nyoman" else "sari") as teacher:
            there = Enrolment.objects.filter(batch=self.batch, exit_kind="").order_by("pk")
            marks = {enrolment.public_id: self._mark(place, session) for place, enrolment in enumerate(there)}
            programmes.record_attendance(session=session, status=SessionStatus.HELD, marks=marks, by=teacher, at=at)

    def _mark(self, place: int, session: Session) -> Mark:
        every = self.offer.often_absent.get(place)
        if every and session.number % every == 0:
            return Mark(is_present=False, absence_reason=plan.ABSENCES[session.number % len(plan.ABSENCES)])
        participation = "passive" if (place + session.number) % 17 == 0 else "active"
        return Mark(is_present=True, participation=participation, counted_jp=session.jp)

    def _leave_by_law(self, session: Session, at: datetime) -> None:
        """At the sixth session, and at every fourth after it, somebody goes home or is moved: an exit by law."""
        which, rest = divmod(session.number - 6, 4)
        if rest or not 0 <= which < self.offer.leaves_by_law:
            return
        kinds = ("assimilation", "transfer", "parole")
        with self.story.acting(self.offer.manager) as manager:
            enrolment = Enrolment.objects.filter(batch=self.batch, exit_kind="").order_by("-pk")[0]
            yesterday = session.held_on - timedelta(days=1)
            programmes.record_exit(enrolment=enrolment, exit_kind=kinds[which], exit_on=yesterday, by=manager, at=at)
