"""Tags before a reader: one answer for each, one effect for each reading, two readers at once."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Reading
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.delivery.programmes.tests.test_races import _as, together
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.papers.tests.test_scanning import picture_of


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
    return queries.sessions_of(batch).first()


@pytest.fixture
def then(session):
    """Twenty to nine in the morning of the session."""
    return session.during.lower + timedelta(minutes=40)


@pytest.fixture
def seat(batch, joko):
    return batch.enrolments.select_related("tag").get(person=joko)


def _read(session, code, by, read_at, **changes):
    given = {"code": code, "key": uuid4(), "read_at": read_at, "at": read_at}
    return operations.read_tag(session=session, **{**given, **changes}, by=by)


def test_a_tag_marks_its_holder_as_present_with_all_hours(session, seat, sari, then):
    seeing = _read(session, f" {seat.tag.code.lower()} ", sari, then)

    assert (seeing.seen, seeing.enrolment, seeing.present_at) == ("present", seat, then)
    row = session.attendances.get()
    assert (row.is_present, row.counted_jp, row.participation) == (True, 5, "active")
    session.refresh_from_db()
    assert session.status == "held"


def test_a_tag_twice_is_one_entry_and_says_since_when(session, seat, sari, then):
    _read(session, seat.tag.code, sari, then)

    again = _read(session, seat.tag.code, sari, then + timedelta(minutes=5))

    assert (again.seen, again.present_at) == ("already", then)
    assert Reading.objects.count() == 1


def test_the_same_reading_sent_again_has_one_effect_and_the_same_answer(session, seat, sari, then):
    key = uuid4()
    first = _read(session, seat.tag.code, sari, then, key=key)

    late = _read(session, seat.tag.code, sari, then, key=key, at=then + timedelta(hours=2))

    assert (first.seen, late.seen) == ("present", "present")
    assert (Reading.objects.count(), session.attendances.count()) == (1, 1)


def test_a_reading_that_waited_for_the_network_keeps_its_hour(session, seat, sari, then):
    seeing = _read(session, seat.tag.code, sari, then, at=then + timedelta(hours=3))

    assert seeing.present_at == then
    assert Reading.objects.get().read_at == then


def test_what_is_no_tag_of_this_list_is_answered_and_written_nowhere(
    session, seat, sari, budi, melati, then, before, dewi, wira
):
    other = make.make_programme(melati, budi, before, title="Laundry", certificate_title="Laundry")
    theirs = make.make_batch(other, budi, before, starts_at=time(13), ends_at=time(15))
    make.fill(theirs, [make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    code = theirs.tags.get().code

    assert _read(session, "BUKAN-TANDA", sari, then).seen == "unknown"
    assert _read(session, code, sari, then).seen == "other_batch"
    assert _read(session, seat.tag.code, sari, then + timedelta(days=1)).seen == "wrong_day"
    with pytest.raises(RuleBroken):
        _read(session, seat.tag.code, sari, then + timedelta(hours=1), at=then)
    operations.record_exit(enrolment=seat, exit_kind="transfer", exit_on=session.held_on, by=budi, at=then)
    assert _read(session, seat.tag.code, sari, then).seen == "given_back"
    assert (Reading.objects.count(), session.attendances.count()) == (0, 0)


def test_whoever_was_marked_absent_is_not_overwritten_by_a_reader(session, seat, sari, then):
    marks = {seat.public_id: Mark(False, "court")}
    operations.record_attendance(session=session, status="held", marks=marks, by=sari, at=then)

    assert _read(session, seat.tag.code, sari, then).seen == "marked_absent"
    assert not session.attendances.get().is_present


def test_the_last_reading_is_undone_and_may_be_read_again(session, seat, sari, budi, then):
    _read(session, seat.tag.code, sari, then)
    with pytest.raises(RuleBroken):
        operations.undo_reading(session=session, by=budi, at=then)

    assert operations.undo_reading(session=session, by=sari, at=then + timedelta(seconds=9)) == seat

    assert queries.room_of(session).present == 0
    assert _read(session, seat.tag.code, sari, then + timedelta(minutes=1)).seen == "present"
    assert queries.room_of(session).present == 1


def test_what_was_undone_on_the_sheet_may_be_read_again(session, seat, sari, then):
    _read(session, seat.tag.code, sari, then)
    operations.undo_last_save(session=session, by=sari, at=then + timedelta(seconds=9))

    assert _read(session, seat.tag.code, sari, then + timedelta(minutes=1)).seen == "present"
    assert (Reading.objects.filter(undone_at=None).count(), queries.room_of(session).present) == (1, 1)


def test_two_readers_with_one_tag_mark_it_once(fresh_database, melati, joko, sari, budi, dewi, wira, before, within):
    with within(wira):
        batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)
        operations.start_batch(batch=batch, by=budi, at=before)
        session = queries.sessions_of(batch).first()
        code = batch.tags.get().code
    then = session.during.lower
    reading = {"session": session, "code": code, "read_at": then, "at": then}

    answers = together(
        _as(sari, operations.read_tag, key=uuid4(), **reading), _as(budi, operations.read_tag, key=uuid4(), **reading)
    )

    assert sorted(answer.seen for answer in answers) == ["already", "present"]
    with within(wira):
        assert (Reading.objects.count(), session.attendances.count()) == (1, 1)


def test_one_reading_sent_twice_at_once_is_one(fresh_database, melati, joko, sari, budi, dewi, wira, before, within):
    with within(wira):
        batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
        make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)
        operations.start_batch(batch=batch, by=budi, at=before)
        session = queries.sessions_of(batch).first()
        code = batch.tags.get().code
    then = session.during.lower
    reading = {"session": session, "code": code, "key": uuid4(), "read_at": then, "at": then}

    answers = together(_as(sari, operations.read_tag, **reading), _as(sari, operations.read_tag, **reading))

    assert [answer.seen for answer in answers] == ["present", "present"]
    with within(wira):
        assert Reading.objects.count() == 1


@pytest.fixture
def today(as_user, budi, sari, dewi, wira, joko, melati):
    """A session of the day on which the test is run."""
    moment = datetime.now(UTC)
    day, long_ago = melati.day_of(moment), moment - timedelta(days=20)
    as_user(wira)
    batch = make.make_batch(
        make.make_programme(melati, budi, long_ago), budi, long_ago, starts_on=day, ends_on=day,
        weekdays=[1, 2, 3, 4, 5, 6, 7],
    )  # fmt: skip
    make.fill(batch, [joko, make.make_person(melati, at=long_ago)], proposer=sari, board=dewi, head=wira, at=long_ago)
    operations.start_batch(batch=batch, by=budi, at=long_ago)
    return queries.sessions_of(batch).get()


def _url(name, session):
    return reverse(f"programmes:{name}", args=[session.public_id])


def _code(session, joko):
    return session.batch.enrolments.get(person=joko).tag.code


def test_the_page_works_by_hand_without_a_script(today, joko, sari, pages_of):
    page = pages_of(sari).post(_url("readings", today), {"code": _code(today, joko)})

    assert page.context["told"]["name"] == "Joko Prasetyo"
    assert page.context["room"].present == 1


def test_the_page_answers_a_script_in_few_words(today, joko, sari, pages_of):
    sent = {"code": _code(today, joko), "key": str(uuid4()), "read_at": str(int(datetime.now(UTC).timestamp() * 1000))}
    browser = pages_of(sari)

    answers = [
        browser.post(_url("readings", today), sent, headers={"x-requested-with": "pindai"}).json() for _n in "ab"
    ]

    assert [answer["seen"] for answer in answers] == ["present", "present"]
    assert answers[1]["present"] == 1


def test_a_picture_of_a_tag_is_read_here(today, joko, sari, pages_of):
    file = SimpleUploadedFile("foto.jpg", picture_of(_code(today, joko), "JPEG"), "image/jpeg")

    page = pages_of(sari).post(_url("reading-picture", today), {"picture": file})

    assert page.context["told"]["seen"] == "present"


def test_nobody_is_absent_until_somebody_says_so(today, joko, sari, pages_of, as_user, wira):
    browser = pages_of(sari)
    browser.post(_url("readings", today), {"code": _code(today, joko)})
    other = today.batch.enrolments.exclude(person=joko).get()

    browser.post(_url("reading-finish", today), {})
    as_user(wira)
    assert today.attendances.count() == 1
    browser.post(_url("reading-finish", today), {f"r-{other.public_id}": "sick"})

    as_user(wira)
    assert today.attendances.get(enrolment=other).absence_reason == "sick"


def test_undoing_on_the_page_names_who_it_was(today, joko, sari, pages_of):
    browser = pages_of(sari)
    browser.post(_url("readings", today), {"code": _code(today, joko)})

    page = browser.post(_url("reading-undo", today), follow=True)

    assert "Joko Prasetyo" in page.content.decode()
    assert page.context["room"].present == 0


def test_whoever_may_not_take_attendance_scans_nothing(today, dewi, rina, pages_of):
    assert pages_of(dewi).get(_url("readings", today)).status_code == 403
    assert pages_of(rina).get(_url("readings", today)).status_code == 404


def test_a_tag_tells_neither_the_number_nor_the_kind(batch, seat, joko):
    code = seat.tag.code

    assert set(code) <= set("0123456789ABCDEF")
    assert batch.code not in code
    assert joko.custodies.get().register_number not in code
