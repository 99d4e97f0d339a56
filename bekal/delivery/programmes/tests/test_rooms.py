"""Places and teachers: one session at a time, unless the place is shared; the database has the last word."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Facilitator, Instructor, Session
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.tests import factories as make
from bekal.delivery.programmes.tests.test_races import _as, together
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Place

MONDAY = date(2026, 11, 30)


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def batch(as_user, budi, sari, melati, before):
    as_user(budi)
    return make.make_batch(make.make_programme(melati, budi, before), budi, before, teacher=sari)


@pytest.fixture
def other(batch, budi, melati, before):
    """A batch in the laundry room in the afternoon, without a teacher."""
    programme = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Laundry")
    laundry = Place.objects.get(facility=melati, name="Ruang Cuci")
    return make.make_batch(programme, budi, before, place=laundry, starts_at=time(13), ends_at=time(15))


def _add(batch, budi, at, **changes):
    given = {"held_on": MONDAY, "starts_at": time(9), "ends_at": time(10), "jp": 1}
    return operations.add_session(batch=batch, **{**given, **changes}, by=budi, at=at)


def test_the_refusal_names_place_day_hours_and_session(other, batch, budi, before):
    with pytest.raises(RuleBroken) as refusal:
        _add(other, budi, before, place=batch.place)

    sentence = refusal.value.message
    assert "Dapur Pelatihan" in sentence
    assert "30 Nov 2026" in sentence
    assert "08.00" in sentence
    assert "Tata Boga, Angkatan I 2026, pertemuan ke-1" in sentence


def test_a_teacher_is_not_in_two_places(other, budi, sari, before):
    with pytest.raises(RuleBroken, match="Sari Laksmi"):
        _add(other, budi, before, officers=[sari])

    assert _add(other, budi, before, officers=[budi]).number == 1


def test_an_instructor_from_outside_is_not_in_two_places(batch, other, melati, budi, before):
    guest = operations.add_instructor(facility=melati, name="Ketut Arsa", agency="BLK Contoh", by=budi, at=before)
    first = _add(other, budi, before, starts_at=time(12), ends_at=time(12, 45), instructors=[guest])

    with pytest.raises(RuleBroken, match="Ketut Arsa"):
        _add(batch, budi, before, starts_at=time(12, 15), ends_at=time(12, 50), instructors=[guest])
    assert [row.name for row in first.facilitators.select_related("instructor", "officer")] == [
        "Ketut Arsa (BLK Contoh)"
    ]


@pytest.mark.parametrize(("who", "is_named"), [("budi", False), ("nyoman", True)])
def test_a_session_of_rehabilitation_is_named_to_the_care_team_alone(
    who, is_named, request, as_user, nyoman, budi, melati, before
):
    as_user(nyoman)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    make.make_batch(programme, nyoman, before)
    user = as_user(request.getfixturevalue(who))
    mine = make.make_programme(melati, user, before)

    with pytest.raises(RuleBroken) as refusal:
        make.make_batch(mine, user, before)

    assert ("Rehabilitasi" in refusal.value.message) is is_named
    assert ("kegiatan lain" in refusal.value.message) is not is_named


def test_a_shared_place_takes_two_as_long_as_there_is_room(batch, other, melati, budi, before):
    hall = Place.objects.get(facility=melati, name="Aula")
    hall.is_shared = True
    hall.capacity = 8
    hall.save()
    hours = {"starts_at": time(16), "ends_at": time(17), "place": hall}
    _add(batch, budi, before, **hours)
    _add(other, budi, before, **hours)

    third = make.make_programme(melati, budi, before, title="Kue", certificate_title="Kue")
    with pytest.raises(RuleBroken, match="tidak cukup"):
        make.make_batch(third, budi, before, place=hall, starts_at=time(16), ends_at=time(17), capacity=1)


def test_what_was_planned_alone_stays_alone(batch, other, melati, budi, before):
    hall = Place.objects.get(facility=melati, name="Aula")
    _add(batch, budi, before, starts_at=time(16), ends_at=time(17), place=hall)
    hall.is_shared = True
    hall.save()

    with pytest.raises(RuleBroken, match="Aula"):
        _add(other, budi, before, starts_at=time(16), ends_at=time(17), place=hall)


def test_a_timetable_moves_by_a_day_as_a_whole(batch, budi, before):
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 4), "weekdays": [2, 3, 4, 5]}
    operations.change_batch(batch=batch, plan=replace(BatchPlan.of(batch), **days), by=budi, at=before)

    assert [row.held_on.day for row in queries.sessions_of(batch)] == [1, 2, 3, 4]
    assert Facilitator.objects.filter(is_bound=True).count() == 4


def test_a_cancelled_batch_gives_its_place_and_teacher_back(batch, other, sari, budi, before):
    operations.cancel_batch(batch=batch, reason="Dapur rusak", by=budi, at=before)

    assert _add(other, budi, before, place=batch.place, officers=[sari])


def test_the_database_refuses_what_no_rule_was_asked_about(batch, other, sari):
    mine, theirs = batch.sessions.first(), other.sessions.first()
    with pytest.raises(IntegrityError, match="programmes_session_place_free"), transaction.atomic():
        Session.objects.filter(pk=theirs.pk).update(place=mine.place_id, starts_at=mine.starts_at, ends_at=mine.ends_at)
    Facilitator.objects.create(facility=theirs.facility, session=theirs, officer=sari)
    with pytest.raises(IntegrityError, match="programmes_facilitator_officer_free"), transaction.atomic():
        Session.objects.filter(pk=theirs.pk).update(starts_at=mine.starts_at, ends_at=mine.ends_at)


def test_hours_follow_the_zone_of_the_facility(batch):
    session = batch.sessions.order_by("number").first()

    assert session.during.lower.isoformat() == "2026-11-30T00:00:00+00:00"


def test_a_place_is_taken_once_by_two_at_the_same_instant(fresh_database, melati, budi, before, within):
    with within(budi):
        first = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        laundry = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Laundry")
        room = Place.objects.get(facility=melati, name="Ruang Cuci")
        second = make.make_batch(laundry, budi, before, place=room, starts_at=time(13), ends_at=time(15))
        hall = Place.objects.get(facility=melati, name="Aula")
    hours = {"held_on": MONDAY, "starts_at": time(16), "ends_at": time(17), "jp": 1, "place": hall, "at": before}

    answers = together(
        _as(budi, operations.add_session, batch=first, **hours),
        _as(budi, operations.add_session, batch=second, **hours),
    )

    assert sorted(isinstance(answer, Session) for answer in answers) == [False, True]
    assert "Aula" in next(answer for answer in answers if isinstance(answer, RuleBroken)).message
    with within(budi):
        assert Session.objects.filter(place=hall).count() == 1


def test_a_teacher_is_taken_once_by_two_at_the_same_instant(fresh_database, melati, budi, sari, before, within):
    with within(budi):
        first = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        laundry = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Laundry")
        room = Place.objects.get(facility=melati, name="Ruang Cuci")
        second = make.make_batch(laundry, budi, before, place=room, starts_at=time(13), ends_at=time(15))
    hours = {"held_on": MONDAY, "starts_at": time(16), "ends_at": time(17), "jp": 1, "officers": [sari], "at": before}

    answers = together(
        _as(budi, operations.add_session, batch=first, **hours),
        _as(budi, operations.add_session, batch=second, **hours),
    )

    assert sorted(isinstance(answer, Session) for answer in answers) == [False, True]
    assert "Sari Laksmi" in next(answer for answer in answers if isinstance(answer, RuleBroken)).message
    with within(budi):
        assert Facilitator.objects.filter(officer=sari, is_bound=True).count() == 1
        assert Instructor.objects.count() == 0


def test_a_week_shows_who_is_where(batch, other, budi):
    week = queries.week_of(budi, MONDAY, MONDAY + timedelta(days=6))

    assert len(week) == 8
    assert [(row.place.name, [one.name for one in row.teaching]) for row in week[:2]] == [
        ("Dapur Pelatihan", ["Sari Laksmi"]),
        ("Ruang Cuci", []),
    ]
