"""Corrections after the window: one asks, another decides, the old entry stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Correction
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken

SICK = Mark(False, "sick")


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def late(now):
    """Friday 11 December, a day after the window of the last session."""
    return now + timedelta(days=3)


@pytest.fixture
def batch(as_user, budi, sari, dewi, wira, joko, melati, before):
    as_user(wira)
    batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


@pytest.fixture
def session(batch, sari, now):
    session = queries.sessions_of(batch).last()
    make.mark_all(session, sari, now)
    return session


@pytest.fixture
def seat(session, joko):
    return session.batch.enrolments.get(person=joko)


@pytest.fixture
def correction(session, seat, sari, late):
    return operations.request_mark_correction(
        session=session, enrolment=seat, mark=SICK, reason="Surat dokter menyusul", by=sari, at=late
    )


def test_an_accepted_correction_is_on_the_sheet_and_the_old_entry_in_its_history(correction, session, seat, budi, late):
    operations.decide_correction(correction=correction, is_accepted=True, by=budi, at=late)

    row = session.attendances.get(enrolment=seat)
    assert (row.is_present, row.absence_reason, row.recorded_by) == (False, "sick", budi)
    assert [said.is_present for said in queries.history_of(row)] == [False, True]
    assert Event.objects.filter(code="programmes.correction.accepted", subject=correction.public_id).count() == 1


def test_whoever_asked_does_not_decide(correction, sari, late):
    with pytest.raises(RuleBroken, match="orang lain"):
        operations.decide_correction(correction=correction, is_accepted=True, by=sari, at=late)


def test_the_database_holds_the_two_people_apart(correction, sari):
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(status="accepted", decided_by=sari)


def test_a_refusal_says_why_and_changes_nothing(correction, session, seat, budi, late):
    with pytest.raises(RuleBroken):
        operations.decide_correction(correction=correction, is_accepted=False, by=budi, at=late)

    operations.decide_correction(correction=correction, is_accepted=False, reason="Tanpa bukti", by=budi, at=late)

    assert session.attendances.get(enrolment=seat).is_present
    with pytest.raises(RuleBroken):
        operations.decide_correction(correction=correction, is_accepted=True, by=budi, at=late)


def test_a_request_may_be_taken_back_by_whoever_made_it(correction, sari, budi, late):
    with pytest.raises(RuleBroken):
        operations.withdraw_correction(correction=correction, by=budi, at=late)

    operations.withdraw_correction(correction=correction, by=sari, at=late)

    with pytest.raises(RuleBroken):
        operations.decide_correction(correction=correction, is_accepted=True, by=budi, at=late)


def test_asked_again_it_is_one_request_that_says_the_new_thing(correction, session, seat, sari, budi, late):
    ask = {"session": session, "enrolment": seat, "reason": "Salah baca", "at": late}

    again = operations.request_mark_correction(mark=Mark(True, "", "active", 3), by=sari, **ask)

    assert (again.pk, again.is_present, again.counted_jp) == (correction.pk, True, 3)
    with pytest.raises(RuleBroken, match="menunggu"):
        operations.request_mark_correction(mark=SICK, by=budi, **ask)


def test_within_the_window_nobody_needs_to_ask(session, seat, sari, now):
    with pytest.raises(RuleBroken):
        operations.request_mark_correction(session=session, enrolment=seat, mark=SICK, reason="…", by=sari, at=now)


@pytest.mark.parametrize(("mark", "reason"), [(Mark(True, "", "active", 5), "Sama saja"), (SICK, " ")])
def test_a_request_says_something_new_and_why(session, seat, sari, late, mark, reason):
    with pytest.raises(RuleBroken):
        operations.request_mark_correction(session=session, enrolment=seat, mark=mark, reason=reason, by=sari, at=late)


def test_a_session_held_in_part_after_all_cuts_the_hours(session, sari, budi, late):
    asked = operations.request_session_correction(
        session=session, status="partly_held", held_jp=2, reason="Listrik padam", by=sari, at=late
    )

    operations.decide_correction(correction=asked, is_accepted=True, by=budi, at=late)

    session.refresh_from_db()
    assert (session.status, session.held_jp) == ("partly_held", 2)
    assert set(session.attendances.values_list("counted_jp", flat=True)) == {2}


def test_after_the_closing_certificates_say_what_was_counted(batch, correction, session, sari, budi, late):
    type(batch).objects.filter(pk=batch.pk).update(status="completed")

    with pytest.raises(RuleBroken, match="penerbitan ulang"):
        operations.decide_correction(correction=correction, is_accepted=True, by=budi, at=late)
    with pytest.raises(RuleBroken, match="penerbitan ulang"):
        operations.request_session_correction(
            session=session, status="not_held", note="x", reason="y", by=sari, at=late
        )

    operations.decide_correction(correction=correction, is_accepted=False, reason="Sudah ditutup", by=budi, at=late)


def test_a_batch_does_not_close_while_a_correction_waits(batch, correction, session, sari, budi, now, late):
    for row in queries.sessions_of(batch):
        if row.status == "planned":
            make.mark_all(row, sari, now)

    with pytest.raises(RuleBroken, match="koreksi"):
        operations.complete_batch(batch=batch, by=budi, at=late)
