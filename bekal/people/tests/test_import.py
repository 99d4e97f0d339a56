"""Rosters from a file to the register, through operations."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities.models import Facility
from bekal.people import imports, operations, queries, reports
from bekal.people.models import Custody, Person, RegisterNumber, RosterDoubt, RosterImport

Within = Callable[[User], AbstractContextManager[None]]
NIK, OTHER_NIK = "5102041708900004", "5102041708900012"
HEADER = "Nama;No. Reg;NIK;Tgl Lahir;Ekspirasi;Blok"


def a_list(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def read(data: bytes, facility: Facility, by: User, at: datetime) -> RosterImport:
    return operations.read_roster(facility=facility, name="daftar.csv", data=data, by=by, at=at)


def save(data: bytes, facility: Facility, by: User, at: datetime) -> RosterImport:
    return operations.commit_roster(roster_import=read(data, facility, by, at), by=by, at=at)


@pytest.fixture
def desk(lestari: User, as_user: Callable[[User], User]) -> User:
    return as_user(lestari)


def test_reading_saves_nobody(melati: Facility, desk: User, now: datetime) -> None:
    row = read(a_list(f"I Made Contoh;B.I 1/2026;{NIK};17-08-1990;1-2-2030;A.1"), melati, desk, now)

    assert row.counts == {"new": 1}
    assert not Custody.objects.exists()
    assert b"Contoh" not in bytes(RosterImport.objects.values_list("file", flat=True).get(pk=row.pk))


def test_saving_writes_person_stay_and_trail(melati: Facility, desk: User, now: datetime) -> None:
    save(a_list(f"I Made Contoh;B.I 1/2026;{NIK};17-08-1990;1-2-2030;A.1"), melati, desk, now)

    stay = Custody.objects.get(register_number="B.I 1/2026")
    assert (stay.person.full_name, stay.person.nik, stay.person.birth_on) == ("I Made Contoh", NIK, date(1990, 8, 17))
    assert (stay.expires_on, stay.legal_dates_read_on, stay.block) == (date(2030, 2, 1), melati.day_of(now), "A.1")
    event = Event.objects.get(code="people.roster.committed")
    assert event.payload["counts"] == {"new": 1} and "Contoh" not in str(event.payload)


def test_saving_twice_is_done_once(melati: Facility, desk: User, now: datetime) -> None:
    row = read(a_list("I Made Contoh;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)

    for _ in range(2):
        operations.commit_roster(roster_import=row, by=desk, at=now)

    assert Event.objects.filter(code="people.roster.committed").count() == 1


def test_rows_are_judged_against_the_people_as_they_are_when_saving(
    melati: Facility, desk: User, now: datetime
) -> None:
    data = a_list("I Made Contoh;B.I 1/2026;;17-08-1990;;A.1")
    early = read(data, melati, desk, now)
    save(data, melati, desk, now)

    late = operations.commit_roster(roster_import=early, by=desk, at=now)

    assert late.counts == {"unchanged": 1}
    assert Custody.objects.count() == 1


def test_a_newer_list_changes_what_it_says_and_keeps_what_it_does_not(
    melati: Facility, desk: User, now: datetime
) -> None:
    save(a_list(f"I Made Contoh;B.I 1/2026;{NIK};17-08-1990;1-2-2030;A.1"), melati, desk, now)

    row = save(a_list("I Made Contoh;B.I 1/2026;;17-08-1990;1-1-2030;"), melati, desk, now + timedelta(days=30))

    stay = Custody.objects.get(register_number="B.I 1/2026")
    assert row.counts == {"changed": 1}
    assert (stay.expires_on, stay.block, stay.person.nik) == (date(2030, 1, 1), "A.1", NIK)
    assert stay.legal_dates_read_on == melati.day_of(now + timedelta(days=30))
    assert stay.past.get().expires_on == date(2030, 2, 1)  # type: ignore[attr-defined]


def test_legal_dates_that_are_said_again_carry_the_newer_day(melati: Facility, desk: User, now: datetime) -> None:
    data = a_list("I Made Contoh;B.I 1/2026;;17-08-1990;1-2-2030;A.1")
    save(data, melati, desk, now)

    save(data, melati, desk, now + timedelta(days=9))

    assert Custody.objects.get().legal_dates_read_on == melati.day_of(now + timedelta(days=9))


def test_who_is_not_on_the_list_is_named(
    melati: Facility, desk: User, joko: Person, now: datetime, as_user: Any
) -> None:
    as_user(desk)
    row = read(a_list("I Made Contoh;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)

    absent = reports.every_absent(row)
    assert [stay.person_id for stay in queries.absent_from(row, absent)] == [joko.pk]


def test_a_doubtful_row_waits_and_is_saved_when_taken(melati: Facility, desk: User, now: datetime) -> None:
    save(a_list("I Gede Oka 2;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)
    doubt = RosterDoubt.objects.get()
    assert not Custody.objects.exists()

    for _ in range(2):
        operations.decide_doubt(doubt=doubt, decision="taken", by=desk, at=now)

    assert Custody.objects.get().person.full_name == "I Gede Oka 2"
    with pytest.raises(RuleBroken):
        operations.decide_doubt(doubt=doubt, decision="dropped", by=desk, at=now)


def test_a_newer_doubt_about_the_same_number_replaces_the_older(melati: Facility, desk: User, now: datetime) -> None:
    for _ in range(2):
        save(a_list("I Gede Oka 2;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)

    assert sorted(RosterDoubt.objects.values_list("decision", flat=True)) == ["dropped", "waiting"]


def test_a_known_nik_under_a_new_number_is_a_changed_number(melati: Facility, desk: User, now: datetime) -> None:
    save(a_list(f"I Made Contoh;A.III 1/2026;{NIK};17-08-1990;;A.1"), melati, desk, now)
    row = save(a_list(f"I Made Contoh;B.I 9/2026;{NIK};17-08-1990;;A.1"), melati, desk, now)
    assert row.counts == {"doubtful": 1}

    operations.decide_doubt(doubt=RosterDoubt.objects.get(), decision="taken", by=desk, at=now)

    stay = Custody.objects.get()
    assert (stay.register_number, stay.standing) == ("B.I 9/2026", "sentenced")
    assert RegisterNumber.objects.get().number == "A.III 1/2026"


def test_who_comes_back_on_a_list_keeps_the_thread(melati: Facility, desk: User, now: datetime) -> None:
    save(a_list(f"I Made Contoh;B.I 1/2025;{NIK};17-08-1990;;A.1"), melati, desk, now)
    first = Custody.objects.get()
    operations.end_stay(custody=first, kind="release", ended_on=melati.day_of(now), by=desk, at=now)

    row = save(a_list(f"I Made Contoh;B.I 7/2026;{NIK};17-08-1990;;A.2"), melati, desk, now)

    assert row.counts == {"new": 1}
    assert Custody.objects.get(register_number="B.I 7/2026").person_id == first.person_id


def test_an_ended_stay_on_the_list_is_doubtful_and_opens_again(melati: Facility, desk: User, now: datetime) -> None:
    data = a_list("I Made Contoh;B.I 1/2025;;17-08-1990;;A.1")
    save(data, melati, desk, now)
    operations.end_stay(custody=Custody.objects.get(), kind="release", ended_on=melati.day_of(now), by=desk, at=now)

    assert save(data, melati, desk, now).counts == {"doubtful": 1}
    operations.decide_doubt(doubt=RosterDoubt.objects.get(), decision="taken", by=desk, at=now)

    assert not Custody.objects.get().has_ended


def test_a_number_given_to_somebody_else_overwrites_nobody_unasked(melati: Facility, desk: User, now: datetime) -> None:
    save(a_list("I Made Contoh;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)

    assert save(a_list("Ketut Lain;B.I 1/2026;;2-3-1971;;A.1"), melati, desk, now).counts == {"doubtful": 1}
    assert save(a_list("I MADE CONTOH;B.I 1/2026;;18-08-1990;;A.1"), melati, desk, now).counts == {"changed": 1}


def test_a_nik_held_elsewhere_tells_the_facility_and_nothing_else(
    melati: Facility, kenanga: Facility, desk: User, house: User, within: Within, now: datetime
) -> None:
    with within(house):
        save(a_list(f"Nama Rahasia;B.I 5/2024;{NIK};17-08-1990;;A.1"), kenanga, house, now)

    with within(desk):
        row = save(a_list(f"I Made Contoh;B.I 1/2026;{NIK};17-08-1990;;A.1"), melati, desk, now)
        report = str(reports.every_row(row))

        assert row.counts == {"doubtful": 1}
        assert "Lapas Kelas IIA Kenanga" in report and "Rahasia" not in report and "5/2024" not in report
        with pytest.raises(RuleBroken):
            operations.decide_doubt(doubt=RosterDoubt.objects.get(), decision="taken", by=desk, at=now)


def test_a_clinical_column_is_kept_nowhere(melati: Facility, desk: User, now: datetime) -> None:
    data = f"{HEADER};Hasil ASSIST\nI Made Contoh;B.I 1/2026;;17-08-1990;;A.1;skor-27-rahasia".encode()

    row = read(data, melati, desk, now)

    assert row.ignored == {"G": "clinical"}
    kept = imports.stored_file(row)
    assert b"rahasia" not in kept and "rahasia" not in f"{row.report}{reports.every_row(row)}"
    assert kept[:2] == b"PK" and b"ASSIST" not in kept


def test_a_corrected_mapping_is_remembered_by_its_header(melati: Facility, desk: User, now: datetime) -> None:
    data = b"Nama;No. Reg;Tgl Lahir;Tempat\nI Made Contoh;B.I 1/2026;17-08-1990;C.7"
    first = read(data, melati, desk, now)
    assert first.columns.get("D") is None
    mapping = {"A": "full_name", "B": "register_number", "C": "birth_on", "D": "block"}

    mapped = operations.remember_mapping(roster_import=first, mapping=mapping, by=desk, at=now)

    assert mapped.columns == mapping
    assert save(data, melati, desk, now).columns == mapping
    assert Custody.objects.get().block == "C.7"


def test_a_list_put_away_cannot_be_saved(melati: Facility, desk: User, now: datetime) -> None:
    row = read(a_list("I Made Contoh;B.I 1/2026;;17-08-1990;;A.1"), melati, desk, now)
    operations.cancel_roster(roster_import=row, by=desk, at=now)

    with pytest.raises(RuleBroken):
        operations.commit_roster(roster_import=row, by=desk, at=now)


def test_two_officers_saving_one_list_have_one_effect(
    fresh_database: str, lestari: User, melati: Facility, now: datetime
) -> None:
    rows = [f"Orang Contoh;B.I {number}/2026;;17-08-1990;;A.1" for number in range(1, 200)]
    with entered(scope_of(lestari)):
        row = read(a_list(*rows), melati, lestari, now)
    start, failures = threading.Barrier(2), []

    def officer() -> None:
        try:
            start.wait()
            with entered(scope_of(lestari)):
                operations.commit_roster(roster_import=row, by=lestari, at=now)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=officer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with entered(scope_of(lestari)):
        assert failures == []
        assert Custody.objects.count() == len(rows)
        assert Event.objects.filter(code="people.roster.committed").count() == 1
