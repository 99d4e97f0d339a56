from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.core.together import in_rounds
from bekal.foundation.facilities.models import Facility
from bekal.people import operations, queries
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody, Person, RegisterNumber
from bekal.people.tests.factories import person_facts, stay_facts

Within = Callable[[User], AbstractContextManager[None]]
NIK = "5102041708900004"


@pytest.fixture(autouse=True)
def at_the_desk_of_lestari(lestari: User, as_user: Callable[[User], User]) -> None:
    as_user(lestari)


def admit(facility: Facility, by: User, at: datetime, **changes: object) -> Custody:
    stay = changes.pop("stay", None) or stay_facts()
    return operations.admit(facility=facility, person=person_facts(**changes), stay=stay, by=by, at=at)


def correct(custody: Custody, by: User, at: datetime, version: str | None = None, **changes: object) -> Custody:
    custody = Custody.objects.get(pk=custody.pk)
    person = {**vars(PersonFacts.of(custody.person)), **{k: v for k, v in changes.items() if k in PersonFacts.names()}}
    stay = {**vars(StayFacts.of(custody)), **{k: v for k, v in changes.items() if k in StayFacts.names()}}
    return operations.correct(
        custody=custody,
        person=PersonFacts(**person),
        stay=StayFacts(**stay),
        version=version or queries.version_of(custody),
        by=by,
        at=at,
    )


def test_lestari_admits_a_person(melati: Facility, lestari: User, now: datetime) -> None:
    custody = admit(melati, lestari, now, nik=NIK)

    person = Person.objects.get(pk=custody.person_id)
    assert (person.full_name, person.search_name, person.nik) == ("I Wayan Mudita", "i wayan mudita", NIK)
    event = Event.objects.get(code="people.person.admitted")
    assert event.subject == person.public_id
    assert "Mudita" not in str(event.payload) and custody.register_number not in str(event.payload)


def test_admitting_twice_has_one_effect(melati: Facility, lestari: User, now: datetime) -> None:
    stay = stay_facts()

    first, second = (admit(melati, lestari, now, stay=stay) for _ in range(2))

    assert first.pk == second.pk
    assert Person.objects.filter(full_name="I Wayan Mudita").count() == 1


def test_a_register_number_in_use_is_refused(melati: Facility, lestari: User, joko: Person, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refusal:
        admit(melati, lestari, now, stay=stay_facts(register_number="B.I 118/2025"))

    assert refusal.value.field == "register_number"


def test_who_comes_back_keeps_the_thread(melati: Facility, lestari: User, now: datetime) -> None:
    first = admit(melati, lestari, now, nik=NIK)
    with pytest.raises(RuleBroken):
        admit(melati, lestari, now, nik=NIK)
    operations.end_stay(custody=first, kind="parole", ended_on=date(2026, 6, 1), by=lestari, at=now)

    second = admit(melati, lestari, now, nik=NIK)

    assert second.person_id == first.person_id
    assert second.pk != first.pk


def test_a_nik_held_elsewhere_names_only_the_facility(
    melati: Facility, kenanga: Facility, lestari: User, house: User, within: Within, now: datetime
) -> None:
    with within(house):
        admit(kenanga, house, now, nik=NIK, full_name="Nama Rahasia")

    with within(lestari), pytest.raises(RuleBroken) as refusal:
        admit(melati, lestari, now, nik=NIK)

    assert "Lapas Kelas IIA Kenanga" in refusal.value.message
    assert "Rahasia" not in refusal.value.message


def test_a_changed_register_number_is_kept(melati: Facility, lestari: User, now: datetime) -> None:
    custody = admit(melati, lestari, now, stay=stay_facts(register_number="A.III 7/2026", standing="remand"))

    correct(custody, lestari, now, register_number="B.I 9/2026", standing="sentenced")

    kept = RegisterNumber.objects.get(custody=custody)
    assert (kept.number, kept.until_on) == ("A.III 7/2026", melati.day_of(now))
    assert list(queries.by_register_number(lestari, "A.III 7/2026")) == [custody.person]
    assert Event.objects.get(code="people.person.corrected").payload["fields"] == ["register_number", "standing"]


def test_the_second_officer_is_told_who_was_faster(melati: Facility, lestari: User, now: datetime) -> None:
    custody = admit(melati, lestari, now)
    version = queries.version_of(custody)
    correct(custody, lestari, now, block="A.1", version=version)

    with pytest.raises(Changed) as refusal:
        correct(custody, lestari, now + timedelta(minutes=1), block="B.2", version=version)

    assert "Lestari Wulan" in refusal.value.message
    assert Custody.objects.get(pk=custody.pk).block == "A.1"


def test_the_same_correction_twice_is_one(melati: Facility, lestari: User, now: datetime) -> None:
    custody = admit(melati, lestari, now)
    version = queries.version_of(custody)

    for _ in range(2):
        correct(custody, lestari, now, block="A.1", version=version)

    assert Event.objects.filter(code="people.person.corrected").count() == 1


def test_ending_a_stay_twice_is_one_end(melati: Facility, lestari: User, now: datetime) -> None:
    custody = admit(melati, lestari, now)

    for _ in range(2):
        operations.end_stay(custody=custody, kind="release", ended_on=date(2026, 12, 8), by=lestari, at=now)

    assert Event.objects.filter(code="people.stay.ended").count() == 1
    with pytest.raises(RuleBroken):
        operations.end_stay(custody=custody, kind="death", ended_on=date(2026, 12, 8), by=lestari, at=now)


def test_opening_a_person_is_recorded_without_personal_data(joko: Person, lestari: User, now: datetime) -> None:
    operations.open_person(person=joko, by=lestari, at=now)

    event = Event.objects.get(code="people.person.opened")
    assert (event.subject, event.actor, event.payload) == (joko.public_id, lestari.public_id, {})
    assert in_rounds([queries.openings_of(joko, user=lestari)])[0][0].name == "Lestari Wulan"
