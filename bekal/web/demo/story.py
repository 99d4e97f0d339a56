"""Tells the story of the demo house through the same operations that officers use, day after day up to the closing."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bekal.delivery.ceremonies import operations as ceremonies
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.models import Batch, Programme
from bekal.delivery.programmes.plans import BatchPlan
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
from bekal.web.demo import cast, day_story, paper_story, plan
from bekal.web.demo.batch_story import BatchStory
from bekal.web.demo.consent_story import ApartStory, ConsentStory
from bekal.web.demo.transfer_story import TransferStory

CODE = "DEMO"
LOADED = "demo.story.loaded"


def open_facility(*, at: datetime) -> Facility:
    """The demo's own facility, without anybody in it."""
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
        ConsentStory(self, asked=[stays[0], *stays[25:29]]).begin()
        ApartStory(self, stays[60], stays[66]).begin()
        TransferStory(self, leaving=stays[-1]).begin()
        self.later(self.at(self.day - timedelta(days=3), 8), lambda: self._next_batch(stays))
        paper_story.begin(self)
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
            plan=BatchPlan(
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
            ),
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
            ceremony = ceremonies.plan_ceremony(
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
            day_story.prepare(ceremony, by=nyoman, at=self.at(self.day - timedelta(days=1), 18, 30))


def close(*, at: datetime) -> Ceremony:
    """The closing of the story, up to the asking for certificates; the worker issues them."""
    user = actor("wira")
    enter(scope_of(user))
    ceremony = Ceremony.objects.get()
    closed = ceremonies.close_batches(ceremony=ceremony, by=user, at=at)
    day_story.take_pictures(closed, by=user, at=at)
    return closed
