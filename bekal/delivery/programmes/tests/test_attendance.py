"""Attendance: four facts, a window, two officers on one sheet."""

from datetime import timedelta

import pytest

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import Changed, RuleBroken


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def batch(as_user, budi, sari, dewi, wira, joko, melati, before):
    as_user(wira)
    batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


@pytest.fixture
def session(batch):
    """Thursday 3 December, five days before now."""
    return queries.sessions_of(batch).last()


def _key(session, person):
    return session.batch.enrolments.get(person=person).public_id


def test_a_sheet_is_saved_at_once_and_recorded_once(session, sari, now):
    saved = make.mark_all(session, sari, now)
    again = make.mark_all(session, sari, now)

    session.refresh_from_db()
    assert (saved.rows, again.rows) == (2, 0)
    assert (session.status, session.held_jp) == ("held", 5)
    assert Event.objects.filter(code="programmes.attendance.recorded").count() == 1


def test_whoever_was_absent_has_a_reason_and_no_hours(session, sari, now, joko):
    with pytest.raises(RuleBroken):
        operations.record_attendance(
            session=session, status="held", marks={_key(session, joko): Mark(False)}, by=sari, at=now
        )

    marks = {_key(session, joko): Mark(False, "sick")}
    operations.record_attendance(session=session, status="held", marks=marks, by=sari, at=now)

    row = session.attendances.get()
    assert (row.is_present, row.absence_reason, row.counted_jp) == (False, "sick", 0)


def test_on_a_row_where_somebody_was_faster_both_entries_stay(session, sari, budi, now, joko):
    key = _key(session, joko)
    other = next(row.public_id for row in queries.on_list(session) if row.public_id != key)
    read = {key: "", other: ""}
    operations.record_attendance(
        session=session, status="held", marks={key: Mark(True, "", "active", 5)}, by=sari, at=now
    )

    saved = operations.record_attendance(
        session=session,
        status="held",
        marks={key: Mark(True, "", "active", 3), other: Mark(True, "", "active", 5)},
        read=read,
        by=budi,
        at=now + timedelta(minutes=5),
    )

    assert saved.rows == 1
    assert saved.clashes[key].recorded_by == sari
    assert session.attendances.get(enrolment__public_id=key).counted_jp == 5
    chosen = {key: queries.sheet_of(session)[1 if queries.on_list(session)[1].public_id == key else 0].version}
    operations.record_attendance(
        session=session,
        status="held",
        marks={key: Mark(True, "", "active", 3)},
        read=chosen,
        by=budi,
        at=now + timedelta(minutes=6),
    )
    row = session.attendances.get(enrolment__public_id=key)
    assert row.counted_jp == 3
    assert [entry.counted_jp for entry in queries.history_of(row)] == [3, 5]


def test_whoever_disagrees_that_it_was_held_is_told_who_was_faster(session, sari, budi, now):
    make.mark_all(session, sari, now)

    with pytest.raises(Changed, match="Sari Laksmi"):
        operations.record_attendance(
            session=session, status="not_held", note="Air mati", marks={}, session_read="", by=budi, at=now
        )


def test_hours_of_a_session_that_was_not_held_count_for_nobody(session, sari, now):
    make.mark_all(session, sari, now)

    operations.record_attendance(session=session, status="not_held", note="Air mati", marks={}, by=sari, at=now)

    assert set(session.attendances.values_list("counted_jp", flat=True)) == {0}
    assert queries.counts_of(session.batch).held_jp == 0


def test_fewer_hours_held_cap_what_counts(session, sari, now):
    make.mark_all(session, sari, now)

    operations.record_attendance(session=session, status="partly_held", held_jp=3, marks={}, by=sari, at=now)

    assert set(session.attendances.values_list("counted_jp", flat=True)) == {3}


def test_a_session_that_was_not_held_has_a_reason(session, sari, now):
    with pytest.raises(RuleBroken):
        operations.record_attendance(session=session, status="not_held", marks={}, by=sari, at=now)


def test_after_seven_days_nobody_changes_a_mark_alone(session, sari, budi, now, joko):
    make.mark_all(session, sari, now)
    late = now + timedelta(days=3)
    marks = {_key(session, joko): Mark(False, "sick")}

    for officer in (sari, budi):
        with pytest.raises(RuleBroken, match="koreksi"):
            operations.record_attendance(session=session, status="held", marks=marks, by=officer, at=late)


def test_nothing_is_entered_before_the_day(session, sari, before):
    with pytest.raises(RuleBroken):
        make.mark_all(session, sari, before)


