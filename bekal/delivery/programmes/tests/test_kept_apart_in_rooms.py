"""Two batches in one room: a pair that is kept apart never meets there, and whoever plans it is told nothing."""

from datetime import date, time

import pytest

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Enrolment, Session
from bekal.delivery.programmes.tests import factories as make
from bekal.delivery.programmes.tests.test_races import _as, together
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.together import told
from bekal.foundation.facilities.models import Place
from bekal.people import apart
from bekal.people import operations as people
from bekal.people.models import ApartAttempt, Person
from bekal.people.operations import NotPlaced

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
HOUR = {"held_on": MONDAY, "starts_at": time(16), "ends_at": time(17), "jp": 1}


@pytest.fixture
def before(now):
    return make.days_before(now, 28)


@pytest.fixture
def hall(melati, house, within):
    with within(house):
        place = Place.objects.get(facility=melati, name="Aula")
        place.is_shared = True
        place.save()
    return place


@pytest.fixture
def two(melati, house, before, within):
    with within(house):
        return [make.make_person(melati, at=before) for _number in range(2)]


@pytest.fixture
def pair(melati, two, agung, before, within):
    facts = {"reason": "Pernah berkelahi di blok", "basis": "BA 12/2026", "since_on": before.date()}
    with within(agung):
        return people.note_pair(facility=melati, one=two[0], other=two[1], **facts, by=agung, at=before)


def _training(melati, budi: User, at, **changes):
    """Batches in rooms of their own: the kitchen, and the laundry in the afternoon."""
    kitchen = make.make_batch(make.make_programme(melati, budi, at), budi, at)
    programme = make.make_programme(melati, budi, at, title="Laundry", certificate_title="Laundry")
    room = Place.objects.get(facility=melati, name="Ruang Cuci")
    afternoon = {"place": room, "starts_at": time(13), "ends_at": time(15), **changes}
    return kitchen, make.make_batch(programme, budi, at, **afternoon)


