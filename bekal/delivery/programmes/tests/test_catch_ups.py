"""Catch-up sessions: for whom, when, and whether their hours count."""

from datetime import date, time, timedelta

import pytest

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.rules import MadeUp, Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Place


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def batch(as_user, budi, sari, dewi, wira, joko, melati, before):
    """Four mornings; Joko was not there on the first, somebody else always was."""
    as_user(wira)
    batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


@pytest.fixture
def joko_seat(batch, joko):
    return batch.enrolments.get(person=joko)


@pytest.fixture
def missed(batch, joko_seat, sari, now):
    session = queries.sessions_of(batch).first()
    marks = {joko_seat.public_id: Mark(False, "sick")}
    operations.record_attendance(session=session, status="held", marks=marks, by=sari, at=now)
    for other in queries.sessions_of(batch):
        there = [row for row in queries.on_list(other) if (other, row) != (session, joko_seat)]
        there = {row.public_id: Mark(True, "", "active", 5) for row in there}
        operations.record_attendance(session=other, status="held", marks=there, by=sari, at=now)
    session.refresh_from_db()
    return session


def _plan(missed, people, budi, now, **changes):
    given = {"held_on": date(2026, 12, 3), "starts_at": time(13), "ends_at": time(16, 45), "jp": 5}
    return operations.plan_catch_up(missed=missed, people=people, **{**given, **changes}, by=budi, at=now)


@pytest.fixture
def catch_up(missed, joko_seat, budi, now):
    return _plan(missed, [joko_seat], budi, now)


def test_only_whoever_missed_something_may_make_up_for_it(batch, missed, joko_seat, budi, now):
    other = batch.enrolments.exclude(pk=joko_seat.pk).get()

    assert [row.enrolment for row in queries.missed_at(missed)] == [joko_seat]
    with pytest.raises(RuleBroken):
        _plan(missed, [other], budi, now)
    with pytest.raises(RuleBroken):
        _plan(missed, [], budi, now)


def test_a_catch_up_has_a_list_and_a_number_of_its_own(batch, catch_up, missed, joko_seat, budi, now):
    again = _plan(missed, [joko_seat], budi, now)

    assert again == catch_up
    assert queries.on_list(catch_up) == [joko_seat]
    assert (catch_up.number, catch_up.name, catch_up.module) == (1, "pertemuan susulan ke-1", missed.module)
    assert [s.number for s in queries.sessions_of(batch) if not s.makes_up_for_id] == [1, 2, 3, 4]
    counts = queries.session_counts([batch])[catch_up.pk]
    assert (counts.expected, counts.missing) == (1, 1)
    with pytest.raises(RuleBroken):
        _plan(catch_up, [joko_seat], budi, now)


def test_made_up_hours_are_shown_and_count_only_by_a_rule(batch, catch_up, joko_seat, sari, budi, now, before):
    make.mark_all(catch_up, sari, now)
    held_jp = queries.counts_of(batch).held_jp

    def standing():
        return next(row for row in queries.standings_of(batch, held_jp=held_jp) if row.enrolment == joko_seat)

    assert held_jp == 20
    assert (standing().jp, standing().made_up, standing().has_reached) == (15, MadeUp(5, 0), False)
    assert (standing().rate, standing().rate_with) == (75, 100)

    rule = {"does_count": True, "most_percent": 10, "from_on": before.date(), "basis": "Keputusan UPT"}
    operations.set_make_up_rule(programme=batch.programme, **rule, by=budi, at=now)

    assert (standing().made_up, standing().has_reached) == (MadeUp(5, 2), True)


@pytest.mark.parametrize(("does_count", "status"), [(True, "completed"), (False, "participated")])
def test_the_closing_follows_the_same_rule(batch, catch_up, joko_seat, sari, budi, now, before, does_count, status):
    make.mark_all(catch_up, sari, now)
    rule = {"does_count": does_count, "most_percent": 100, "from_on": before.date(), "basis": "Keputusan UPT"}
    operations.set_make_up_rule(programme=batch.programme, **rule, by=budi, at=now)

    operations.complete_batch(batch=batch, by=budi, at=now)

    joko_seat.refresh_from_db()
    assert joko_seat.status == status


def test_a_rule_is_dated_and_has_a_basis(batch, budi, now):
    rule = {"programme": batch.programme, "does_count": True, "most_percent": 50, "by": budi, "at": now}
    with pytest.raises(RuleBroken):
        operations.set_make_up_rule(from_on=date(2026, 1, 1), basis=" ", **rule)
    operations.set_make_up_rule(from_on=date(2026, 1, 1), basis="SK 1", **rule)
    with pytest.raises(RuleBroken):
        operations.set_make_up_rule(from_on=date(2026, 1, 1), basis="SK 2", **rule)
    operations.set_make_up_rule(from_on=date(2026, 12, 1), basis="SK 2", **rule)

    assert queries.make_up_rule_on(batch.programme, date(2026, 11, 30)).basis == "SK 1"
    assert queries.make_up_rule_on(batch.programme, date(2026, 12, 1)).basis == "SK 2"
    assert queries.make_up_rule_on(batch.programme, date(2025, 12, 1)) is None


def test_a_catch_up_takes_a_place_like_any_session(batch, catch_up, melati, budi, now, before):
    kitchen = Place.objects.get(facility=melati, name="Dapur Pelatihan")
    with pytest.raises(RuleBroken, match="pertemuan susulan ke-1"):
        operations.add_session(
            batch=batch, held_on=catch_up.held_on, starts_at=time(14), ends_at=time(15), jp=1, place=kitchen,
            by=budi, at=now,
        )  # fmt: skip


def test_who_makes_up_in_rehabilitation_is_a_health_fact(
    nyoman, ayu, budi, dewi, wira, joko, melati, now, before, as_user
):
    as_user(wira)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    batch = make.make_batch(programme, nyoman, before)
    make.fill(batch, [joko], proposer=ayu, board=dewi, head=wira, at=before)
    operations.start_batch(batch=batch, by=nyoman, at=before)
    session = queries.sessions_of(batch).first()
    seat = batch.enrolments.get()
    marks = {seat.public_id: Mark(False, "sick")}
    operations.record_attendance(session=session, status="held", marks=marks, by=ayu, at=now)
    session.refresh_from_db()

    with pytest.raises(RuleBroken):
        _plan(session, [seat], budi, now)
    catch_up = _plan(session, [seat], nyoman, now)

    assert catch_up.seats.get().is_confidential
    as_user(budi)
    assert catch_up.seats.count() == 0
