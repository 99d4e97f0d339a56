"""Pages of rooms, catch-up sessions and corrections: what is shown, what is done by hand, who is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Correction, Session
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.facilities.models import Place


@pytest.fixture
def batch(as_user, budi, sari, dewi, wira, joko, melati):
    """A batch that has run for two weeks and runs for one more, on the day the test is run."""
    moment = datetime.now(UTC)
    today, before = melati.day_of(moment), moment - timedelta(days=30)
    as_user(wira)
    batch = make.make_batch(
        make.make_programme(melati, budi, before), budi, before, starts_on=today - timedelta(days=14),
        ends_on=today + timedelta(days=7), weekdays=[1, 2, 3, 4, 5, 6, 7], teacher=sari,
    )  # fmt: skip
    make.fill(batch, [joko, make.make_person(melati, at=before)], proposer=sari, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=budi, at=before)


@pytest.fixture
def old(batch, sari, joko):
    """A session twelve days ago, at which Joko was ill."""
    at = datetime.now(UTC) - timedelta(days=12)
    session = queries.sessions_of(batch).get(held_on=batch.facility.day_of(at))
    marks = {row.public_id: Mark(True, "", "active", 5) for row in queries.on_list(session)}
    marks[_seat(batch, joko).public_id] = Mark(False, "sick")
    operations.record_attendance(session=session, status="held", marks=marks, by=sari, at=at)
    session.refresh_from_db()
    return session


def _seat(batch, person):
    return batch.enrolments.get(person=person)


def test_a_correction_is_asked_for_on_one_page_and_decided_on_another(
    batch, old, joko, sari, budi, pages_of, as_user, wira
):
    seat = _seat(batch, joko)
    ask = reverse("programmes:correction-of-mark", args=[old.public_id, seat.public_id])
    sheet = reverse("programmes:attendance", args=[old.public_id])
    assert ask in pages_of(sari).get(sheet).content.decode()

    pages_of(sari).post(ask, {"present": "t", "absence_reason": "court", "reason": "Surat panggilan"})

    as_user(wira)
    correction = Correction.objects.get()
    page = reverse("programmes:correction", args=[correction.public_id])
    assert page in pages_of(budi).get(reverse("desk:desk")).content.decode()
    assert "Joko" not in pages_of(budi).get(reverse("programmes:corrections")).content.decode()
    decide = reverse("programmes:correction-decide", args=[correction.public_id])
    assert pages_of(sari).post(decide, {"putusan": "terima"}).status_code == 403
    assert "reason" in pages_of(budi).post(decide, {"putusan": "tolak"}).context["form"].errors
    pages_of(budi).post(decide, {"putusan": "terima"})
    as_user(wira)
    assert old.attendances.get(enrolment=seat).absence_reason == "court"
    assert "Sidang" in pages_of(sari).get(page).content.decode()


def test_whoever_leads_and_asked_does_not_decide_on_the_page(old, batch, joko, budi, wira, pages_of, as_user):
    ask = reverse("programmes:correction-of-session", args=[old.public_id])
    pages_of(budi).post(ask, {"status": "partly_held", "held_jp": "2", "reason": "Listrik padam"})
    as_user(wira)
    correction = Correction.objects.get()

    page = pages_of(budi).get(reverse("programmes:correction", args=[correction.public_id]))
    assert not page.context["can_decide"]
    pages_of(budi).post(reverse("programmes:correction-decide", args=[correction.public_id]), {"putusan": "terima"})
    as_user(wira)
    correction.refresh_from_db()
    assert correction.status == "requested"
    pages_of(budi).post(reverse("programmes:correction-withdraw", args=[correction.public_id]))
    as_user(wira)
    correction.refresh_from_db()
    assert correction.status == "withdrawn"


def test_a_catch_up_is_planned_by_hand_for_those_who_missed(batch, old, joko, sari, budi, pages_of, as_user, wira):
    url = reverse("programmes:catch-up-new", args=[old.public_id])
    assert pages_of(sari).get(url).status_code == 403
    page = pages_of(budi).get(url)
    assert [row.enrolment.person.full_name for row, _reason, _tick in page.context["rows"]] == ["Joko Prasetyo"]

    pages_of(budi).post(
        url,
        {
            "peserta": str(_seat(batch, joko).public_id), "held_on": batch.ends_on.isoformat(), "starts_at": "14:00",
            "ends_at": "16:00", "jp": "5", "place": batch.place.pk, "officers": [sari.pk],
        },
    )  # fmt: skip

    as_user(wira)
    catch_up = Session.objects.get(makes_up_for=old)
    assert [row.name for row in catch_up.facilitators.select_related("officer", "instructor")] == ["Sari Laksmi"]
    sheet = pages_of(sari).get(reverse("programmes:attendance", args=[catch_up.public_id]))
    assert [line.name for line in sheet.context["sheet"].lines] == ["Joko Prasetyo"]


def test_a_rule_about_hours_made_up_is_written_with_its_basis(batch, budi, pages_of):
    url = reverse("programmes:make-up-rule", args=[batch.programme.public_id])
    typed = {"does_count": "ya", "most_percent": "10", "from_on": "2026-01-01", "basis": "Ketetapan UPT 5"}

    pages_of(budi).post(url, typed)

    text = pages_of(budi).get(reverse("programmes:programme", args=[batch.programme.public_id])).content.decode()
    assert "Ketetapan UPT 5" in text
    assert "belum diverifikasi" in text


def test_the_week_names_rehabilitation_to_the_care_team_alone(
    batch, nyoman, budi, melati, pages_of, as_user, django_assert_max_num_queries
):
    as_user(nyoman)
    at = datetime.now(UTC)
    programme = make.make_programme(
        melati, nyoman, at, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    hall = Place.objects.get(facility=melati, name="Aula")
    make.make_batch(
        programme, nyoman, at, place=hall, starts_on=melati.day_of(at), ends_on=melati.day_of(at),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
    )  # fmt: skip
    url = reverse("programmes:timetable")

    assert "Rehabilitasi Sosial" in pages_of(nyoman).get(url).content.decode()
    browser = pages_of(budi)
    with django_assert_max_num_queries(14):
        text = browser.get(url).content.decode()
    assert "Rehabilitasi" not in text
    assert "Kegiatan lain" in text
    for form in ("xlsx", "csv", "pdf"):
        answer = browser.get(reverse("programmes:timetable-out", args=[form]))
        assert answer.status_code == 200
        assert b"Rehabilitasi" not in answer.content


def test_an_instructor_is_named_by_whoever_leads(budi, sari, pages_of):
    url = reverse("programmes:instructors")

    assert pages_of(sari).post(url, {"name": "Ketut Arsa", "agency": "BLK"}).status_code == 403
    pages_of(budi).post(url, {"name": "Ketut Arsa", "agency": "BLK Contoh"})

    assert "Ketut Arsa" in pages_of(sari).get(url).content.decode()


def test_what_was_saved_last_is_undone_on_the_page(batch, sari, budi, pages_of, as_user, wira):
    session = queries.sessions_of(batch).get(held_on=batch.facility.day_of(datetime.now(UTC)))
    url = reverse("programmes:attendance", args=[session.public_id])
    browser = pages_of(sari)
    browser.post(url, {"ada": "ya", "isi": "semua"})
    assert not pages_of(budi).get(url).context["can_undo"]

    browser.post(reverse("programmes:attendance-undo", args=[session.public_id]))

    assert browser.get(url).context["sheet"].open == 2
    as_user(wira)
    assert session.attendances.filter(is_present=True).count() == 0


def test_a_session_moves_to_another_place_and_teacher_by_hand(batch, melati, sari, budi, pages_of, as_user, wira):
    session = queries.sessions_of(batch).last()
    hall = Place.objects.get(facility=melati, name="Aula")
    typed = {
        "held_on": session.held_on.isoformat(), "starts_at": "09:00", "ends_at": "11:00", "jp": "4", "place": hall.pk,
        "officers": [budi.pk],
    }  # fmt: skip

    pages_of(budi).post(reverse("programmes:session-move", args=[session.public_id]), typed)

    as_user(wira)
    session.refresh_from_db()
    teaching = session.facilitators.filter(is_active=True).select_related("officer", "instructor")
    assert (session.place, [row.name for row in teaching]) == (hall, ["Budi Hartawan"])


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "2026-13-45", "besok", ""])
def test_a_week_that_nobody_has_is_this_week(batch, budi, pages_of, typed):
    for address in ("/program/jadwal/", "/program/jadwal/daftar/csv/", f"/program/angkatan/{batch.public_id}/lembar/"):
        assert pages_of(budi).get(address, {"minggu": typed}).status_code in (200, 302)
