"""Tells the story of the demo house through the same operations that officers use, day after day up to the closing."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from bekal.delivery.ceremonies import operations as ceremonies
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.choices import BatchStatus, DecreeKind, NominationStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Nomination, Programme, Session
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.foundation.accounts import operations as accounts
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.commands import actor
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.scope import enter
from bekal.foundation.facilities import operations as facilities
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.people import operations as people
from bekal.people.models import Custody
from bekal.web.demo import cast, plan

CODE = "DEMO"
LOADED = "demo.story.loaded"


def open_facility(*, at: datetime) -> Facility:
    """The demo's one facility, without anybody in it."""
    return facilities.open_facility(
        code=CODE,
        name="Lapas Kelas IIB Melati",
        kind="lapas",
        facility_class="IIB",
        zone="WITA",
        regency_code="51.02",
        issuer_name="Balai Latihan Amerta",
        issue_place="Amerta",
        asks_at="Balai Latihan Amerta, Jalan Kenari 1, Amerta",
        address="Jalan Kenari 1, Amerta",
        phone="",
        letterhead="KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN\nKANTOR WILAYAH CONTOH",
        by=system_user(),
        at=at,
        is_demo=True,
    )


class Story:
    """The house on its way to `day`, the day of the closing. Everything happens in the caller's transaction."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.house = system_user()
        self.officers: dict[str, User] = {}
        self.facility: Facility
        self.steps: list[tuple[datetime, int, Callable[[], object]]] = []
        self.told = 0

    def at(self, day: date, hour: int = 8, minute: int = 0) -> datetime:
        """An hour of a day in the facility's own zone."""
        return datetime.combine(day, time(hour, minute), self.facility.tz).astimezone(UTC)

    @contextmanager
    def acting(self, username: str) -> Iterator[User]:
        """Somebody at work, seeing what they may see."""
        user = self.officers[username]
        enter(scope_of(user))
        yield user
        enter(scope_of(self.house))

    def later(self, at: datetime, step: Callable[[], object]) -> None:
        """Something that will happen at an hour. Steps may ask for further steps."""
        heapq.heappush(self.steps, (at, len(self.steps) + self.told * 1000, step))

    def tell(self) -> None:
        """The whole story, in the order in which it happened: nothing is sealed by a clock behind the trail."""
        opened = self.day - timedelta(days=200)
        self.facility = open_facility(at=datetime.combine(opened, time(1), UTC))
        enter(scope_of(self.house))
        self._hire(opened)
        self._furnish(opened)
        stays = self._admit(opened + timedelta(days=1))
        for offer, mine in zip(plan.OFFERS, self._shared_out(stays), strict=True):
            BatchStory(self, offer, mine).begin()
        self.later(self.at(self.day - timedelta(days=3), 8), lambda: self._next_batch(stays))
        self.later(self.at(self.day - timedelta(days=1), 18), self._plan_ceremony)
        while self.steps:
            _at, _order, step = heapq.heappop(self.steps)
            self.told += 1
            step()
        audit.record(LOADED, on=self.facility, by=self.house, at=self._now(), facility=self.facility.pk)

    def _shared_out(self, stays: list[Custody]) -> list[list[Custody]]:
        """Who takes part in which batch. Joko, the first of all, learns to bake."""
        rehabilitation, baking, laundry = (offer.seats for offer in plan.OFFERS)
        first, second = rehabilitation, rehabilitation + baking - 1
        return [stays[1:first], [stays[0], *stays[first:second]], stays[second : second + laundry]]

    def _now(self) -> datetime:
        """Early on the day itself."""
        return self.at(self.day, 0, 30)

    def _hire(self, day: date) -> None:
        at = self.at(day, 9)
        for username, name, role, title in cast.OFFICERS:
            user = accounts.create_officer(
                username=username,
                name=name,
                nip="",
                password=cast.PASSWORD,
                facility=self.facility,
                by=self.house,
                at=at,
                must_change_password=False,
                is_demo=True,
            )
            posting: dict[str, Any] = {
                "role": role,
                "title": title,
                "from_on": day,
                "until_on": None,
                "is_acting": False,
                "basis": "",
            }
            user.posting = accounts.add_posting(user=user, facility=self.facility, by=self.house, at=at, **posting)
            self.officers[username] = user
        second: dict[str, Any] = {
            "role": "programme_manager",
            "title": "Kasubsi Perawatan",
            "from_on": self.day - timedelta(days=7),
        }
        accounts.add_posting(
            user=self.officers["budi"],
            facility=self.facility,
            until_on=self.day + timedelta(days=60),
            is_acting=True,
            basis="Surat perintah contoh nomor 12/CONTOH",
            by=self.house,
            at=at,
            **second,
        )

    def _furnish(self, day: date) -> None:
        at = self.at(day, 10)
        for name, capacity in (("Aula", 80), ("Dapur Pelatihan", 20), ("Ruang Cuci", 14)):
            facilities.add_place(facility=self.facility, name=name, capacity=capacity, by=self.house, at=at)
        facilities.add_official(
            facility=self.facility,
            name="I Gede Wira Pranata, S.H.",
            nip="",
            post="Kepala Lapas",
            is_head=True,
            is_acting=False,
            acting_basis="",
            from_on=day,
            by=self.house,
            at=at,
        )

    @property
    def head(self) -> Official:
        return Official.objects.get(facility=self.facility, is_head=True)

    def _admit(self, day: date) -> list[Custody]:
        with self.acting("ratna") as ratna:
            return [
                people.admit(
                    facility=self.facility, person=one.person, stay=one.stay, by=ratna, at=self.at(day, 9, minute % 60)
                )
                for minute, one in enumerate(cast.people(72, today=self.day))
            ]

    def offer(self, offer: plan.Offer, at: datetime, by: User) -> Programme:
        programme = programmes.create_programme(
            facility=self.facility,
            kind=offer.kind,
            title=offer.title,
            certificate_title=offer.certificate_title,
            hours_jp=offer.hours_jp,
            attendance_basis="Ketetapan UPT",
            is_verdict_only=offer.is_verdict_only,
            by=by,
            at=at,
        )
        lines = [{"title": title, "hours_jp": hours} for title, hours in offer.modules]
        programmes.set_modules(programme=programme, lines=lines, by=by, at=at)
        for rule, value, basis in offer.criteria:
            programmes.add_criterion(
                programme=programme,
                rule=rule,
                value=value,
                from_on=self.day - timedelta(days=190),
                basis=basis,
                by=by,
                at=at,
            )
        return programme

    def batch(
        self,
        offer: plan.Offer,
        programme: Programme,
        starts_on: date,
        ends_on: date,
        by: User,
        at: datetime,
        code: str = "",
    ) -> Batch:
        return programmes.create_batch(
            programme=programme,
            code=code or offer.code,
            capacity=offer.seats,
            place=Place.objects.get(facility=self.facility, name=offer.place),
            starts_on=starts_on,
            ends_on=ends_on,
            weekdays=offer.weekdays,
            starts_at=offer.hours[0],
            ends_at=offer.hours[1],
            jp_per_session=offer.jp,
            teacher=self.officers["sari" if offer.manager == "budi" else "ayu"],
            provider_decree=offer.provider_decree,
            by=by,
            at=at,
        )

    def _next_batch(self, stays: list[Custody]) -> None:
        """A second laundry batch is being filled: nominations wait for the board."""
        offer, day = plan.OFFERS[2], self.day - timedelta(days=3)
        laundry = Programme.objects.get(title=offer.title)
        with self.acting("budi") as budi:
            starts_on, ends_on = self.day + timedelta(days=12), self.day + timedelta(days=48)
            batch = self.batch(offer, laundry, starts_on, ends_on, budi, self.at(day, 8), code="LD2")
            programmes.plan_sessions(batch=batch, by=budi, at=self.at(day, 8, 30))
        with self.acting("sari") as sari:
            for stay in stays[58:65]:
                programmes.nominate(batch=batch, person=stay.person, by=sari, at=self.at(day, 9))

    def _plan_ceremony(self) -> None:
        running = {batch.code: batch for batch in Batch.objects.filter(status=BatchStatus.RUNNING)}
        with self.acting("nyoman") as nyoman:
            ceremonies.plan_ceremony(
                facility=self.facility,
                title="Penutupan Rehabilitasi Sosial dan Pelatihan Kemandirian",
                held_on=self.day,
                starts_at=time(9, 0),
                place="Aula",
                signatory=self.head,
                batches=[running[offer.code] for offer in plan.OFFERS],
                handed_over_by="Kepala Lapas",
                by=nyoman,
                at=self.at(self.day - timedelta(days=1), 18),
            )


class BatchStory:
    """One batch on its way: offered, filled, decided, taught."""

    def __init__(self, story: Story, offer: plan.Offer, stays: list[Custody]) -> None:
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


def close(*, at: datetime) -> Ceremony:
    """The closing of the story, up to the asking for certificates; the worker issues them."""
    user = actor("wira")
    enter(scope_of(user))
    ceremony = Ceremony.objects.get()
    return ceremonies.close_batches(ceremony=ceremony, by=user, at=at)
