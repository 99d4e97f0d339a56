"""Transfers between Melati, where Joko is, and Kenanga."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.invariants import violations
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import operations, queries, transfers
from bekal.people.models import Custody, Person, Transfer
from bekal.people.operations.stays import index_of
from bekal.people.searching import search
from bekal.people.tests.factories import person_facts, stay_facts
from bekal.people.thread import thread_of

Within = Callable[[User], AbstractContextManager[None]]
AsUser = Callable[[User], User]
NIK = "5102041203940001"
DAY = date(2026, 12, 8)


@pytest.fixture
def joko(joko: Person, house: User, within: Within) -> Person:
    """Joko, with a NIK."""
    with within(house):
        joko.nik, joko.nik_index = NIK, index_of(NIK)
        joko.save(update_fields=["nik", "nik_index"])
    return joko


@pytest.fixture
def desk(now: datetime, within: Within, melati: Facility, kenanga: Facility, lestari: User, tari: User) -> "Desk":
    return Desk(now, within, melati, kenanga, lestari, tari)


class Desk:
    """Both records offices, each within its own scope."""

    def __init__(
        self, now: datetime, within: Within, melati: Facility, kenanga: Facility, lestari: User, tari: User
    ) -> None:
        self.now, self.within, self.melati, self.kenanga = now, within, melati, kenanga
        self.lestari, self.tari = lestari, tari

    def push(self, person: Person, **values: object) -> Transfer:
        with self.within(self.lestari):
            custody = Custody.objects.get(person=person, ended_on=None)
            asked = {"reason": "Dekat keluarga", "letter_number": "W.20-1", **values}
            return operations.request_transfer(
                custody=custody, destination=self.kenanga, by=self.lestari, at=self.now, **asked
            )  # type: ignore[arg-type]

    def pull(self, nik: str = NIK) -> Transfer | None:
        with self.within(self.tari):
            return operations.ask_for_transfer(
                facility=self.kenanga, nik=nik, called="Joko P.", reason="Datang", by=self.tari, at=self.now
            )

    def agree(self, row: Transfer, by: User) -> Transfer:
        with self.within(by):
            return operations.agree_to_transfer(transfer=row, by=by, at=self.now)

    def send_off(self, row: Transfer, day: date = DAY) -> Transfer:
        with self.within(self.lestari):
            return operations.send_off(transfer=row, departed_on=day, by=self.lestari, at=self.now)

    def arrive(self, row: Transfer, number: str = "B.I 9/2026") -> Custody:
        with self.within(self.tari):
            return operations.arrive(
                transfer=row, register_number=number, standing="sentenced", arrived_on=DAY, by=self.tari, at=self.now
            )

    def gone(self, person: Person) -> Transfer:
        """A transfer on which the person has departed."""
        row = self.push(person)
        self.agree(row, self.tari)
        return self.send_off(row)


def test_joko_moves_to_kenanga_and_stays_the_same_person(desk: Desk, joko: Person, house: User) -> None:
    row = desk.gone(joko)

    custody = desk.arrive(row)

    with desk.within(house):
        person = Person.objects.get(pk=joko.pk)
        old = Custody.objects.get(person=joko, facility=desk.melati)
        assert (person.facility_id, custody.person_id) == (desk.kenanga.pk, joko.pk)
        assert (old.end_kind, old.ended_on) == ("transfer", DAY)
        assert (custody.register_number, custody.expires_on) == ("B.I 9/2026", old.expires_on)
        assert list(violations()) == []


def test_the_offence_travels_encrypted_to_the_new_stay(desk: Desk, joko: Person, house: User) -> None:
    with desk.within(house):
        stay = Custody.objects.get(person=joko)
        stay.offence = "Pasal 378 KUHP"
        stay.save(update_fields=["offence"])

    custody = desk.arrive(desk.gone(joko))

    with desk.within(desk.tari):
        assert Custody.objects.get(pk=custody.pk).offence == "Pasal 378 KUHP"


def test_each_move_is_in_the_trail_of_whoever_made_it_without_a_name(desk: Desk, joko: Person, house: User) -> None:
    desk.arrive(desk.gone(joko))

    with desk.within(house):
        events = Event.objects.filter(code__startswith="people.transfer.").order_by("pk")
        assert [(event.code, event.facility) for event in events] == [
            ("people.transfer.requested", desk.melati.pk),
            ("people.transfer.agreed", desk.kenanga.pk),
            ("people.transfer.departed", desk.melati.pk),
            ("people.transfer.arrived", desk.kenanga.pk),
        ]
        told = str([event.payload for event in events])
        assert "Joko" not in told and "118/2025" not in told and "Lapas" not in told


def test_a_request_for_a_nik_tells_kenanga_the_facility_and_nothing_of_joko(desk: Desk, joko: Person) -> None:
    row = desk.pull()

    assert row is not None
    with desk.within(desk.tari):
        seen = Transfer.objects.get(pk=row.pk)
        assert seen.facility.name == "Lapas Kelas IIB Melati"
        assert not Person.objects.filter(pk=seen.person_id).exists()
        assert not Custody.objects.filter(pk=seen.custody_id).exists()
        assert transfers.coming([seen]) == {}
        assert transfers.carried(seen) is None
        (line,) = transfers.lines([seen], desk.tari)
        assert (line.name, line.who, line.shown_name) == (None, None, "Joko P.")


def test_kenanga_learns_the_name_once_melati_agrees(desk: Desk, joko: Person) -> None:
    row = desk.pull()
    assert row is not None

    desk.agree(row, desk.lestari)

    with desk.within(desk.tari):
        (line,) = transfers.lines([Transfer.objects.get(pk=row.pk)], desk.tari)
        assert line.name == "Joko Prasetyo"
        assert transfers.carried(row) is None


def test_a_refused_request_tells_nothing_afterwards(desk: Desk, joko: Person) -> None:
    row = desk.push(joko)
    with desk.within(desk.tari):
        assert transfers.coming([row])[row.pk].full_name == "Joko Prasetyo"
        operations.refuse_transfer(transfer=row, reason="Penuh", by=desk.tari, at=desk.now)

        assert transfers.coming([row]) == {}


def test_a_nik_that_is_nowhere_makes_no_request_and_asks_the_database_the_same(
    desk: Desk, joko: Person, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    with desk.within(desk.tari), django_assert_num_queries(4):  # savepoint, count, question, release
        nowhere = operations.ask_for_transfer(
            facility=desk.kenanga, nik="5102041203940999", called="X", reason="Datang", by=desk.tari, at=desk.now
        )

    assert nowhere is None
    with desk.within(desk.tari):
        assert not Transfer.objects.exists()


def test_asking_twice_is_one_request(desk: Desk, joko: Person) -> None:
    first, second = desk.pull(), desk.pull()

    assert first == second
    with desk.within(desk.tari):
        assert Transfer.objects.count() == 1


def test_somebody_released_elsewhere_is_admitted_as_if_known_nowhere(desk: Desk, joko: Person) -> None:
    with desk.within(desk.lestari):
        stay = Custody.objects.get(person=joko)
        operations.end_stay(custody=stay, kind="release", ended_on=DAY, by=desk.lestari, at=desk.now)

    assert desk.pull() is None


def test_admission_of_a_nik_held_elsewhere_asks_and_admits_nobody(desk: Desk, joko: Person) -> None:
    with desk.within(desk.tari):
        done = operations.admit_or_ask(
            facility=desk.kenanga, person=person_facts(nik=NIK), stay=stay_facts(), by=desk.tari, at=desk.now
        )

        assert isinstance(done, Transfer)
        assert not Custody.objects.exists()


def test_saving_a_roster_asks_for_whoever_is_held_elsewhere(desk: Desk, joko: Person) -> None:
    data = (
        "Nama;No. Register;NIK;Tempat, Tgl Lahir;Ekspirasi\n"
        f"Joko P;B.I 44/2026;{NIK};Jember, 12-03-1994;14-02-2028\n"
        "Orang Baru;B.I 45/2026;;Jember, 12-03-1990;14-02-2029\n"
    ).encode()
    with desk.within(desk.tari):
        given = {"facility": desk.kenanga, "name": "daftar.csv", "data": data, "by": desk.tari, "at": desk.now}
        roster = operations.read_roster(**given)  # type: ignore[arg-type]
        assert not Transfer.objects.exists()

        operations.commit_roster(roster_import=roster, by=desk.tari, at=desk.now)

        row = Transfer.objects.get()
        assert (row.asked_as, row.facility_id) == ("Joko P", desk.melati.pk)
        assert Custody.objects.get().register_number == "B.I 45/2026"


def test_the_fifty_first_question_of_a_day_is_refused_whatever_the_nik(desk: Desk, joko: Person) -> None:
    with desk.within(desk.lestari):
        stay = Custody.objects.get(person=joko)
    row = desk.pull()
    assert row is not None
    with desk.within(desk.tari):
        for number in range(50):
            operations.withdraw_transfer(transfer=row, reason="Salah", by=desk.tari, at=desk.now)
            if number < 49:
                row = operations.ask_for_transfer(
                    facility=desk.kenanga, nik=NIK, called="X", reason="Datang", by=desk.tari, at=desk.now
                )
                assert row is not None
        for nik in (NIK, "5102041203940999"):
            with pytest.raises(RuleBroken):
                operations.ask_for_transfer(
                    facility=desk.kenanga, nik=nik, called="X", reason="Datang", by=desk.tari, at=desk.now
                )
        later = desk.now + timedelta(days=1)
        assert operations.ask_for_transfer(
            facility=desk.kenanga, nik=NIK, called="X", reason="Datang", by=desk.tari, at=later
        )
    assert stay.pk


def test_who_is_on_the_way_cannot_be_admitted_again_where_they_left(desk: Desk, joko: Person) -> None:
    desk.gone(joko)

    with desk.within(desk.lestari), pytest.raises(RuleBroken, match="Kenanga"):
        operations.admit(
            facility=desk.melati, person=person_facts(nik=NIK), stay=stay_facts(), by=desk.lestari, at=desk.now
        )


def test_turning_back_opens_the_stay_again(desk: Desk, joko: Person, house: User) -> None:
    row = desk.gone(joko)

    with desk.within(desk.lestari):
        operations.turn_back(transfer=row, reason="Jalan putus", by=desk.lestari, at=desk.now)

        stay = Custody.objects.get(person=joko)
        assert (stay.ended_on, stay.end_kind, stay.end_note) == (None, "", "")
    with pytest.raises(RuleBroken):
        desk.arrive(row)
    with desk.within(house):
        assert list(violations()) == []


def test_arriving_twice_is_one_stay_and_another_number_is_refused(desk: Desk, joko: Person) -> None:
    row = desk.gone(joko)

    first, second = desk.arrive(row), desk.arrive(row)

    assert first.pk == second.pk
    with pytest.raises(RuleBroken):
        desk.arrive(row, "B.I 10/2026")


def test_of_two_requests_for_one_person_only_one_is_agreed_to(desk: Desk, joko: Person, house: User) -> None:
    push, other = desk.push(joko), _third(house, desk)
    with desk.within(desk.lestari):
        second = operations.request_transfer(
            custody=Custody.objects.get(person=joko), destination=other, reason="Lain", by=desk.lestari, at=desk.now
        )
    desk.agree(push, desk.tari)

    with desk.within(house), pytest.raises(RuleBroken):
        operations.agree_to_transfer(transfer=second, by=house, at=desk.now)

    desk.send_off(push)
    with desk.within(desk.lestari):
        assert Transfer.objects.get(pk=second.pk).status == "withdrawn"


def _third(house: User, desk: Desk) -> Facility:
    return Facility.objects.create(
        code="CMP", name="Lapas Kelas IIB Cempaka", kind="lapas", zone="WIB", regency_code="35.09",
        issuer_name="Balai Latihan Cempaka", issue_place="Cempaka", created_at=desk.now,
    )  # fmt: skip


def test_a_release_ends_what_was_asked(desk: Desk, joko: Person) -> None:
    row = desk.pull()
    assert row is not None
    with desk.within(desk.lestari):
        stay = Custody.objects.get(person=joko)
        operations.end_stay(custody=stay, kind="parole", ended_on=DAY, by=desk.lestari, at=desk.now)

        assert Transfer.objects.get(pk=row.pk).status == "refused"


def test_melati_still_reads_and_finds_joko_and_no_longer_changes_him(desk: Desk, joko: Person) -> None:
    desk.arrive(desk.gone(joko))

    with desk.within(desk.lestari):
        stay = queries.custodies_for(desk.lestari).get(person=joko)
        assert stay.person.full_name == "Joko Prasetyo"
        assert [person.pk for person in search(desk.lestari, "joko prasetio").similar] == [joko.pk]
        assert [person.pk for person in search(desk.lestari, NIK).people] == [joko.pk]
        assert Person.objects.filter(pk=joko.pk).update(full_name="Orang Lain") == 0
        assert not Custody.objects.filter(facility=desk.kenanga).exists()
        with pytest.raises(RuleBroken):
            operations.admit(
                facility=desk.melati, person=person_facts(), stay=stay_facts(), returning=joko, by=desk.lestari,
                at=desk.now,
            )  # fmt: skip


def test_kenanga_sees_where_joko_was_and_melati_not_where_he_is(desk: Desk, joko: Person) -> None:
    desk.arrive(desk.gone(joko))

    with desk.within(desk.tari):
        there = thread_of(Person.objects.get(pk=joko.pk), user=desk.tari, today=DAY)
        titles = " ".join(stop.title for stop in [*there.behind, *there.today])
        assert "Lapas Kelas IIB Melati" in titles and "Lapas Kelas IIA Kenanga" in titles
    with desk.within(desk.lestari):
        here = thread_of(Person.objects.get(pk=joko.pk), user=desk.lestari, today=DAY)
        told = " ".join(f"{stop.title} {stop.sentence}" for stop in [*here.behind, *here.today])
        assert "B.I 9/2026" not in told


def test_a_planned_transport_is_not_on_the_thread_of_a_trainer(desk: Desk, joko: Person, sari: User) -> None:
    desk.push(joko, planned_on=DAY + timedelta(days=3))

    with desk.within(sari):
        thread = thread_of(Person.objects.get(pk=joko.pk), user=sari, today=DAY)
        told = " ".join(stop.title for stop in [*thread.behind, *thread.today, *thread.ahead])
    assert "Kenanga" not in told


def test_who_was_released_at_kenanga_comes_back_to_melati_as_the_same_person(desk: Desk, joko: Person) -> None:
    custody = desk.arrive(desk.gone(joko))
    with desk.within(desk.tari):
        operations.end_stay(custody=custody, kind="release", ended_on=DAY, by=desk.tari, at=desk.now)

    with desk.within(desk.lestari):
        again = operations.admit(
            facility=desk.melati, person=person_facts(nik=NIK), stay=stay_facts(), by=desk.lestari, at=desk.now
        )

        assert again.person_id == joko.pk
        assert Person.objects.get(pk=joko.pk).facility_id == desk.melati.pk


@pytest.mark.parametrize(
    "sentence",
    [
        "update people_transfer set status = 'agreed' where id = %s",
        "update people_transfer set status = 'departed', departed_on = '2026-12-08' where id = %s",
        "update people_transfer set person_id = person_id where id = %s",
        "update people_transfer set destination_id = facility_id where id = %s",
    ],
)
def test_kenanga_cannot_help_itself_past_the_program(desk: Desk, joko: Person, sentence: str) -> None:
    row = desk.pull()
    assert row is not None

    with desk.within(desk.tari), pytest.raises((ProgrammingError, IntegrityError)):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence, [row.pk])


def test_the_program_cannot_look_up_who_holds_a_nik(desk: Desk, joko: Person) -> None:
    with desk.within(desk.tari), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from people_holders(%s, %s)", [[index_of(NIK)], desk.kenanga.pk])


def test_nobody_is_moved_before_they_departed(desk: Desk, joko: Person) -> None:
    row = desk.push(joko)
    desk.agree(row, desk.tari)

    with desk.within(desk.tari), connection.cursor() as cursor:
        cursor.execute("select people_arrive(%s)", [row.pk])
        assert cursor.fetchone() == (False,)
        cursor.execute("select people_take_back(%s, %s)", [joko.pk, desk.kenanga.pk])
        assert cursor.fetchone() == (False,)


def _together(*tasks: Callable[[], object]) -> list[object]:
    """Run the tasks at once, each in a connection of its own; what each gave or raised."""
    gate, answers = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(place: int, task: Callable[[], object]) -> None:
        gate.wait()
        try:
            answers[place] = task()  # type: ignore[call-overload]
        except Exception as error:
            answers[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers  # type: ignore[return-value]


def test_two_arrivals_at_once_are_one_stay(fresh_database: str, desk: Desk, joko: Person, house: User) -> None:
    row = desk.gone(joko)

    answers = _together(lambda: desk.arrive(row), lambda: desk.arrive(row))

    assert {getattr(answer, "pk", answer) for answer in answers} == {answers[0].pk}  # type: ignore[attr-defined]
    with desk.within(house):
        assert Custody.objects.filter(person=joko).count() == 2
        assert list(violations()) == []


def test_withdrawn_while_it_is_agreed_to_ends_in_one_of_the_two(
    fresh_database: str, desk: Desk, joko: Person, house: User
) -> None:
    row = desk.push(joko)

    def withdraw() -> Transfer:
        with desk.within(desk.lestari):
            return operations.withdraw_transfer(transfer=row, reason="Batal", by=desk.lestari, at=desk.now)

    agreed, withdrawn = _together(lambda: desk.agree(row, desk.tari), withdraw)

    # Agreed first, it may still be withdrawn; withdrawn first, it can no longer be agreed to.
    assert isinstance(withdrawn, Transfer)
    assert isinstance(agreed, Transfer | RuleBroken)
    with desk.within(house):
        assert Transfer.objects.get(pk=row.pk).status == "withdrawn"


def test_two_facilities_that_ask_at_once_get_one_agreement(
    fresh_database: str, desk: Desk, joko: Person, house: User
) -> None:
    other = _third(house, desk)
    with desk.within(house):
        stay = Custody.objects.get(person=joko)
        rows = [
            Transfer.objects.get(pk=row.pk)
            for row in (
                desk.push(joko),
                operations.request_transfer(custody=stay, destination=other, reason="Lain", by=house, at=desk.now),
            )
        ]

    def agree(row: Transfer) -> Transfer:
        with desk.within(house):
            return operations.agree_to_transfer(transfer=row, by=house, at=desk.now)

    answers = _together(lambda: agree(rows[0]), lambda: agree(rows[1]))

    assert sorted(type(answer).__name__ for answer in answers) == ["RuleBroken", "Transfer"]
    with desk.within(house):
        assert Transfer.objects.filter(status="agreed").count() == 1