def test_a_closed_batch_accepts_no_attendance(batch, session, sari, budi, now, joko):
    for row in queries.sessions_of(batch):
        make.mark_all(row, sari, now)
    operations.complete_batch(batch=batch, by=budi, at=now)

    with pytest.raises(RuleBroken, match="ditutup"):
        operations.record_attendance(
            session=session, status="held", marks={_key(session, joko): Mark(False, "sick")}, by=budi, at=now
        )


def test_whoever_left_is_not_on_the_list_of_later_days(batch, session, budi, now, joko):
    enrolment = batch.enrolments.get(person=joko)
    operations.record_exit(
        enrolment=enrolment, exit_kind="transfer", exit_on=session.held_on - timedelta(days=1), by=budi, at=now
    )

    assert joko.pk not in [row.person_id for row in queries.on_list(session)]
    assert [row.person_id for row in queries.gone_before(session)] == [joko.pk]


def test_nobody_leaves_before_a_day_on_which_they_were_present(batch, session, sari, budi, now, joko):
    make.mark_all(session, sari, now)
    enrolment = batch.enrolments.get(person=joko)

    with pytest.raises(RuleBroken):
        operations.record_exit(
            enrolment=enrolment, exit_kind="parole", exit_on=session.held_on - timedelta(days=1), by=budi, at=now
        )


def test_a_session_is_moved_added_and_called_off(batch, budi, now, before):
    first, second = queries.sessions_of(batch)[:2]

    operations.call_off_session(session=first, reason="Air mati", by=budi, at=now)
    with pytest.raises(RuleBroken):
        operations.move_session(
            session=first,
            held_on=second.held_on,
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            jp=5,
            by=budi,
            at=now,
        )
    with pytest.raises(RuleBroken):
        operations.add_session(
            batch=batch,
            held_on=second.held_on,
            starts_at=second.starts_at.replace(hour=9),
            ends_at=second.ends_at,
            jp=2,
            by=budi,
            at=now,
        )
    added = operations.add_session(
        batch=batch,
        held_on=second.held_on,
        starts_at=second.ends_at.replace(hour=13),
        ends_at=second.ends_at.replace(hour=15),
        jp=2,
        by=budi,
        at=now,
    )

    assert added.number == 3
    assert [row.number for row in queries.sessions_of(batch)] == [1, 2, 3, 4, 5]


def _said(session):
    return {
        (row.enrolment.public_id, row.is_present, row.counted_jp)
        for row in session.attendances.filter(is_withdrawn=False).select_related("enrolment")
    }


def test_the_first_entry_undone_leaves_a_sheet_that_is_not_filled_in(session, sari, now):
    make.mark_all(session, sari, now)

    undone = operations.undo_last_save(session=session, by=sari, at=now + timedelta(minutes=1))

    session.refresh_from_db()
    assert (undone, session.status, session.held_jp) == (2, "planned", None)
    assert [row.attendance for row in queries.sheet_of(session)] == [None, None]
    counts = queries.session_counts([session.batch])[session.pk]
    assert (counts.marked, counts.missing) == (0, 2)


def test_an_undone_entry_comes_back_when_it_is_undone_again(session, sari, now):
    make.mark_all(session, sari, now)
    before = _said(session)
    operations.undo_last_save(session=session, by=sari, at=now + timedelta(minutes=1))

    operations.undo_last_save(session=session, by=sari, at=now + timedelta(minutes=2))

    session.refresh_from_db()
    assert (session.status, _said(session)) == ("held", before)


def test_hours_cut_by_mistake_are_given_back(session, sari, now):
    make.mark_all(session, sari, now)
    before = _said(session)
    operations.record_attendance(
        session=session, status="not_held", note="Salah tekan", marks={}, by=sari, at=now + timedelta(minutes=1)
    )
    assert _said(session) != before

    operations.undo_last_save(session=session, by=sari, at=now + timedelta(minutes=2))

    session.refresh_from_db()
    assert (session.status, session.note, _said(session)) == ("held", "", before)


def test_nobody_undoes_what_somebody_else_saved(session, sari, budi, now, joko):
    make.mark_all(session, sari, now)
    marks = {_key(session, joko): Mark(False, "sick")}
    operations.record_attendance(session=session, status="held", marks=marks, by=budi, at=now + timedelta(minutes=1))

    with pytest.raises(RuleBroken, match="sesudah Anda"):
        operations.undo_last_save(session=session, by=sari, at=now + timedelta(minutes=2))


def test_an_empty_sheet_has_nothing_to_undo(session, sari, now):
    with pytest.raises(RuleBroken, match="Belum ada"):
        operations.undo_last_save(session=session, by=sari, at=now)
