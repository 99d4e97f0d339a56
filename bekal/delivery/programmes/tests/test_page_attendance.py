"""The page of attendance: typed, corrected, disputed, and who may."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.facilities.models import Place


@pytest.fixture
def session(as_user, budi, sari, dewi, wira, joko, melati, now):
    """A session of yesterday, in a batch that has run for a week and runs for one more, on the day the test is run."""
    moment = datetime.now(UTC)
    today, before = melati.day_of(moment), moment - timedelta(days=20)
    as_user(wira)
    programme = make.make_programme(melati, budi, before)
    batch = make.make_batch(
        programme,
        budi,
        before,
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=7),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
    )
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    operations.start_batch(batch=batch, by=budi, at=before)
    return queries.sessions_of(batch).get(held_on=today - timedelta(days=1))


def _url(session):
    return reverse("programmes:attendance", args=[session.public_id])


def _keys(session):
    return [row.public_id for row in queries.on_list(session)]


def test_a_row_without_a_reason_is_told_and_nothing_typed_is_lost(session, sari, pages_of, as_user, wira):
    one, other = _keys(session)
    typed = {"ada": "ya", f"h-{one}": "t", f"h-{other}": "h", f"a-{other}": "passive", f"j-{other}": "4"}

    page = pages_of(sari).post(_url(session), typed)

    lines = {line.key: line for line in page.context["sheet"].lines}
    assert lines[one].error
    assert (lines[other].participation, lines[other].jp) == ("passive", "4")
    as_user(wira)
    assert session.attendances.count() == 0


def test_the_rest_is_marked_present_and_the_absent_stay_absent(session, sari, pages_of, as_user, wira):
    one, other = _keys(session)

    answer = pages_of(sari).post(_url(session), {"ada": "ya", "isi": "semua", f"h-{one}": "t", f"r-{one}": "court"})

    as_user(wira)
    assert answer.status_code == 302
    rows = {row.enrolment.public_id: row for row in session.attendances.select_related("enrolment")}
    assert (rows[one].absence_reason, rows[other].counted_jp) == ("court", 5)


def test_whoever_took_part_was_there(session, sari, pages_of, as_user, wira):
    one, _other = _keys(session)

    pages_of(sari).post(_url(session), {"ada": "ya", f"a-{one}": "passive"})

    as_user(wira)
    row = session.attendances.get()
    assert (row.is_present, row.participation, row.counted_jp) == (True, "passive", 5)


def test_two_officers_see_both_entries_and_one_chooses(session, sari, budi, pages_of, as_user, wira):
    one, other = _keys(session)
    first = {"ada": "ya", f"h-{one}": "h", f"j-{one}": "5", f"v-{one}": "", "versi": ""}
    pages_of(sari).post(_url(session), first)

    late = {"ada": "ya", f"h-{one}": "h", f"j-{one}": "3", f"v-{one}": "", f"h-{other}": "h", "versi": ""}
    page = pages_of(budi).post(_url(session), late)

    assert page.status_code == 409
    text = page.content.decode()
    assert "Sari Laksmi" in text
    line = next(line for line in page.context["sheet"].lines if line.key == one)
    assert (line.jp, line.theirs.counted_jp) == ("3", 5)
    as_user(wira)
    assert session.attendances.get(enrolment__public_id=other).counted_jp == 5
    pages_of(budi).post(_url(session), late | {f"v-{one}": line.version, "versi": page.context["version"]})
    as_user(wira)
    assert session.attendances.get(enrolment__public_id=one).counted_jp == 3


def test_whoever_takes_the_other_entry_writes_nothing(session, sari, budi, pages_of, as_user, wira):
    one, _other = _keys(session)
    pages_of(sari).post(_url(session), {"ada": "ya", f"h-{one}": "h", f"j-{one}": "5"})

    answer = pages_of(budi).post(
        _url(session), {"ada": "ya", f"h-{one}": "h", f"j-{one}": "3", f"v-{one}": "", "pilih": str(one)}
    )

    as_user(wira)
    assert answer.status_code == 302
    row = session.attendances.get(enrolment__public_id=one)
    assert (row.counted_jp, row.recorded_by) == (5, sari)


def test_held_in_part_gives_all_present_the_hours_that_were_held(session, sari, pages_of, as_user, wira):
    browser = pages_of(sari)
    browser.post(_url(session), {"ada": "ya", "isi": "semua"})
    sheet = browser.get(_url(session)).context["sheet"]
    typed = {f"h-{line.key}": "h" for line in sheet.lines} | {f"j-{line.key}": "5" for line in sheet.lines}
    versions = {f"v-{line.key}": line.version for line in sheet.lines}
    version = browser.get(_url(session)).context["version"]

    browser.post(_url(session), {"ada": "sebagian", "jam": "2", "versi": version, **typed, **versions})

    as_user(wira)
    assert set(session.attendances.values_list("counted_jp", flat=True)) == {2}


def test_the_board_reads_the_sheet_and_cannot_write_it(session, dewi, pages_of):
    browser = pages_of(dewi)

    page = browser.get(_url(session))

    assert page.status_code == 200
    assert not page.context["can_save"]
    assert browser.post(_url(session), {"ada": "ya", "isi": "semua"}).status_code == 403


def test_rina_finds_no_sheet_of_melati(session, rina, pages_of):
    assert pages_of(rina).get(_url(session)).status_code == 404


def test_a_sheet_costs_few_queries(session, sari, pages_of, django_assert_max_num_queries):
    browser = pages_of(sari)

    with django_assert_max_num_queries(18):
        browser.get(_url(session))


def test_a_rehabilitation_sheet_is_for_the_care_team(
    melati, joko, nyoman, ayu, dewi, wira, budi, sari, now, pages_of, as_user
):
    as_user(wira)
    before = now - timedelta(days=28)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    batch: Batch = make.make_batch(programme, nyoman, before, place=Place.objects.get(facility=melati, name="Aula"))
    make.fill(batch, [joko], proposer=ayu, board=dewi, head=wira, at=before)
    operations.start_batch(batch=batch, by=nyoman, at=before)
    session = queries.sessions_of(batch).first()
    key = _keys(session)[0]

    saved = operations.record_attendance(
        session=session, status="held", marks={key: Mark(True, "", "active", 5)}, by=ayu, at=now
    )

    assert saved.rows == 1
    assert session.attendances.get().is_confidential
    assert pages_of(ayu).get(_url(session)).status_code == 200
    for user in (budi, sari):
        assert pages_of(user).get(_url(session)).status_code == 403
