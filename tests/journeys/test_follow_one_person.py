"""Joko's way from the gate to the check page, stop by stop as docs/follow-one-person.md tells it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bekal.delivery.ceremonies import operations as ceremonies
from bekal.delivery.ceremonies import queries as ceremonies_queries
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.programmes import operations as programmes
from bekal.delivery.programmes import queries as programmes_queries
from bekal.delivery.programmes.choices import DecreeKind, EnrolmentStatus, SessionStatus
from bekal.delivery.programmes.models import Enrolment
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import breaks, holds_root
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.people import operations as people
from bekal.people.consents import has_consent
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody

PAGE = Path(__file__).resolve().parents[2] / "docs" / "follow-one-person.md"
CODE = re.compile(r"`(bekal[\w.]*:\w+)`")


class Way:
    """Joko and whoever works with him. Each stop is a method, in the order of the page."""

    def __init__(self, melati: Facility, as_user: Callable[[User], User], pages_of: Callable[[User], Client]) -> None:
        self.facility, self.acting, self.pages_of = melati, as_user, pages_of
        self.officers: dict[str, User] = {}
        self.day = date(2026, 11, 2)

    def at(self, days: int, hour: int = 9) -> datetime:
        """An hour, so many days after the first."""
        return datetime.combine(self.day + timedelta(days=days), time(hour), self.facility.tz).astimezone(UTC)

    def by(self, username: str) -> User:
        return self.acting(self.officers[username])

    def admission(self) -> None:
        facts = PersonFacts(full_name="Joko Prasetyo", birth_place="Jember", birth_on=date(1994, 3, 12), sex="male")
        stay = StayFacts(
            register_number="B.I 118/2025",
            standing="sentenced",
            admitted_on=date(2025, 3, 3),
            third_on=date(2026, 2, 14),
            expires_on=date(2028, 2, 14),
            legal_dates_read_on=self.day,
        )
        self.custody: Custody = people.admit(
            facility=self.facility, person=facts, stay=stay, by=self.by("lestari"), at=self.at(0)
        )
        self.joko = self.custody.person

    def consent(self) -> None:
        asked = people.Asked(
            kind="photo", given_on=self.day, proof="witnessed", witness_name="Lestari Wulan", witness_post="Kasubsi"
        )
        people.record_consents(
            facility=self.facility,
            answers={self.joko: "given"},
            asked=asked,
            by=self.by("lestari"),
            at=self.at(0, 10),
        )
        assert has_consent(self.joko, "photo", on=self.day)

    def a_programme_and_a_batch(self) -> None:
        budi, at = self.by("budi"), self.at(0, 11)
        programme = programmes.create_programme(
            facility=self.facility,
            kind="training",
            title="Tata Boga",
            certificate_title="Kue dan Roti",
            hours_jp=10,
            attendance_basis="Ketetapan UPT",
            by=budi,
            at=at,
        )
        programmes.set_modules(programme=programme, lines=[{"title": "Kue kering", "hours_jp": 10}], by=budi, at=at)
        self.batch = programmes.create_batch(
            programme=programme,
            plan=BatchPlan(
                code="TB1",
                capacity=4,
                place=Place.objects.get(facility=self.facility, name="Dapur Pelatihan"),
                starts_on=self.day + timedelta(days=14),
                ends_on=self.day + timedelta(days=15),
                weekdays=[1, 2],
                starts_at=time(8),
                ends_at=time(11, 45),
                jp_per_session=5,
            ),
            by=budi,
            at=at,
        )
        programmes.plan_sessions(batch=self.batch, by=budi, at=at)
        assert self.batch.sessions.count() == 2

    def nomination(self) -> None:
        page = self.pages_of(self.by("sari")).get(f"/program/angkatan/{self.batch.public_id}/usulkan/")
        assert "Joko Prasetyo" in page.content.decode()
        self.proposed = programmes.nominate(batch=self.batch, person=self.joko, by=self.by("sari"), at=self.at(1))

    def the_hearing(self) -> None:
        hearing = programmes.call_hearing(
            facility=self.facility,
            held_on=self.day + timedelta(days=2),
            place="Aula",
            members=[{"name": "Dewi Anggraini", "post": "Ketua TPP"}],
            nominations=[self.proposed],
            by=self.by("dewi"),
            at=self.at(2),
        )
        decisions = {self.proposed.public_id: Decision(is_accepted=True)}
        decided = programmes.decide_hearing(hearing=hearing, decisions=decisions, by=self.by("dewi"), at=self.at(2, 10))
        assert decided.minutes.number

    def the_decree(self) -> None:
        drafted = programmes.draft_decree(
            batch=self.batch, kind=DecreeKind.PARTICIPANTS, by=self.by("budi"), at=self.at(3)
        )
        head = Official.objects.get(facility=self.facility, is_head=True)
        programmes.sign_decree(decree=drafted, signatory=head, by=self.by("wira"), at=self.at(3, 10))
        self.enrolment = Enrolment.objects.get(person=self.joko)
        assert self.enrolment.tag.code

    def the_sessions(self) -> None:
        programmes.start_batch(batch=self.batch, by=self.by("budi"), at=self.at(14, 7))
        for session in self.batch.sessions.order_by("number"):
            mark = Mark(is_present=True, participation="active", counted_jp=5)
            programmes.record_attendance(
                session=session,
                status=SessionStatus.HELD,
                marks={self.enrolment.public_id: mark},
                by=self.by("sari"),
                at=self.at(13 + session.number, 13),
            )

    def what_is_missing(self) -> None:
        lacks = programmes_queries.lacks_before_closing(self.batch, today=self.day + timedelta(days=16))
        assert [lack.what for lack in lacks if lack.state == "not"] == []

    def the_closing(self) -> None:
        wira, at = self.by("wira"), self.at(16, 8)
        self.ceremony = ceremonies.plan_ceremony(
            facility=self.facility,
            title="Penutupan Tata Boga",
            held_on=self.day + timedelta(days=16),
            starts_at=time(9),
            place="Aula",
            signatory=Official.objects.get(facility=self.facility, is_head=True),
            batches=[self.batch],
            handed_over_by="Kepala Lapas",
            by=wira,
            at=at,
        )
        ceremonies.close_batches(ceremony=self.ceremony, by=wira, at=self.at(16, 9))
        for place, enrolment in enumerate(ceremonies_queries.calling_order(self.ceremony), start=1):
            ceremonies.issue_in_turn(
                ceremony=self.ceremony, enrolment=enrolment, position=place, by=wira, at=self.at(16, 10)
            )
        ceremonies.begin_handing_over(ceremony=self.ceremony, by=wira, at=self.at(16, 10))
        self.enrolment.refresh_from_db()
        assert self.enrolment.status == EnrolmentStatus.COMPLETED

    def the_hand_over(self) -> None:
        wira = self.by("wira")
        got = ceremonies.record_hand_overs(
            ceremony=self.ceremony,
            batch=self.batch,
            read={},
            entered={},
            handed_by="Kepala Lapas",
            is_rest_received=True,
            by=wira,
            at=self.at(16, 11),
        )
        assert got == 1
        ended = ceremonies.end_ceremony(ceremony=self.ceremony, by=wira, at=self.at(16, 12))
        assert holds_root(ended.minutes.data["akar"])

    def the_check_page(self) -> None:
        certificate = Certificate.objects.get(enrolment=self.enrolment)
        text = Client().get(f"/periksa/{certificate.code}/").content.decode()
        assert "Sertifikat ini sah" in text and "Joko Prasetyo" in text and "Kue dan Roti" in text
        assert not [word for word in ("lapas", "narapidana", "warga binaan") if word in text.lower()]

    def the_thread(self) -> None:
        page = self.pages_of(self.by("budi")).get(f"/warga-binaan/{self.joko.public_id}/").content.decode()
        for stop in ("B.I 118/2025", "Tata Boga", "Kue dan Roti"):
            assert stop in page


def _sections() -> dict[str, str]:
    """The stops of the page: their names as methods are called, and what stands under each."""
    parts = re.split(r"^## \d+\. (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"\W+", "_", title).lower(): text for title, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.fixture
def way(  # type: ignore[no-untyped-def]
    melati, sari, budi, wira, dewi, lestari, as_user, pages_of
) -> Way:
    found = Way(melati, as_user, pages_of)
    found.officers = {user.username: user for user in (sari, budi, wira, dewi, lestari)}
    return found


def test_joko_goes_from_the_gate_to_the_check_page(way: Way, house: User) -> None:
    for stop in _sections():
        getattr(way, stop)()

    way.acting(house)
    with connection.cursor() as cursor:
        # The trail takes its places at the end of a transaction, which in a test never comes.
        cursor.execute("set constraints all immediate")
    assert list(breaks()) == []
    call_command("check_invariants")


def test_the_page_and_the_walk_have_the_same_stops() -> None:
    walked = [name for name, held in vars(Way).items() if callable(held) and name not in {"__init__", "at", "by"}]

    assert walked == list(_sections())


@pytest.mark.parametrize("stop", list(_sections()))
def test_every_stop_names_code_that_is_there(stop: str) -> None:
    named: list[Any] = CODE.findall(_sections()[stop])

    assert named
    for place in named:
        module, name = place.split(":")
        assert callable(getattr(import_module(module), name)), place