def _therapy(melati, nyoman: User, at):
    programme = make.make_programme(
        melati, nyoman, at, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    return make.make_batch(
        programme, nyoman, at, place=Place.objects.get(facility=melati, name="Ruang Cuci"),
        starts_at=time(13), ends_at=time(15),
    )  # fmt: skip


@pytest.fixture
def batches(melati, budi, before, within):
    with within(budi):
        return _training(melati, budi, before)


@pytest.fixture
def fill(sari, dewi, wira, before, within):
    def enrol(batch, *who: Person):
        with within(wira):
            return make.fill(batch, list(who), proposer=sari, board=dewi, head=wira, at=before)

    return enrol


@pytest.fixture
def add(budi, hall, before, within):
    """Budi plans an hour in the hall."""

    def plan(batch, **changes):
        with within(budi):
            given = {**HOUR, "place": hall, **changes}
            return operations.add_session(batch=batch, **given, by=budi, at=before)

    return plan


def test_two_batches_with_a_pair_do_not_share_a_room_at_one_hour(batches, two, pair, fill, add):
    fill(batches[0], two[0])
    fill(batches[1], two[1])
    add(batches[0])

    with pytest.raises(NotPlaced) as refused:
        add(batches[1], starts_at=time(16, 30), ends_at=time(17, 30))

    sentence = refused.value.message
    assert refused.value.field == "place"
    assert "30 Nov 2026" in sentence and "Kepala UPT" in sentence
    assert not any(word in sentence for word in (two[0].full_name, two[1].full_name, "Tata Boga", "keamanan"))


@pytest.mark.parametrize(
    "changes", [{"starts_at": time(17), "ends_at": time(18)}, {"held_on": TUESDAY}, {"starts_at": time(15)}]
)
def test_they_may_use_it_one_after_the_other(batches, two, pair, fill, add, changes):
    fill(batches[0], two[0])
    fill(batches[1], two[1])
    add(batches[0])

    until = {"ends_at": time(16)} if changes.get("starts_at") == time(15) else {}
    assert add(batches[1], **changes, **until)


def test_a_pair_within_one_batch_stands_in_no_rooms_way(batches, two, fill, add, melati, agung, before, within):
    fill(batches[0], *two)
    with within(agung):
        facts = {"reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date()}
        people.note_pair(facility=melati, one=two[0], other=two[1], **facts, by=agung, at=before)
    with within(agung):
        third = make.make_person(melati, at=before)
    fill(batches[1], third)
    add(batches[0])

    assert add(batches[1])


def test_whoever_plans_without_sight_of_rehabilitation_is_refused_in_the_same_words(
    melati, nyoman, budi, dewi, wira, two, pair, hall, fill, before, within, agung
):
    with within(nyoman):
        therapy = _therapy(melati, nyoman, before)
        make.accept(make.propose(therapy, [two[1]], nyoman, before), dewi, before)
        operations.add_session(batch=therapy, **HOUR, place=hall, by=nyoman, at=before)
    with within(wira):
        decree = operations.draft_decree(batch=therapy, by=wira, at=before)
        operations.sign_decree(decree=decree, signatory=make.head_of(melati, before), by=wira, at=before)
    with within(budi):
        kitchen = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    fill(kitchen, two[0])

    with within(budi), pytest.raises(NotPlaced) as refused:
        operations.add_session(batch=kitchen, **HOUR, place=hall, by=budi, at=before)

    assert "Kepala UPT" in refused.value.message and "Rehabilitasi" not in refused.value.message
    with within(budi):
        refused.value.leave_trace(by=budi, at=before)
        assert not therapy.enrolments.exists()
    with within(agung):
        assert not ApartAttempt.objects.exists()
    with within(wira):
        assert apart.attempts_of(pair).get().is_confidential


def test_nobody_joins_a_batch_that_meets_the_other_one_in_a_room(batches, two, pair, fill, add, sari, before, within):
    fill(batches[0], two[0])
    add(batches[0])
    add(batches[1])

    with within(sari), pytest.raises(NotPlaced) as refused:
        make.propose(batches[1], [two[1]], sari, before)

    assert "tidak dapat ditempatkan di angkatan ini" in refused.value.message
    assert two[0].full_name not in refused.value.message


def test_a_room_that_was_shared_yesterday_stands_in_nobodys_way(batches, two, pair, fill, add, sari, now, within):
    fill(batches[0], two[0])
    add(batches[0])
    add(batches[1])
    later = make.days_before(now, -40)

    with within(sari):
        assert not list(queries.sessions_beside(batches[1], later.date()))


def test_an_attempt_beside_rehabilitation_is_told_to_the_head_alone_whatever_stood_in_the_way(
    melati, nyoman, budi, sari, two, pair, hall, before, within, fill
):
    """A sentence that led to security for some and to the head for others would tell who takes part in what."""
    with within(nyoman):
        therapy = _therapy(melati, nyoman, before)
        operations.add_session(batch=therapy, **HOUR, place=hall, by=nyoman, at=before)
    with within(budi):
        kitchen = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        operations.add_session(batch=kitchen, **HOUR, place=hall, by=budi, at=before)
    fill(kitchen, two[0])

    with within(sari), pytest.raises(NotPlaced) as refused:
        make.propose(kitchen, [two[1]], sari, before)

    assert "Kepala UPT" in refused.value.message


def test_what_was_refused_stays_refused_whoever_is_taken_out(
    batches, two, pair, fill, add, agung, budi, before, within
):
    fill(batches[0], two[0])
    part = fill(batches[1], two[1]).enrolments.get()
    add(batches[0])
    with pytest.raises(NotPlaced) as refused:
        add(batches[1])
    with within(budi):
        refused.value.leave_trace(by=budi, at=before)
    with within(budi):
        operations.record_exit(
            enrolment=part, exit_kind="withdrew", exit_on=before.date(), reason="Pindah", by=budi, at=before
        )
    with within(agung):
        other = make.make_person(batches[1].facility, at=before)
    fill(batches[1], other)
    with pytest.raises(NotPlaced):
        add(batches[1])


def test_security_allows_them_there_for_a_reason_and_sees_who_tried(
    batches, two, pair, fill, add, budi, agung, wira, before, within
):
    fill(batches[0], two[0])
    fill(batches[1], two[1])
    add(batches[0])
    with pytest.raises(NotPlaced) as refused:
        add(batches[1])
    with within(budi):
        refused.value.leave_trace(by=budi, at=before)
        assert not ApartAttempt.objects.exists()
    with within(agung):
        attempt = apart.attempts_of(pair).get()
        assert attempt.tried_by == budi
        assert attempt.group_title == "Aula: Laundry, Angkatan I 2026 – Tata Boga, Angkatan I 2026"
        people.allow_together(attempt=attempt, reason="Diawasi dua petugas", by=agung, at=before)
    with within(wira):
        assert Event.objects.get(code="people.apart.attempted").payload == {"lines": 1}

    assert add(batches[1])
    with within(agung):
        assert told(queries.though_apart(agung, before.date())).in_room == []


def test_a_pair_noted_when_they_share_a_room_already_stands_at_securitys_desk(
    batches, two, fill, add, melati, agung, before, within
):
    fill(batches[0], two[0])
    fill(batches[1], two[1])
    first = add(batches[0])
    add(batches[1])
    with within(agung):
        facts = {"reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date()}
        noted = people.note_pair(facility=melati, one=two[0], other=two[1], **facts, by=agung, at=before)

        found = told(queries.though_apart(agung, before.date())).in_room
        assert [(one, session.held_on, session.place) for one, session in found] == [
            (noted, first.held_on, first.place)
        ]
        assert told(queries.though_apart(agung, TUESDAY)).in_room == []


def test_a_page_keeps_what_was_typed_and_leaves_an_attempt(
    batches, two, pair, fill, add, hall, budi, agung, pages_of, within
):
    fill(batches[0], two[0])
    fill(batches[1], two[1])
    add(batches[0])
    with within(budi):
        session = queries.sessions_of(batches[1]).first()

    page = pages_of(budi).post(
        f"/program/pertemuan/{session.public_id}/pindah/",
        {
            "held_on": "2026-11-30",
            "starts_at": "16:20",
            "ends_at": "17:05",
            "jp": "1",
            "place": hall.pk,
        },
    )

    text = page.content.decode()
    assert "Tempat ini tidak dapat dipakai pada jam itu" in text
    assert 'value="16:20"' in text
    with within(agung):
        assert apart.attempts_of(pair).count() == 1


def test_of_two_who_are_enrolled_at_one_instant_in_two_batches_of_one_room_one_gets_in(
    fresh_database, melati, budi, sari, dewi, agung, wira, before, within
):
    rows, batches = _two_ready_to_enrol(melati, budi, sari, dewi, agung, wira, before, within)
    outside = {"decided_on": before.date(), "at": before}

    answers = together(
        *(
            _as(wira, operations.record_decree, batch=batch, number=f"{batch.pk}/2026", nominations=[row], **outside)
            for batch, row in zip(batches, rows, strict=True)
        )
    )

    assert sorted(isinstance(answer, NotPlaced) for answer in answers) == [False, True]
    with within(wira):
        assert Enrolment.objects.count() == 1


def test_a_room_booked_while_one_of_a_pair_is_enrolled_brings_nobody_together(
    fresh_database, melati, budi, sari, dewi, agung, wira, before, within
):
    rows, batches = _two_ready_to_enrol(melati, budi, sari, dewi, agung, wira, before, within, shared=[0])
    outside = {"decided_on": before.date(), "at": before}
    with within(wira):
        operations.record_decree(batch=batches[1], number="1/2026", nominations=[rows[1]], by=wira, **outside)
        hall = Place.objects.get(facility=melati, name="Aula")

    answers = together(
        _as(wira, operations.record_decree, batch=batches[0], number="2/2026", nominations=[rows[0]], **outside),
        _as(budi, operations.add_session, batch=batches[1], **HOUR, place=hall, at=before),
    )

    assert sorted(isinstance(answer, NotPlaced) for answer in answers) == [False, True]
    with within(wira):
        assert Enrolment.objects.count() + Session.objects.filter(place=hall).count() == 3


def _two_ready_to_enrol(melati, budi, sari, dewi, agung, wira, before, within, shared=(0, 1)):
    """A pair, each of them accepted for a batch; the batches `shared` have an hour in the hall."""
    with within(wira):
        hall = Place.objects.get(facility=melati, name="Aula")
        hall.is_shared = True
        hall.save()
        two = [make.make_person(melati, at=before) for _number in range(2)]
    with within(budi):
        batches = _training(melati, budi, before)
        for place in shared:
            operations.add_session(batch=batches[place], **HOUR, place=hall, by=budi, at=before)
    with within(wira):
        for batch, person in zip(batches, two, strict=True):
            make.accept(make.propose(batch, [person], sari, before), dewi, before)
        rows = [queries.accepted_of(batch).get() for batch in batches]
    with within(agung):
        facts = {"reason": "Berselisih", "basis": "BA 3/2026", "since_on": before.date()}
        people.note_pair(facility=melati, one=two[0], other=two[1], **facts, by=agung, at=before)
    return rows, batches
