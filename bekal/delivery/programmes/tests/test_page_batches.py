"""Pages of programmes and batches: what is shown, who is refused, and the whole way by hand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.models import Batch, Programme
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.audit.models import Event

PAGES = "batch sessions propose participants-out decree-draft decree-record batch-edit batch-cancel".split()


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def batch(as_user, budi, melati, before):
    as_user(budi)
    return make.make_batch(make.make_programme(melati, budi, before), budi, before)


@pytest.fixture
def rehabilitation(as_user, nyoman, ayu, dewi, wira, joko, melati, before):
    as_user(nyoman)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    batch = make.make_batch(programme, nyoman, before)
    make.fill(batch, [joko], proposer=ayu, board=dewi, head=wira, at=before)
    return operations.start_batch(batch=batch, by=nyoman, at=before)


def _url(name, batch, *more):
    return reverse(f"programmes:{name}", args=[batch.public_id, *more])


def test_the_list_counts_and_costs_few_queries(batch, budi, pages_of, django_assert_max_num_queries):
    browser = pages_of(budi)

    with django_assert_max_num_queries(14):
        page = browser.get(reverse("programmes:batches"))

    assert page.status_code == 200
    assert "0/4" in page.content.decode()


def test_a_batch_tells_who_made_it(batch, budi, pages_of):
    deeds = pages_of(budi).get(_url("batch", batch)).context["deeds"]

    assert {deed.who for deed in deeds} == {"Budi Hartawan"}
    assert len(deeds) == 2


def test_rina_finds_nothing_of_melati(batch, rina, pages_of):
    browser = pages_of(rina)

    assert browser.get(_url("batch", batch)).status_code == 404
    assert "TB1" not in browser.get(reverse("programmes:batches")).content.decode()


def test_sari_cannot_make_a_batch(batch, sari, pages_of):
    assert pages_of(sari).get(_url("batch-edit", batch)).status_code == 403


def test_who_takes_part_in_rehabilitation_is_a_number_for_budi(rehabilitation, budi, ayu, pages_of):
    seen_by_budi = pages_of(budi).get(_url("batch", rehabilitation)).content.decode()
    seen_by_ayu = pages_of(ayu).get(_url("batch", rehabilitation)).content.decode()

    assert "Joko Prasetyo" not in seen_by_budi
    assert "1 peserta" in seen_by_budi or "1 participant" in seen_by_budi
    assert "Joko Prasetyo" in seen_by_ayu


@pytest.mark.parametrize("name", ["propose", "tags", "decree-draft", "batch-cancel"])
def test_budi_opens_no_list_of_rehabilitation(rehabilitation, budi, pages_of, name):
    assert pages_of(budi).get(_url(name, rehabilitation)).status_code == 403


def test_sari_opens_no_sheet_of_rehabilitation(rehabilitation, sari, pages_of):
    session = queries.sessions_of(rehabilitation).first()

    assert pages_of(sari).get(_url("attendance", session)).status_code == 403


def test_an_export_is_recorded_and_names_nobody(batch, joko, sari, dewi, wira, before, budi, as_user, pages_of):
    as_user(wira)
    make.fill(batch, [joko], proposer=sari, board=dewi, head=wira, at=before)

    for form in ("csv", "xlsx", "pdf"):
        answer = pages_of(budi).get(_url("participants-out", batch, form))
        assert answer.status_code == 200
        assert "joko" not in answer["Content-Disposition"].lower()

    as_user(wira)
    assert Event.objects.filter(code="app.list.exported").count() == 3


def test_the_whole_way_by_hand(melati, joko, budi, sari, dewi, wira, pages_of, as_user):
    leader, trainer, board, head = (pages_of(user) for user in (budi, sari, dewi, wira))
    today = melati.day_of(timezone.now())

    leader.post(
        reverse("programmes:programme-new"),
        {
            "kind": "training", "title": "Tata Boga", "certificate_title": "Pelatihan Tata Boga", "hours_jp": 20,
            "minutes_per_jp": 45, "attendance_percent": 80,
        },
    )  # fmt: skip
    as_user(budi)
    programme = Programme.objects.get()
    place = melati.places.first()
    leader.post(
        reverse("programmes:batch-new", args=[programme.public_id]),
        {
            "capacity": 4, "place": place.pk, "starts_on": today, "ends_on": today + timedelta(days=6),
            "weekdays": [1, 2, 3, 4, 5, 6, 7], "starts_at": "08:00", "ends_at": "11:45", "jp_per_session": 5,
        },
    )  # fmt: skip
    as_user(budi)
    batch = Batch.objects.get()
    assert trainer.post(reverse("programmes:propose", args=[batch.public_id]), {"cari": "jok"}).status_code == 200
    assert trainer.post(_url("propose-one", batch, joko.public_id), {"motive": "Ingin belajar"}).status_code == 302
    as_user(dewi)
    nomination = batch.nominations.get()
    board.post(
        reverse("programmes:hearing-new"),
        {"held_on": today, "place": "Aula", "members": "Dewi Anggraini, Ketua", "usulan": [nomination.public_id]},
    )
    as_user(dewi)
    hearing = nomination.hearing or batch.nominations.get().hearing
    page = board.get(reverse("programmes:hearing", args=[hearing.public_id])).content.decode()
    assert "Joko Prasetyo" in page
    decided = board.post(
        reverse("programmes:hearing-decide", args=[hearing.public_id]), {f"p-{nomination.public_id}": "ya"}
    )
    assert decided.status_code == 302
    assert (
        board.get(reverse("programmes:hearing-minutes", args=[hearing.public_id]))["Content-Type"] == "application/pdf"
    )
    form = leader.get(_url("decree-draft", batch)).context["form"]
    leader.post(_url("decree-draft", batch), {name: form.initial[name] for name in form.fields})
    as_user(wira)
    decree = batch.decrees.get()
    official = melati.officials.get()
    signed = head.post(reverse("programmes:decree", args=[decree.public_id]), {"signatory": official.pk})
    assert signed.status_code == 302
    leader.post(_url("batch-start", batch))
    as_user(wira)
    enrolment = batch.enrolments.get()
    session = queries.sessions_of(batch).get(held_on=today)
    sheet = reverse("programmes:attendance", args=[session.public_id])
    assert "Joko Prasetyo" in trainer.get(sheet).content.decode()
    trainer.post(sheet, {"ada": "ya", "isi": "semua"})
    as_user(wira)
    attendance = enrolment.attendances.get()
    assert (attendance.is_present, attendance.counted_jp) == (True, 5)
    for name in PAGES:
        more = ["pdf"] if name == "participants-out" else []
        assert leader.get(_url(name, batch, *more)).status_code == 200, name
    for name in ("tags", "sessions-out", "candidates-out"):
        more = [] if name == "tags" else ["xlsx"]
        assert leader.get(_url(name, batch, *more)).status_code == 200, name
    assert leader.get(reverse("programmes:sheet-paper", args=[session.public_id])).status_code == 200
    history = reverse("programmes:history", args=[session.public_id, enrolment.public_id])
    assert "Sari Laksmi" in leader.get(history).content.decode()
    left = leader.post(
        reverse("programmes:leave", args=[enrolment.public_id]), {"exit_kind": "parole", "exit_on": today}
    )
    assert left.status_code == 302
    as_user(wira)
    enrolment.refresh_from_db()
    assert enrolment.exit_group == "by_law"


@pytest.mark.parametrize(
    "name", ["programmes", "batches", "hearings", "decrees", "programme-new", "programmes-out", "decrees-out"]
)
def test_each_list_opens_when_it_is_empty(melati, budi, pages_of, name):
    args = ["pdf"] if name.endswith("-out") else []

    assert pages_of(budi).get(reverse(f"programmes:{name}", args=args)).status_code == 200


def test_modules_and_criteria_are_written_by_hand(batch, budi, pages_of, as_user):
    programme = batch.programme
    browser = pages_of(budi)
    head = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}

    browser.post(
        reverse("programmes:modules", args=[programme.public_id]),
        {**head, "form-0-title": "Kue kering", "form-0-hours_jp": 12, "form-1-title": "Roti", "form-1-hours_jp": 4},
    )
    browser.post(
        reverse("programmes:criterion-new", args=[programme.public_id]),
        {"code": "training_third", "from_on": "2026-01-01"},
    )
    browser.post(
        reverse("programmes:criterion-new", args=[programme.public_id]),
        {"rule": "standing_is", "value": "Narapidana, Anak Binaan", "from_on": "2026-01-01", "basis": "Uji"},
    )
    page = browser.get(reverse("programmes:programme", args=[programme.public_id])).content.decode()

    as_user(budi)
    assert [row.title for row in queries.modules_of(programme)] == ["Kue kering", "Roti"]
    assert set(programme.criteria.values_list("value", flat=True)) == {"1/3", "sentenced|child"}
    assert "Narapidana, Anak Binaan" in page
    assert "16 JP" in page


def test_a_decree_on_participants_is_offered_once_somebody_is_accepted(batch, joko, budi, sari, dewi, before, pages_of):
    browser, draft = pages_of(budi), _url("decree-draft", batch)
    nominations = make.propose(batch, [joko], sari, before)
    assert f'href="{draft}"' not in browser.get(_url("batch", batch)).content.decode()

    make.accept(nominations, dewi, before)

    assert f'href="{draft}"' in browser.get(_url("batch", batch)).content.decode()


@pytest.mark.parametrize("path", ["batches", "sessions", "propose", "batch"])
def test_a_batch_is_called_the_same_on_every_page(batch, budi, pages_of, path):
    arguments = [] if path == "batches" else [batch.public_id]

    text = pages_of(budi).get(reverse(f"programmes:{path}", args=arguments)).content.decode()

    assert "Tata Boga, Angkatan I 2026" in text
    assert "Tata Boga 1" not in text
