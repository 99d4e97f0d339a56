"""Tells the story of the demo house through the same operations that officers use, day after day up to the closing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from bekal.delivery.ceremonies import operations as ceremonies
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.choices import BatchStatus, DecreeKind, NominationStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Nomination, Programme, Session
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.foundation.accounts import operations as accounts
from bekal.foundation.accounts.access import scope_of
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

    def tell(self) -> None:
        """The whole story, in the order in which it happened."""
        opened = self.day - timedelta(days=200)
        self.facility = open_facility(at=datetime.combine(opened, time(1), UTC))
        enter(scope_of(self.house))
        self._hire(opened)
        self._furnish(opened)
        stays = self._admit(opened + timedelta(days=1))
        batches = self._run_batches(stays)
        self._next_batch(batches, stays)
        self._plan_ceremony(batches)
        audit.record(LOADED, on=self.facility, by=self.house, at=self._now(), facility=self.facility.pk)

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
            name="I Gede Wira Pranata, A.Md.IP., S.H.",
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

    def _run_batches(self, stays: list[Custody]) -> list[Batch]:
        taken = 0
        batches = []
        for offer in plan.OFFERS:
            mine = stays[taken : taken + offer.seats]
            # Joko is the first of all, and learns to bake.
            if offer.code == "RS1":
                mine = stays[1 : 1 + offer.seats - 1]
            elif offer.code == "TB1":
                mine = [stays[0], *stays[24 : 24 + offer.seats - 1]]
            else:
                mine = stays[44 : 44 + offer.seats]
            batches.append(self._run_batch(offer, mine))
            taken += offer.seats
        return batches

    def _offer(self, offer: plan.Offer, at: datetime, by: User) -> Programme:
        programme = programmes.create_programme(
            facility=self.facility,
            kind=offer.kind,
            title=offer.title,
            certificate_title=offer.certificate_title,
            hours_jp=offer.hours_jp,
            attendance_basis="Ketetapan UPT, belum diverifikasi",
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

    def _batch(
        self, offer: plan.Offer, programme: Programme, starts_on: date, ends_on: date, by: User, at: datetime
    ) -> Batch:
        return programmes.create_batch(
            programme=programme,
            code=offer.code,
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

    def _run_batch(self, offer: plan.Offer, stays: list[Custody]) -> Batch:
        starts_on = self.day - timedelta(days=plan.BATCH_DAYS)
        planned = starts_on - timedelta(days=30)
        with self.acting(offer.manager) as manager:
            programme = self._offer(offer, self.at(planned, 8), manager)
            batch = self._batch(offer, programme, starts_on, self.day - timedelta(days=1), manager, self.at(planned, 9))
            programmes.plan_sessions(batch=batch, by=manager, at=self.at(planned, 10))
        with self.acting(offer.proposer) as proposer:
            for stay in stays:
                programmes.nominate(batch=batch, person=stay.person, by=proposer, at=self.at(planned, 11))
        self._decide(batch, planned + timedelta(days=7))
        with self.acting(offer.manager) as manager:
            programmes.start_batch(batch=batch, by=manager, at=self.at(starts_on, 7))
        self._hold_sessions(offer, batch)
        return Batch.objects.get(pk=batch.pk)

    def _decide(self, batch: Batch, day: date) -> None:
        with self.acting("dewi") as dewi:
            listed = list(Nomination.objects.filter(batch=batch, status=NominationStatus.PROPOSED))
            hearing = programmes.call_hearing(
                facility=self.facility,
                held_on=day,
                place="Aula",
                members=[{"name": name, "post": title} for _u, name, _r, title in cast.OFFICERS[1:4]],
                nominations=listed,
                by=dewi,
                at=self.at(day, 9),
            )
            decisions = {nomination.public_id: Decision(is_accepted=True) for nomination in listed}
            programmes.decide_hearing(hearing=hearing, decisions=decisions, by=dewi, at=self.at(day, 11))
        with self.acting("wira") as wira:
            at = self.at(day, 14)
            for kind in (DecreeKind.PARTICIPANTS, DecreeKind.TEAM):
                team = [(name, title) for _u, name, _r, title in cast.OFFICERS[3:6]]
                decree = programmes.draft_decree(batch=batch, kind=kind, team=team, by=wira, at=at)
                programmes.sign_decree(decree=decree, signatory=self.head, by=wira, at=at)

    def _hold_sessions(self, offer: plan.Offer, batch: Batch) -> None:
        with self.acting("ayu" if offer.manager == "nyoman" else "sari") as teacher:
            sessions = list(Session.objects.filter(batch=batch, is_active=True).order_by("number"))
            for session in sessions:
                ends = datetime.combine(session.held_on, session.ends_at, self.facility.tz).astimezone(UTC)
                self._leave_by_law(offer, batch, session)
                enter(scope_of(teacher))
                programmes.record_attendance(
                    session=session,
                    status=SessionStatus.HELD,
                    marks=self._marks(offer, batch, session),
                    by=teacher,
                    at=ends + timedelta(minutes=10),
                )

    def _leave_by_law(self, offer: plan.Offer, batch: Batch, session: Session) -> None:
        """At the sixth and the tenth session somebody goes home, or is moved: an exit by law."""
        kinds = ("assimilation", "transfer", "parole")
        if session.number % 4 != 2 or not 6 <= session.number < 6 + 4 * offer.leaves_by_law:
            return
        which = (session.number - 6) // 4
        with self.acting(offer.manager) as manager:
            enrolment = batch.enrolments.filter(exit_kind="").order_by("-pk").first()
            assert enrolment is not None
            at = datetime.combine(session.held_on, session.starts_at, self.facility.tz).astimezone(UTC)
            programmes.record_exit(
                enrolment=enrolment,
                exit_kind=kinds[which],
                exit_on=session.held_on - timedelta(days=1),
                by=manager,
                at=at,
            )

    def _marks(self, offer: plan.Offer, batch: Batch, session: Session) -> dict[UUID, Mark]:
        there = Enrolment.objects.filter(batch=batch, exit_kind="").order_by("pk")
        return {enrolment.public_id: self._mark(offer, place, session) for place, enrolment in enumerate(there)}

    def _mark(self, offer: plan.Offer, place: int, session: Session) -> Mark:
        every = offer.often_absent.get(place)
        if every and session.number % every == 0:
            return Mark(is_present=False, absence_reason=plan.ABSENCES[session.number % len(plan.ABSENCES)])
        participation = "passive" if (place + session.number) % 17 == 0 else "active"
        return Mark(is_present=True, participation=participation, counted_jp=session.jp)

    def _next_batch(self, batches: list[Batch], stays: list[Custody]) -> None:
        """A second laundry batch is being filled: nominations wait for the board."""
        offer, day = plan.OFFERS[2], self.day - timedelta(days=3)
        laundry = batches[2].programme
        with self.acting("budi") as budi:
            batch = self._batch(
                offer, laundry, self.day + timedelta(days=12), self.day + timedelta(days=48), budi, self.at(day, 8)
            )
            programmes.plan_sessions(batch=batch, by=budi, at=self.at(day, 8, 30))
        with self.acting("sari") as sari:
            for stay in stays[58:65]:
                programmes.nominate(batch=batch, person=stay.person, by=sari, at=self.at(day, 9))

    def _plan_ceremony(self, batches: list[Batch]) -> None:
        with self.acting("nyoman") as nyoman:
            ceremonies.plan_ceremony(
                facility=self.facility,
                title="Penutupan Rehabilitasi Sosial dan Pelatihan Kemandirian",
                held_on=self.day,
                starts_at=time(9, 0),
                place="Aula",
                signatory=self.head,
                batches=[batch for batch in batches if batch.status == BatchStatus.RUNNING],
                handed_over_by="Kepala Lapas",
                by=nyoman,
                at=self.at(self.day - timedelta(days=2), 10),
            )


def close(*, at: datetime) -> Ceremony:
    """The closing of the story, up to the asking for certificates; the worker issues them."""
    user = User.objects.get(username="wira")
    user.posting = user.postings.select_related("facility").get()
    enter(scope_of(user))
    ceremony = Ceremony.objects.get()
    return ceremonies.close_batches(ceremony=ceremony, by=user, at=at)
