"""Two officers at the same instant, with real threads and real commits: one wins, the other is told."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Enrolment
from bekal.delivery.programmes.rules import Decision, Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.core.scope import entered
from bekal.people.models import KeepApart
from bekal.people.operations import NotPlaced, note_pair


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at the same instant, each in a thread with a connection of its own; what each gave or raised."""
    gate, answers = Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers[place] = call()
        except RuleBroken as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def _as(user, operation: Callable[..., Any], **arguments: Any) -> Callable[[], Any]:
    def call() -> Any:
        with entered(scope_of(user)):
            return operation(by=user, **arguments)

    return call


@pytest.fixture
def before(now):
    return make.days_before(now, 28)


@pytest.fixture
def batch(fresh_database, melati, budi, before, within):
    with within(budi):
        return make.make_batch(make.make_programme(melati, budi, before), budi, before, capacity=1)


def test_the_last_seat_is_given_once(batch, melati, sari, dewi, wira, before, within):
    with within(wira):
        first, second = (make.make_person(melati, at=before) for _number in range(2))
        make.accept(make.propose(batch, [first, second], sari, before), dewi, before)
        one, other = queries.accepted_of(batch)
    outside = {"batch": batch, "decided_on": before.date(), "at": before}

    answers = together(
        _as(wira, operations.record_decree, number="1/2026", nominations=[one], **outside),
        _as(wira, operations.record_decree, number="2/2026", nominations=[other], **outside),
    )

    assert sorted(isinstance(answer, RuleBroken) for answer in answers) == [False, True]
    with within(wira):
        assert Enrolment.objects.filter(batch=batch).count() == 1
        assert batch.decrees.count() == 1


def test_a_hearing_is_decided_once_and_the_second_is_told(batch, melati, joko, sari, dewi, wira, before, within, now):
    other = make_second_board_member(melati, now)
    with within(dewi):
        nominations = make.propose(batch, [joko], sari, before)
        hearing = make.make_hearing(nominations, melati, dewi, before)
    key = nominations[0].public_id

    answers = together(
        _as(dewi, operations.decide_hearing, hearing=hearing, decisions={key: Decision(True)}, at=before),
        _as(other, operations.decide_hearing, hearing=hearing, decisions={key: Decision(False, "Belum")}, at=before),
    )

    refused = [answer for answer in answers if isinstance(answer, Changed)]
    assert len(refused) == 1
    with within(dewi):
        hearing.refresh_from_db()
        decided = hearing.nominations.get()
        assert hearing.decided_by.name in refused[0].message
        assert decided.status == ("accepted" if hearing.decided_by == dewi else "refused")
        assert hearing.minutes.sequence == 1


def make_second_board_member(facility, now):
    from bekal.conftest import _officer
    from bekal.foundation.accounts.choices import Role

    return _officer("gede", "Gede Suarta", Role.BOARD, "Anggota TPP", facility, now)


def test_two_sheets_at_once_lose_no_row(batch, melati, joko, sari, budi, dewi, wira, before, now, within):
    with within(wira):
        make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)
        operations.start_batch(batch=batch, by=budi, at=before)
        session = queries.sessions_of(batch).last()
        key = batch.enrolments.get().public_id
    sheet = {"session": session, "status": "held", "read": {key: ""}, "session_read": "", "at": now}

    answers = together(
        _as(sari, operations.record_attendance, marks={key: Mark(True, "", "active", 5)}, **sheet),
        _as(budi, operations.record_attendance, marks={key: Mark(True, "", "active", 3)}, **sheet),
    )

    assert sorted(answer.rows for answer in answers) == [0, 1]
    loser = next(answer for answer in answers if answer.rows == 0)
    with within(wira):
        row = session.attendances.get()
        assert loser.clashes == {key: row}


def test_of_a_pair_that_is_kept_apart_one_gets_in(fresh_database, melati, budi, sari, agung, wira, before, within):
    with within(wira):
        people = [make.make_person(melati, at=before) for _number in range(3)]
    with within(budi):
        batch = make.make_batch(make.make_programme(melati, budi, before), budi, before, capacity=3)
    with within(agung):
        facts = {"reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date()}
        note_pair(facility=melati, one=people[0], other=people[1], **facts, by=agung, at=before)

    answers = together(
        *(
            _as(who, operations.nominate, batch=batch, person=person, at=before)
            for who, person in zip((sari, budi, sari), people, strict=True)
        )
    )

    refused = [answer for answer in answers if isinstance(answer, NotPlaced)]
    assert len(refused) == 1
    with within(wira):
        placed = queries.placed_in(batch, coming=["proposed"])
        assert people[2].pk in placed and len(placed) == 2


def test_of_the_last_two_seats_a_pair_that_is_kept_apart_gets_one(
    fresh_database, melati, budi, sari, dewi, agung, wira, before, within
):
    with within(wira):
        people = [make.make_person(melati, at=before) for _number in range(2)]
        batch = make.make_batch(make.make_programme(melati, budi, before), budi, before, capacity=2)
        make.accept(make.propose(batch, people, sari, before), dewi, before)
        rows = list(queries.accepted_of(batch))
    with within(agung):
        facts = {"reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date()}
        note_pair(facility=melati, one=people[0], other=people[1], **facts, by=agung, at=before)
    outside = {"batch": batch, "decided_on": before.date(), "at": before}

    answers = together(
        *(
            _as(wira, operations.record_decree, number=f"{place}/2026", nominations=[row], **outside)
            for place, row in enumerate(rows)
        )
    )

    assert sorted(isinstance(answer, NotPlaced) for answer in answers) == [False, True]
    with within(wira):
        assert Enrolment.objects.filter(batch=batch).count() == 1


def test_a_pair_noted_by_two_at_once_is_there_once(fresh_database, melati, agung, wira, before, within):
    with within(wira):
        one, other = (make.make_person(melati, at=before) for _number in range(2))
    facts = {"facility": melati, "reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date(), "at": before}

    answers = together(
        _as(agung, note_pair, one=one, other=other, **facts), _as(wira, note_pair, one=other, other=one, **facts)
    )

    assert sorted(isinstance(answer, RuleBroken) for answer in answers) == [False, True]
    with within(agung):
        assert KeepApart.objects.count() == 1
