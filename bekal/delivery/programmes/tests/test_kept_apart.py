"""People who are kept apart share no batch, and whoever is refused is not told why or with whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.invariants import kept_apart_in_one_batch
from bekal.delivery.programmes.models import Nomination
from bekal.delivery.programmes.rules import Decision
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import apart
from bekal.people import operations as people
from bekal.people.models import ApartAttempt, KeepApart
from bekal.people.operations import NotPlaced


@pytest.fixture
def before(now):
    return make.days_before(now, 28)


@pytest.fixture
def batch(melati, budi, before, within):
    with within(budi):
        return make.make_batch(make.make_programme(melati, budi, before), budi, before)


@pytest.fixture
def two(melati, house, before, within):
    with within(house):
        return [make.make_person(melati, at=before) for _number in range(2)]


@pytest.fixture
def keep_apart(melati, agung, before, within):
    def note(one, other, **changes):
        facts = {"reason": "Pernah berkelahi di blok", "basis": "BA 12/2026", "since_on": before.date(), **changes}
        with within(agung):
            return people.note_pair(facility=melati, one=one, other=other, **facts, by=agung, at=before)

    return note


def test_the_second_of_a_pair_is_not_proposed_and_nobody_is_named(batch, two, keep_apart, sari, before, as_user):
    keep_apart(*two)
    as_user(sari)
    make.propose(batch, two[:1], sari, before)

    with pytest.raises(NotPlaced) as refused:
        make.propose(batch, two[1:], sari, before)

    assert two[0].full_name not in refused.value.message
    assert "petugas keamanan" in refused.value.message
    assert Nomination.objects.count() == 1


def test_each_of_a_pair_may_join_a_batch_without_the_other(batch, two, keep_apart, sari, before, as_user):
    keep_apart(*two)
    as_user(sari)

    assert make.propose(batch, two[1:], sari, before)


@pytest.mark.parametrize("changes", [{"until_on": 1}, {"since_on": 400}])
def test_a_pair_of_another_time_stands_in_nobodys_way(batch, two, keep_apart, sari, before, changes, as_user):
    keep_apart(*two, **{key: before.date() + timedelta(days=days) for key, days in changes.items()})
    as_user(sari)

    assert len(make.propose(batch, two, sari, before)) == 2


def test_two_who_were_proposed_before_are_not_both_accepted(batch, two, keep_apart, sari, dewi, before, as_user):
    as_user(sari)
    nominations = make.propose(batch, two, sari, before)
    keep_apart(*two)
    as_user(dewi)
    hearing = make.make_hearing(nominations, batch.facility, dewi, before)
    both = {row.public_id: Decision(True) for row in nominations}

    with pytest.raises(NotPlaced) as refused:
        operations.decide_hearing(hearing=hearing, decisions=both, by=dewi, at=before)
    named = [person for person in two if person.full_name in refused.value.message]
    assert len(named) == 1
    one = {row.public_id: Decision(row.person != named[0], "Menunggu") for row in nominations}
    assert operations.decide_hearing(hearing=hearing, decisions=one, by=dewi, at=before).status == "decided"


def test_two_who_were_accepted_before_are_not_both_enrolled(batch, two, keep_apart, sari, dewi, wira, before, as_user):
    as_user(wira)
    make.accept(make.propose(batch, two, sari, before), dewi, before)
    keep_apart(*two)
    as_user(wira)

    with pytest.raises(NotPlaced):
        operations.record_decree(batch=batch, number="1/2026", decided_on=before.date(), by=wira, at=before)
    assert not batch.enrolments.exists() and not batch.decrees.exists()


def test_whoever_was_refused_stays_refused_when_others_are_taken_away(batch, two, keep_apart, sari, before, as_user):
    keep_apart(*two)
    as_user(sari)
    first = make.propose(batch, two[:1], sari, before)[0]
    with pytest.raises(NotPlaced) as refused:
        make.propose(batch, two[1:], sari, before)
    refused.value.leave_trace(by=sari, at=before)
    operations.withdraw_nomination(nomination=first, by=sari, at=before)

    with pytest.raises(NotPlaced):
        make.propose(batch, two[1:], sari, before)


def test_security_allows_a_pair_in_one_batch_for_a_reason(batch, two, keep_apart, sari, agung, before, as_user):
    pair = keep_apart(*two)
    as_user(sari)
    make.propose(batch, two[:1], sari, before)
    with pytest.raises(NotPlaced) as refused:
        make.propose(batch, two[1:], sari, before)
    refused.value.leave_trace(by=sari, at=before)
    as_user(agung)
    attempt = apart.attempts_of(pair).get()
    with pytest.raises(RuleBroken):
        people.allow_together(attempt=attempt, reason=" ", by=agung, at=before)
    people.allow_together(attempt=attempt, reason="Sudah didamaikan, diawasi", by=agung, at=before)
    as_user(sari)

    assert make.propose(batch, two[1:], sari, before)
    as_user(agung)
    assert not list(kept_apart_in_one_batch())
    assert not apart.unseen_attempts(agung).exists()


def test_a_page_leaves_an_attempt_that_security_sees_and_the_trainer_does_not(
    batch, two, keep_apart, sari, agung, wira, before, pages_of, within
):
    pair = keep_apart(*two)
    with within(sari):
        make.propose(batch, two[:1], sari, before)

    page = pages_of(sari).post(f"/program/angkatan/{batch.public_id}/usulkan/{two[1].public_id}/", {"motive": "Rajin"})

    assert "tidak dapat ditempatkan di angkatan ini" in page.content.decode()
    with within(agung):
        attempt = apart.attempts_of(pair).get()
        assert (attempt.person, attempt.tried_by, attempt.group) == (two[1], sari, batch.public_id)
    with within(wira):
        assert Event.objects.get(code="people.apart.attempted").payload == {"lines": 1}
    with within(sari):
        assert not KeepApart.objects.exists() and not ApartAttempt.objects.exists()


def test_an_attempt_in_rehabilitation_is_for_the_head_alone(
    melati, two, keep_apart, nyoman, agung, wira, before, within
):
    pair = keep_apart(*two)
    with within(nyoman):
        programme = make.make_programme(melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial")
        batch = make.make_batch(programme, nyoman, before)
        make.propose(batch, two[:1], nyoman, before)
        with pytest.raises(NotPlaced) as refused:
            make.propose(batch, two[1:], nyoman, before)
        refused.value.leave_trace(by=nyoman, at=before)

    assert "Kepala" in refused.value.message and "keamanan" not in refused.value.message
    with within(agung):
        assert not apart.attempts_of(pair).exists()
    with within(wira):
        assert apart.attempts_of(pair).count() == 1


def test_the_lists_of_candidates_are_the_same_with_and_without_a_pair(batch, two, keep_apart, sari, before, as_user):
    as_user(sari)
    make.propose(batch, two[:1], sari, before)
    rows = [(row.custody.pk, row.group, row.verdicts) for row in queries.candidates_for(batch)]
    keep_apart(*two)
    as_user(sari)

    assert [(row.custody.pk, row.group, row.verdicts) for row in queries.candidates_for(batch)] == rows


def test_being_placed_costs_as_many_queries_with_a_pair_as_without(
    batch, melati, two, keep_apart, sari, house, before, as_user, django_assert_num_queries
):
    as_user(house)
    first, third = (make.make_person(melati, at=before) for _one in range(2))
    as_user(sari)
    # Whoever is in the batch already is looked up under every record: an empty batch asks less, whoever is proposed.
    make.propose(batch, [first], sari, before)
    with CaptureQueriesContext(connection) as without:
        make.propose(batch, [third], sari, before)
    keep_apart(*two)
    as_user(sari)
    with django_assert_num_queries(len(without)):
        make.propose(batch, two[:1], sari, before)


def test_a_pair_that_slipped_through_is_found_and_one_noted_later_is_no_fault(
    batch, two, keep_apart, sari, house, before, now, as_user
):
    as_user(sari)
    make.propose(batch, two, sari, before)
    pair = keep_apart(*two)
    as_user(house)
    assert not list(kept_apart_in_one_batch())

    KeepApart.objects.filter(pk=pair.pk).update(noted_at=before - timedelta(days=1))

    assert list(kept_apart_in_one_batch())
