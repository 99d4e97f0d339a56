"""Five facilities with work for a morning: people to nominate upon, sessions to mark, batches to close, and four officers each."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

PASSWORD = "pagi yang ramai 17"
FACILITIES = ("Anyelir", "Cempaka", "Flamboyan", "Seroja", "Teratai")


@dataclass
class Work:
    """What waits at one facility, by public ids and paths; and its officers' usernames."""

    code: str
    records: str
    trainer: str
    board: str
    head: str
    sessions: list[str] = field(default_factory=list)
    ceremonies: list[str] = field(default_factory=list)


def prepare(*, nominations: int, ceremonies: int) -> list[Work]:
    """Make the facilities and their work, in the house whose settings are on. Each has this many of each."""
    from django.utils import timezone

    return [_facility(name, timezone.now(), nominations, ceremonies) for name in FACILITIES]


def _facility(name: str, now: datetime, nominations: int, ceremonies: int) -> Work:
    from bekal.foundation.accounts.access import scope_of
    from bekal.foundation.accounts.choices import Role
    from bekal.foundation.accounts.queries import system_user
    from bekal.foundation.core.scope import entered
    from bekal.foundation.facilities.models import Facility, Official, Place

    code = name[:3].upper()
    facility = Facility.objects.create(
        code=code,
        name=f"Lapas {name}",
        kind="lapas",
        zone="WITA",
        regency_code="51.02",
        issuer_name=f"Balai {name}",
        issue_place="Amerta",
        asks_at=f"Balai {name}, Amerta",
        created_at=now - timedelta(days=30),
    )
    with entered(scope_of(system_user())):
        Place.objects.create(facility=facility, name="Aula", capacity=2000)
        Official.objects.create(
            facility=facility, name="I Gede Contoh", post="Kepala", is_head=True, from_on=date(2025, 1, 1)
        )
    officers = {
        role: _officer(f"{role.value}-{code.lower()}", role, facility, now)
        for role in (Role.RECORDS, Role.TRAINER, Role.BOARD, Role.HEAD, Role.SECTION_HEAD)
    }
    work = Work(code, *(officers[role].username for role in (Role.RECORDS, Role.TRAINER, Role.BOARD, Role.HEAD)))
    with entered(scope_of(system_user())):
        # Papers are sealed in the order of time: first what happened days ago.
        before = now - timedelta(days=5)
        _sessions(work, facility, officers, before, facility.day_of(now))
        ending = _ending_batches(facility, officers, before, facility.day_of(now), ceremonies)
    with entered(scope_of(system_user())):
        _nominations(facility, officers, now, nominations)
        _ceremonies(work, ending, officers, now)
    return work


def _officer(username: str, role: Any, facility: Any, now: datetime) -> Any:
    from bekal.foundation.accounts.access import scope_of
    from bekal.foundation.accounts.models import Posting, User
    from bekal.foundation.accounts.queries import system_user
    from bekal.foundation.core.scope import entered

    user = User(username=username, name=f"Petugas {role.label}", must_change_password=False, created_at=now)
    user.set_password(PASSWORD)
    user.save()
    with entered(scope_of(system_user())):
        user.posting = Posting.objects.create(
            user=user, role=role, title=str(role.label), facility=facility, from_on=date(2025, 1, 1)
        )
    return user


_names = count(1)


def as_letters(number: int) -> str:
    """A number as a name: digits are no letters of a name."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).capitalize()


def _person(facility: Any, now: datetime) -> Any:
    """Somebody who stays until 2030."""
    from bekal.people.tests.factories import a_stay

    stay = {
        "admitted_on": date(2025, 1, 6),
        "legal_dates_read_on": now.date(),
        "sentence_years": 6,
        "third_on": date(2026, 1, 6),
        "expires_on": date(2030, 1, 6),
    }
    return a_stay(facility, at=now, name=f"Wayan Contoh {as_letters(next(_names))}", **stay).person


def _running_batch(
    facility: Any,
    officers: dict[Any, Any],
    at: datetime,
    *,
    title: str,
    code: str,
    people: int,
    begins: date,
    ends: date,
) -> Any:
    """A batch that runs with a session a day, its people chosen by hearing and decree."""
    from bekal.delivery.programmes import operations
    from bekal.delivery.programmes.tests import factories
    from bekal.foundation.accounts.choices import Role
    from bekal.foundation.facilities.models import Place

    lead = officers[Role.SECTION_HEAD]
    programme = factories.make_programme(facility, lead, at, title=title, certificate_title=f"Pelatihan {title}")
    place = Place.objects.create(facility=facility, name=f"Ruang {title}", capacity=2000)
    timetable = {"starts_on": begins, "ends_on": ends, "weekdays": [1, 2, 3, 4, 5, 6, 7]}
    batch = factories.make_batch(programme, lead, at, code=code, capacity=people, place=place, **timetable)
    taking_part = [_person(facility, at) for _one in range(people)]
    factories.fill(batch, taking_part, proposer=lead, board=officers[Role.BOARD], head=officers[Role.HEAD], at=at)
    return operations.start_batch(batch=batch, by=lead, at=at)


def _sessions(work: Work, facility: Any, officers: dict[Any, Any], at: datetime, today: date) -> None:
    """A running batch of eight with a session on each of the last four days."""
    begins = today - timedelta(days=3)
    batch = _running_batch(facility, officers, at, title="Tata Boga", code="TB1", people=8, begins=begins, ends=today)
    work.sessions += [str(session.public_id) for session in batch.sessions.order_by("number")]


def _ending_batches(facility: Any, officers: dict[Any, Any], at: datetime, today: date, many: int) -> list[Any]:
    """Batches of three whose only session is today."""
    return [
        _running_batch(
            facility, officers, at, title=f"Barista {number}", code=f"BR{number}", people=3, begins=today, ends=today
        )
        for number in range(1, many + 1)
    ]


def _nominations(facility: Any, officers: dict[Any, Any], now: datetime, many: int) -> None:
    """People nominated for a batch of next month, waiting for a hearing."""
    from bekal.delivery.programmes.tests import factories
    from bekal.foundation.accounts.choices import Role

    lead, begins = officers[Role.SECTION_HEAD], facility.day_of(now) + timedelta(days=30)
    programme = factories.make_programme(facility, lead, now, title="Laundry", certificate_title="Pelatihan Laundry")
    batch = factories.make_batch(
        programme,
        lead,
        now,
        capacity=many,
        starts_on=begins,
        ends_on=begins + timedelta(days=3),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
    )
    factories.propose(batch, [_person(facility, now) for _one in range(many)], lead, now)


def _ceremonies(work: Work, batches: list[Any], officers: dict[Any, Any], now: datetime) -> None:
    """Each batch marked, and its closing planned for today."""
    from bekal.delivery.ceremonies import operations
    from bekal.delivery.programmes.tests import factories
    from bekal.foundation.accounts.choices import Role

    lead = officers[Role.SECTION_HEAD]
    for batch in batches:
        factories.mark_all(batch.sessions.get(), lead, now)
        planned = operations.plan_ceremony(
            facility=batch.facility,
            title=f"Penutupan {batch.programme.title}",
            held_on=batch.facility.day_of(now),
            starts_at=time(8),
            place="Aula",
            signatory=factories.head_of(batch.facility, now),
            batches=[batch],
            handed_over_by="Kepala",
            by=lead,
            at=now,
        )
        work.ceremonies.append(str(planned.public_id))
