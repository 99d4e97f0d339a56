"""The cast of the tests (docs/STYLE.md, section 5) and the databases they play on."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker

from bekal import testing_database
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.scope import enter, entered
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.people.models import Custody, Person

PASSWORD = "kata sandi contoh 17"


@pytest.fixture(scope="session")
def template_database() -> str:
    return testing_database.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One copy of the template for the run; every test rolls back what it did."""
    name = f"bekal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with testing_database.copy_of(template_database, name), django_db_blocker.unblock():
        _point_at(name)
        yield
        connections.close_all()


@pytest.fixture
def fresh_database(
    template_database: str, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database of this test's own, with real commits: for threads, other processes and browsers."""
    name = f"bekal_own_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with testing_database.copy_of(template_database, name), django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        _point_at(name)
        monkeypatch.setenv("BEKAL_DB_NAME", name)
        yield name
        connections.close_all()
        _point_at(before)


def _point_at(name: str) -> None:
    connections.close_all()
    connections["default"].settings_dict["NAME"] = name
    connections.settings["default"]["NAME"] = name


@pytest.fixture(autouse=True)
def in_the_houses_language() -> Iterator[None]:
    """A page that another test read in English leaves that language behind."""
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    """Keys and files of a test lie in its own folder."""
    settings.DATA = tmp_path / "data"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


@pytest.fixture
def now() -> datetime:
    """Tuesday 8 December 2026, 10.42 in Amerta (WITA): the day before the closing."""
    return datetime(2026, 12, 8, 2, 42, tzinfo=UTC)


@pytest.fixture
def today(now: datetime, melati: Facility) -> date:
    return melati.day_of(now)


def _database(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("fresh_database" if "fresh_database" in request.fixturenames else "db")


@pytest.fixture
def house(request: pytest.FixtureRequest) -> User:
    """The house itself; with it, within the test's transaction, every facility is in sight."""
    _database(request)
    return system_user()


def _facility(code: str, name: str, now: datetime, house: User) -> Facility:
    facility = Facility.objects.create(
        code=code,
        name=name,
        kind="lapas",
        facility_class="IIB",
        zone="WITA",
        regency_code="51.02",
        address="Jalan Kenari 1, Amerta",
        letterhead="KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN",
        issuer_name="Balai Latihan Amerta",
        issue_place="Amerta",
        asks_at="Balai Latihan Amerta, Jalan Kenari 1, Amerta",
        created_at=now - timedelta(days=400),
    )
    with entered(scope_of(house)):
        for place in ("Dapur Pelatihan", "Ruang Cuci", "Aula"):
            Place.objects.create(facility=facility, name=place, capacity=20)
        Official.objects.create(
            facility=facility,
            name="I Gede Wira Pranata",
            nip="197001011995031001",
            post="Kepala Lapas",
            is_head=True,
            from_on=date(2025, 1, 1),
        )
    return facility


@pytest.fixture
def melati(house: User, now: datetime) -> Facility:
    return _facility("MLT", "Lapas Kelas IIB Melati", now, house)


@pytest.fixture
def kenanga(house: User, now: datetime) -> Facility:
    return _facility("KNG", "Lapas Kelas IIA Kenanga", now, house)


@cache
def _hashed() -> str:
    """The cast's password as the house keeps it: that takes a fifth of a second by intent, and the cast is large."""
    return make_password(PASSWORD)


def _officer(username: str, name: str, role: Role, title: str, facility: Facility, now: datetime) -> User:
    user = User(username=username, name=name, password=_hashed(), must_change_password=False, created_at=now)
    user.save()
    with entered(scope_of(system_user())):
        user.posting = Posting.objects.create(
            user=user, role=role, title=title, facility=facility, from_on=date(2025, 1, 1)
        )
    return user


@pytest.fixture
def sari(melati: Facility, now: datetime) -> User:
    """Teaches at Lapas Melati."""
    return _officer("sari", "Sari Laksmi", Role.TRAINER, "Instruktur", melati, now)


@pytest.fixture
def budi(melati: Facility, now: datetime) -> User:
    """Heads the section there and approves."""
    return _officer("budi", "Budi Hartawan", Role.SECTION_HEAD, "Kasubsi Kegiatan Kerja", melati, now)


@pytest.fixture
def ayu(melati: Facility, now: datetime) -> User:
    """Counsellor: of the care team."""
    return _officer("ayu", "Ayu Sekarini", Role.COUNSELLOR, "Konselor", melati, now)


@pytest.fixture
def nyoman(melati: Facility, now: datetime) -> User:
    """Manages the rehabilitation programme."""
    return _officer("nyoman", "Nyoman Astawa", Role.PROGRAMME_MANAGER, "Kasubsi Perawatan", melati, now)


@pytest.fixture
def wira(melati: Facility, now: datetime) -> User:
    """Head of Lapas Melati."""
    return _officer("wira", "I Gede Wira Pranata", Role.HEAD, "Kepala Lapas", melati, now)


@pytest.fixture
def dewi(melati: Facility, now: datetime) -> User:
    """Sits on the board (TPP)."""
    return _officer("dewi", "Dewi Anggraini", Role.BOARD, "Ketua TPP", melati, now)


@pytest.fixture
def agung(melati: Facility, now: datetime) -> User:
    """Heads security: alone with the head knows who is kept apart from whom."""
    return _officer("agung", "Agung Wiratma", Role.SECURITY, "Ka. KPLP", melati, now)


@pytest.fixture
def lestari(melati: Facility, now: datetime) -> User:
    """Keeps the registers."""
    return _officer("lestari", "Lestari Wulan", Role.RECORDS, "Kasubsi Registrasi", melati, now)


@pytest.fixture
def rina(kenanga: Facility, now: datetime) -> User:
    """Works at Lapas Kenanga and must see nothing of Melati."""
    return _officer("rina", "Rina Marlina", Role.TRAINER, "Instruktur", kenanga, now)


@pytest.fixture
def tari(kenanga: Facility, now: datetime) -> User:
    """Keeps the registers at Kenanga: the other side of a transfer."""
    return _officer("tari", "Tari Anjani", Role.RECORDS, "Kasubsi Registrasi", kenanga, now)


@pytest.fixture
def joko(melati: Facility, house: User, now: datetime) -> Person:
    """The person we follow."""
    with entered(scope_of(house)):
        person = Person.objects.create(
            facility=melati,
            full_name="Joko Prasetyo",
            search_name="joko prasetyo",
            birth_place="Jember",
            birth_on=date(1994, 3, 12),
            sex="male",
            created_at=now - timedelta(days=300),
        )
        Custody.objects.create(
            facility=melati,
            person=person,
            register_number="B.I 118/2025",
            standing="sentenced",
            admitted_on=date(2025, 3, 3),
            sentence_years=3,
            sentence_months=0,
            sentence_days=0,
            third_on=date(2026, 2, 14),
            half_on=date(2026, 8, 14),
            two_thirds_on=date(2027, 2, 14),
            expires_on=date(2028, 2, 14),
            legal_dates_read_on=date(2026, 12, 5),
            block="C.4",
            created_at=now - timedelta(days=300),
        )
    return person


@pytest.fixture
def within() -> Callable[[User], AbstractContextManager[None]]:
    """`with within(sari): …` sees what Sari sees. In an ordinary test the scope stays until the next one is entered."""

    def scope(user: User) -> AbstractContextManager[None]:
        return entered(scope_of(user))

    return scope


@pytest.fixture
def as_user() -> Callable[[User], User]:
    """Enter the user's scope for the rest of the test's transaction."""

    def take(user: User) -> User:
        enter(scope_of(user))
        return user

    return take


@pytest.fixture
def pages_of() -> Callable[[User], Client]:
    """A browser without JavaScript, signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="bekal.foundation.accounts.backends.UsernameOrNipBackend")
        return client

    return signed_in
