"""Two records of one person: joined, parted, told apart. Nothing of either changes."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.invariants import violations
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import joinings, operations, rules
from bekal.people.models import Custody, Distinction, Joining, Parting, Person
from bekal.people.operations.stays import index_of
from bekal.people.searching import search
from bekal.people.tests.factories import a_stay, person_facts, stay_facts

Within = Callable[[User], AbstractContextManager[None]]
AsUser = Callable[[User], User]
NIK = "5102041203940001"
DAY = date(2026, 12, 8)


@pytest.fixture
def twin(joko: Person, melati: Facility, lestari: User, within: Within, now: datetime) -> Person:
    """Joko once more, as an old register wrote him: another spelling, a stay that ended."""
    with within(lestari):
        stay = a_stay(
            melati, at=now, name="Djoko Prasetya", register_number="A.III 40/2019", ended_on=date(2020, 1, 5),
            end_kind="released_by_law", standing="remand",
        )  # fmt: skip
    return stay.person


@pytest.mark.parametrize("facts", ["same", "not both_here", "kept_is_merged", "merged_is_merged", "merged_has_merged"])
def test_what_cannot_be_joined(facts: str) -> None:
    given_ = {
        "same": False, "both_here": True, "kept_is_merged": False, "merged_is_merged": False, "merged_has_merged": False,
    }  # fmt: skip
    rules.check_join(**given_)
    name = facts.removeprefix("not ")

    with pytest.raises(RuleBroken):
        rules.check_join(**{**given_, name: not given_[name]})


def test_a_joining_is_recorded_and_changes_neither_record(
    joko: Person, twin: Person, lestari: User, now: datetime
) -> None:
    before = _facts()

    row = operations.join(kept=joko, merged=twin, reason="Sidik jari sama", by=lestari, at=now)

    assert _facts() == before
    event = Event.objects.get(code="people.person.joined")
    assert (event.subject, event.payload["merged"]) == (joko.public_id, str(twin.public_id))
    assert "Prasetya" not in str(event.payload)
    assert operations.join(kept=joko, merged=twin, reason="Lagi", by=lestari, at=now) == row


def test_search_finds_the_kept_record_under_both_names_and_numbers(
    joko: Person, twin: Person, lestari: User, now: datetime
) -> None:
    operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    for typed in ("Joko Prasetyo", "Djoko Prasetya", "B.I 118/2025", "A.III 40/2019"):
        assert [person.pk for person in search(lestari, typed).people] == [joko.pk], typed


def test_parting_brings_both_back(joko: Person, twin: Person, lestari: User, now: datetime) -> None:
    row = operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    operations.part(joining=row, reason="Keliru", by=lestari, at=now)
    operations.part(joining=row, reason="Keliru lagi", by=lestari, at=now)

    assert Parting.objects.get().reason == "Keliru"
    assert joinings.records_of(joko) == {joko.pk}
    assert [person.pk for person in search(lestari, "Djoko Prasetya").people] == [twin.pk]


def test_what_was_joined_cannot_be_written_over_or_deleted(
    joko: Person, twin: Person, lestari: User, now: datetime
) -> None:
    operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    for sentence in ("update people_joining set reason = ''", "delete from people_joining"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)


def test_rina_sees_no_joining_of_melati(
    joko: Person, twin: Person, lestari: User, rina: User, now: datetime, as_user: AsUser
) -> None:
    operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    as_user(rina)
    assert not Joining.objects.exists()


def test_records_alike_in_nik_or_name_and_birth_are_offered_once(
    joko: Person, twin: Person, melati: Facility, lestari: User, now: datetime
) -> None:
    assert joinings.suspected_for(lestari) == []
    Person.objects.filter(pk=joko.pk).update(nik_index=index_of(NIK))
    Person.objects.filter(pk=twin.pk).update(nik_index=index_of(NIK))
    other = a_stay(melati, at=now, name="Joko Prasetyo").person
    Person.objects.filter(pk=other.pk).update(birth_on=joko.birth_on)

    pairs = {frozenset((pair.first.pk, pair.second.pk)): pair.same_nik for pair in joinings.suspected_for(lestari)}

    assert pairs == {frozenset((joko.pk, twin.pk)): True, frozenset((joko.pk, other.pk)): False}
    operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)
    operations.tell_apart(one=other, other=joko, reason="Kembar", by=lestari, at=now)
    assert joinings.suspected_for(lestari) == []
    assert Distinction.objects.get().first_id == min(joko.pk, other.pk)


def test_two_people_of_one_name_and_birth_with_two_niks_are_not_offered(
    joko: Person, melati: Facility, lestari: User, now: datetime, as_user: AsUser
) -> None:
    as_user(lestari)
    other = a_stay(melati, at=now, name="Joko Prasetyo").person
    Person.objects.filter(pk=other.pk).update(birth_on=joko.birth_on, nik_index=index_of("5102041203940002"))
    Person.objects.filter(pk=joko.pk).update(nik_index=index_of(NIK))

    assert joinings.suspected_for(lestari) == []


def test_who_is_in_custody_under_one_record_is_not_admitted_under_the_other(
    joko: Person, twin: Person, melati: Facility, lestari: User, now: datetime
) -> None:
    operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    with pytest.raises(RuleBroken):
        operations.admit(facility=melati, person=person_facts(), stay=stay_facts(), returning=twin, by=lestari, at=now)


def test_joined_records_are_transferred_together_and_parted_there(
    joko: Person, twin: Person, melati: Facility, kenanga: Facility, lestari: User, tari: User, house: User,
    now: datetime, within: Within,
) -> None:  # fmt: skip
    with within(lestari):
        joining = operations.join(kept=twin, merged=joko, reason="Sama", by=lestari, at=now)
        stay = Custody.objects.get(person=joko)
        row = operations.request_transfer(custody=stay, destination=kenanga, reason="Penuh", by=lestari, at=now)
    with within(tari):
        operations.agree_to_transfer(transfer=row, by=tari, at=now)
    with within(lestari):
        operations.send_off(transfer=row, departed_on=DAY, by=lestari, at=now)
    with within(tari):
        operations.arrive(
            transfer=row, register_number="B.I 3/2026", standing="sentenced", arrived_on=DAY, by=tari, at=now
        )
        assert set(Person.objects.values_list("pk", flat=True)) == {joko.pk, twin.pk}
        assert [person.pk for person in search(tari, "Joko Prasetyo").people] == [twin.pk]
        operations.part(joining=Joining.objects.get(pk=joining.pk), reason="Keliru", by=tari, at=now)
    with within(lestari):
        assert not joinings.in_force().exists()
    with within(house):
        assert list(violations()) == []


def _facts() -> list[dict[str, Any]]:
    """Everything that is written of people and their stays."""
    return [
        {**model_to_dict(row), "pk": row.pk}
        for model in (Person, Custody)
        for row in model.objects.order_by("pk")
    ]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["join", "part", "apart"]), st.integers(0, 3), st.integers(0, 3)), max_size=12
    )
)
def test_any_order_of_joining_and_parting_leaves_the_facts_as_they_were(
    joko: Person, twin: Person, melati: Facility, lestari: User, now: datetime, as_user: AsUser,
    steps: list[tuple[str, int, int]],
) -> None:  # fmt: skip
    with transaction.atomic():
        as_user(lestari)
        people = [joko, twin, *(a_stay(melati, at=now, name=f"Catatan {n}").person for n in range(2))]
        before = _facts()
        for what, one, other in steps:
            try:
                _step(what, people[one], people[other], by=lestari, at=now)
            except RuleBroken:
                continue
            assert list(violations()) == []
        assert _facts() == before
        for row in joinings.in_force():
            operations.part(joining=row, reason="Urung", by=lestari, at=now)
        assert [joinings.records_of(person) for person in people] == [{person.pk} for person in people]
        transaction.set_rollback(True)


def _step(what: str, one: Person, other: Person, *, by: User, at: datetime) -> None:
    if what == "join":
        operations.join(kept=one, merged=other, reason="Sama", by=by, at=at)
    elif what == "apart":
        operations.tell_apart(one=one, other=other, reason="Lain", by=by, at=at)
    else:
        row = joinings.in_force().filter(kept=one, merged=other).first()
        if row:
            operations.part(joining=row, reason="Keliru", by=by, at=at)


def test_two_officers_who_join_crosswise_at_once_leave_one_joining(
    fresh_database: str, joko: Person, twin: Person, lestari: User, house: User, now: datetime, within: Within
) -> None:
    answers: list[object] = []
    gate = threading.Barrier(2)

    def run(kept: Person, merged: Person) -> None:
        gate.wait()
        try:
            with within(lestari):
                answers.append(operations.join(kept=kept, merged=merged, reason="Sama", by=lestari, at=now))
        except RuleBroken as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((joko, twin), (twin, joko))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(answer).__name__ for answer in answers) == ["Joining", "RuleBroken"]
    with within(house):
        assert list(violations()) == []
