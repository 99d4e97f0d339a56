"""The demo house after its closing day, a neighbour beside it, and what every officer finds who walks through all pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from bekal import testing_database
from bekal.conftest import _point_at
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities import operations as facilities
from bekal.people import operations as people
from bekal.people.facts import PersonFacts, StayFacts
from bekal.web.demo.cast import OFFICERS
from tests.crawl.walking import Answer, Walk, signed_in

ROOT = Path(__file__).resolve().parents[2]
# Somebody of another facility, whose every word must stay there.
NIK_ELSEWHERE = "5103011705909777"
ELSEWHERE = PersonFacts(full_name="Umbu Tarigan Zulkarnaen", birth_place="Waingapu", nik=NIK_ELSEWHERE)
STAY_ELSEWHERE = StayFacts(register_number="B.I 7777/2024", standing="sentenced", remark="Catatan milik tetangga")
PLACE_ELSEWHERE = "Bengkel Kayu Tetangga"


@dataclass
class Found:
    """What one officer found on the way, in Indonesian and, for pages, in English too."""

    user: User
    answers: list[Answer]
    in_english: dict[str, Answer]
    forbidden_forms: list[str]


@dataclass
class House:
    """The house as all its officers found it, and what its tables hold."""

    database: str
    officers: dict[str, Found] = field(default_factory=dict)

    def as_owner(self, statement: str) -> list[tuple]:
        """Rows as nobody else may read them: past row-level security."""
        with psycopg.connect(
            host=os.environ["BEKAL_DB_HOST"],
            port=os.environ.get("BEKAL_DB_PORT") or 5432,
            dbname=self.database,
            user=os.environ["BEKAL_DB_OWNER"],
            password=os.environ["BEKAL_DB_OWNER_PASSWORD"],
        ) as owner:
            return owner.execute(statement).fetchall()


def _environment(name: str, data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BEKAL_DB_NAME": name,
        "BEKAL_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "bekal.settings",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="session")
def walked(
    template_database: str,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[House]:
    """Every officer's walk, done once: the tests only read what was found."""
    data = tmp_path_factory.mktemp("closed-demo")
    name = f"bekal_walked_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with testing_database.copy_of(template_database, name), django_db_blocker.unblock():
        command = [sys.executable, "-m", "django", "demo", "--close"]
        subprocess.run(command, env=_environment(name, data), check=True, capture_output=True)
        before = connections["default"].settings_dict["NAME"]
        _point_at(name)
        try:
            with override_settings(DATA=data):
                _open_elsewhere()
                house = House(name, {username: _walk(username) for username, *_rest in OFFICERS})
        finally:
            # Other tests of the session play on their own database again.
            _point_at(before)
        yield house


def _walk(username: str) -> Found:
    user, client = signed_in(username)
    walk = Walk(user, client)
    answers = list(walk.go("/", "/periksa/"))
    User.objects.filter(pk=user.pk).update(language="en")
    in_english = {answer.address: walk.ask(answer.address) for answer in answers if answer.page is not None}
    return Found(user, answers, in_english, sorted(set(walk.forbidden_forms)))


def _open_elsewhere() -> None:
    at, by = timezone.now() - timedelta(minutes=5), system_user()
    names = {"letterhead": "KANTOR WILAYAH TETANGGA", "address": "Jalan Tetangga 9", "phone": ""}
    with transaction.atomic(), entered(scope_of(by)):
        facility = facilities.open_facility(
            code="FLB",
            name="Lapas Kelas IIA Flamboyan",
            kind="lapas",
            facility_class="IIA",
            zone="WITA",
            regency_code="51.03",
            issuer_name="Balai Karya Flamboyan",
            issue_place="Flamboyan",
            asks_at="Balai Karya Flamboyan",
            **names,
            by=by,
            at=at,
        )
    with transaction.atomic(), entered(scope_of(by)):
        facilities.add_place(facility=facility, name=PLACE_ELSEWHERE, capacity=9, by=by, at=at)
        people.admit(facility=facility, person=ELSEWHERE, stay=STAY_ELSEWHERE, by=by, at=at)
