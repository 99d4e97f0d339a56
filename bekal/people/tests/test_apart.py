"""Pairs that are kept apart: noted once, seen by security alone, ended."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from bekal.conftest import _officer
from bekal.foundation.accounts.choices import Role
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import apart, operations, rules
from bekal.people.models import ApartAttempt, Custody, KeepApart
from bekal.people.tests.factories import a_stay

REASON = "Pernah berkelahi di blok B"


@pytest.fixture
def two(melati, house, now, as_user):
    as_user(house)
    return [a_stay(melati, at=now, name=name).person for name in ("I Made Suweca", "Agus Riyanto")]


@pytest.fixture
def note(melati, agung, now, today, as_user):
    def write(one, other, **changes):
        as_user(agung)
        facts = {"reason": REASON, "basis": "BA 12/2026", "since_on": today, **changes}
        return operations.note_pair(facility=melati, one=one, other=other, **facts, by=agung, at=now)

    return write


def test_a_pair_has_one_order_and_is_there_once(note, two):
    pair = note(two[1], two[0])

    assert pair.first_id < pair.second_id
    with pytest.raises(RuleBroken):
        note(*two)
    assert KeepApart.objects.count() == 1


def test_a_pair_that_ran_out_gives_way_to_a_new_one(note, two, today):
    old = note(*two, since_on=today - timedelta(days=30), until_on=today - timedelta(days=2))
    note(*two)
    old.refresh_from_db()

    assert old.ended_at is not None
    assert KeepApart.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": " "}, "reason"), ({"basis": ""}, "basis"), ({"until_on": date(2020, 1, 1)}, "until_on")],
)
def test_a_pair_without_its_facts_names_the_field(note, two, changes, field):
    with pytest.raises(RuleBroken) as refused:
        note(*two, **changes)

    assert refused.value.field == field


def test_nobody_is_kept_apart_from_themselves(note, two):
    with pytest.raises(RuleBroken):
        note(two[0], two[0])


def test_why_they_are_kept_apart_is_unreadable_in_the_table_and_absent_from_the_trail(note, two):
    pair = note(*two)
    with connection.cursor() as cursor:
        cursor.execute("select reason from people_keepapart")
        stored = bytes(cursor.fetchone()[0])

    assert REASON.encode() not in stored
    assert KeepApart.objects.get().reason == REASON
    event = Event.objects.get(code="people.apart.noted")
    assert set(event.payload) == {"since"} and event.subject == pair.public_id


@pytest.mark.parametrize("who", ["sari", "budi", "ayu", "nyoman", "dewi", "lestari", "rina"])
def test_nobody_outside_security_sees_a_pair(note, two, who, request, as_user):
    note(*two)
    as_user(request.getfixturevalue(who))

    assert not KeepApart.objects.exists() and not ApartAttempt.objects.exists()


@pytest.mark.parametrize("who", ["agung", "wira"])
def test_security_and_the_head_see_it(note, two, who, request, as_user):
    note(*two)
    user = as_user(request.getfixturevalue(who))

    assert apart.pairs_for(user).count() == 1


def test_a_pair_goes_along_when_both_are_moved(note, two, melati, kenanga, agung, rina, house, now, as_user, within):
    note(*two)
    theirs = _officer("surya", "Surya Dharma", Role.SECURITY, "Ka. KPLP", kenanga, now)
    with within(theirs):
        assert not apart.pairs_for(theirs).exists()
    as_user(house)
    for person in two:
        person.custodies.update(ended_on=now.date(), end_kind="transfer")
        person.facility = kenanga
        person.save(update_fields=["facility"])
        a_stay_of(person, kenanga, now)

    with within(theirs):
        assert apart.pairs_for(theirs).count() == 1


def a_stay_of(person, facility, now):
    Custody.objects.create(
        facility=facility,
        person=person,
        register_number=f"B.I {person.pk}/2020",
        standing="sentenced",
        created_at=now,
    )


def test_the_application_cannot_ask_who_the_other_one_is(two, as_user, sari):
    as_user(sari)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "select * from people_pairs_in_the_way('{1}', '{2}', gen_random_uuid(), now()::date, now()::date)"
        )


def test_an_ended_pair_is_ended_once_with_its_reason(note, two, agung, now):
    pair = note(*two)
    with pytest.raises(RuleBroken):
        operations.end_pair(pair=pair, reason=" ", by=agung, at=now)
    operations.end_pair(pair=pair, reason="Sudah berdamai", by=agung, at=now)
    operations.end_pair(pair=pair, reason="Lagi", by=agung, at=now)

    assert KeepApart.objects.get().end_reason == "Sudah berdamai"
    assert Event.objects.filter(code="people.apart.ended").count() == 1


def test_the_sentence_leads_to_whoever_may_know():
    assert rules.cannot_be_placed("Joko", is_confidential=False).endswith("petugas keamanan.")
    assert rules.cannot_be_placed("Joko", is_confidential=True).endswith("Kepala UPT.")
