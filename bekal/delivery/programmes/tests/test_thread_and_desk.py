"""What programmes add to a person's thread and to the desks; and that nothing stands which should not exist."""

from datetime import time, timedelta

import pytest

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.panels import panels_for
from bekal.delivery.programmes.tests import factories as make
from bekal.delivery.programmes.thread import stops_for
from bekal.delivery.programmes.waiting import waiting_for
from bekal.foundation.accounts.choices import Role
from bekal.foundation.core.invariants import find_invariants
from bekal.foundation.core.together import all_of
from bekal.foundation.core.waiting import Urgency


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def batch(as_user, budi, melati, before):
    as_user(budi)
    return make.make_batch(make.make_programme(melati, budi, before), budi, before)


@pytest.fixture
def running(batch, joko, sari, dewi, wira, before, as_user, budi):
    as_user(wira)
    make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


def _broken():
    ours = {name: rows for name, rows in find_invariants().items() if name.startswith("programmes.")}
    assert len(ours) > 8
    return [name for name, rows in ours.items() if list(rows())]


def test_the_thread_tells_the_way_from_proposal_to_closing(running, joko, sari, budi, now, today, wira, as_user):
    for session in queries.sessions_of(running):
        make.mark_all(session, sari, now)
    operations.complete_batch(batch=running, by=budi, at=now)
    operations.release_tags(batch=running, by=budi, at=now)

    stops = all_of(stops_for(joko, as_user(wira), today))

    assert [stop.rank for stop in stops] == [3, 4, 5, 6, 6]
    assert any("20" in stop.sentence for stop in stops)
    assert all(stop.url for stop in stops)
    assert _broken() == []


def test_an_exit_ends_the_thread_of_a_batch(running, joko, budi, now, today, as_user, wira):
    enrolment = running.enrolments.get()
    operations.record_exit(enrolment=enrolment, exit_kind="parole", exit_on=today, by=budi, at=now)

    last = all_of(stops_for(joko, as_user(wira), today))[-1]

    assert "Pembebasan Bersyarat" in last.title
    assert _broken() == []


def test_rehabilitation_stands_on_no_thread_that_budi_reads(
    melati, joko, nyoman, ayu, dewi, wira, budi, before, today, as_user
):
    as_user(wira)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    batch = make.make_batch(programme, nyoman, before)
    make.fill(batch, [joko], proposer=ayu, board=dewi, head=wira, at=before)

    assert all_of(stops_for(joko, as_user(ayu), today))
    assert all_of(stops_for(joko, as_user(budi), today)) == []
    # Nor does the panel tell that one batch is missing from it.
    [panel] = all_of(panels_for(joko, [joko], as_user(budi), today))
    assert panel.context["rows"] == []


def test_late_attendance_waits_for_the_teacher(running, sari, now, today, as_user):
    waits = [wait for wait in all_of(waiting_for(as_user(sari), today)) if wait.desk == Role.TRAINER]

    assert len(waits) == 4
    assert {wait.urgency for wait in waits} == {Urgency.LATE}


def test_each_step_waits_at_its_desk(batch, joko, sari, dewi, wira, budi, before, melati, as_user):
    today = melati.day_of(before)

    def desks():
        return {wait.desk for wait in all_of(waiting_for(as_user(wira), today))}

    as_user(wira)
    nominations = make.propose(batch, [joko], sari, before)
    assert desks() == {Role.BOARD}
    make.accept(nominations, dewi, before)
    assert desks() == {Role.SECTION_HEAD}
    decree = operations.draft_decree(batch=batch, by=budi, at=before)
    assert desks() == {Role.HEAD}
    operations.sign_decree(decree=decree, signatory=make.head_of(melati, before), by=wira, at=before)
    assert desks() == set()


def test_a_participant_who_left_the_facility_waits_for_an_exit(running, joko, budi, today, as_user):
    joko.custodies.update(ended_on=today, end_kind="parole")

    waits = [wait for wait in all_of(waiting_for(as_user(budi), today)) if wait.when in ("sekarang", "now")]

    assert [wait.urgency for wait in waits] == [Urgency.LATE]
    lacks = queries.lacks_before_closing(running, today=today)
    assert any("UPT" in lack.what or "facility" in lack.what for lack in lacks)


def test_whoever_would_be_double_booked_is_told(running, joko, budi, melati, before, as_user):
    as_user(budi)
    other = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Pelatihan Laundry")
    place = melati.places.get(name="Ruang Cuci")
    same_hours = make.make_batch(other, budi, before, place=place)
    afternoon = make.make_batch(other, budi, before, place=place, starts_at=time(13), ends_at=time(15))

    assert queries.busy_in(joko, same_hours) == [running]
    assert queries.busy_in(joko, afternoon) == []


def test_whoever_takes_part_at_the_same_hours_is_not_counted_as_eligible(running, joko, budi, melati, before, as_user):
    as_user(budi)
    other = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Pelatihan Laundry")
    place = melati.places.get(name="Ruang Cuci")
    same_hours = make.make_batch(other, budi, before, place=place)
    afternoon = make.make_batch(other, budi, before, place=place, starts_at=time(13), ends_at=time(15))

    def group_in(batch):
        return {row.custody.person_id: row.group for row in queries.candidates_for(batch)}[joko.pk]

    assert (group_in(same_hours), group_in(afternoon)) == ("busy", "now")
    operations.cancel_batch(batch=running, reason="Dapur rusak", by=budi, at=before)
    assert group_in(same_hours) == "now"


def test_a_broken_row_is_found(running, now):
    running.tags.update(status="worn")
    running.status = "completed"
    running.save(update_fields=["status"])

    assert set(_broken()) == {"programmes.worn_tag_in_an_ended_batch", "programmes.enrolled_in_an_ended_batch"}
