from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.tests.factories import issue_all, make_ceremony, make_running_batch
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility

Pages = Callable[[User], Client]
As = Callable[[User], User]


@pytest.fixture
def batches(melati: Facility, wira: User, as_user: As) -> list[Batch]:
    as_user(wira)
    kinds = (("RS2", "rehabilitation"), ("TB2", "training"))
    return [make_running_batch(melati, code=code, by=wira, at=timezone.now(), kind=kind) for code, kind in kinds]


@pytest.fixture
def planned(melati: Facility, batches: list[Batch], wira: User) -> Ceremony:
    return make_ceremony(melati, batches, by=wira, at=timezone.now())


@pytest.fixture
def begun(planned: Ceremony, wira: User) -> Ceremony:
    return issue_all(planned, by=wira, at=timezone.now())


def test_a_closing_is_planned_on_a_page(melati: Facility, batches: list[Batch], budi: User, pages_of: Pages) -> None:
    typed = {
        "title": "Penutupan dua angkatan",
        "held_on": "2026-12-09",
        "starts_at": "08:30",
        "place": "Aula",
        "signatory": melati.officials.get().pk,
        "batch_1": batches[1].pk,
        "batch_2": batches[0].pk,
    }

    answer = pages_of(budi).post("/acara/baru/", typed)

    assert answer.status_code == 302
    assert [row.batch for row in queries.batches_of(Ceremony.objects.get())] == [batches[1], batches[0]]


def test_the_page_asks_once_more_with_the_figures(planned: Ceremony, wira: User, pages_of: Pages) -> None:
    page = pages_of(wira).get(f"/acara/{planned.public_id}/tutup/").content.decode()

    assert "6 sertifikat" in page or "6 certificates" in page


def test_closing_on_the_page_shows_how_far_it_is(planned: Ceremony, wira: User, pages_of: Pages) -> None:
    page = pages_of(wira).post(f"/acara/{planned.public_id}/tutup/", follow=True).content.decode()

    assert "<progress" in page


def test_those_without_care_see_how_many_and_nobody_of_the_rehabilitation_batch(
    begun: Ceremony, batches: list[Batch], budi: User, pages_of: Pages
) -> None:
    pages = pages_of(budi)
    paths = ("", "penyerahan/cetak/", f"penyerahan/{batches[0].public_id}/", "penyerahan/daftar/csv/")

    for path in paths:
        assert "Fauzi Rahman RS2" not in pages.get(f"/acara/{begun.public_id}/{path}").content.decode()
    assert "0/6" in pages.get(f"/acara/{begun.public_id}/").content.decode()


def test_hand_overs_are_saved_and_a_clash_shows_both(
    begun: Ceremony, batches: list[Batch], budi: User, sari: User, pages_of: Pages
) -> None:
    path = f"/acara/{begun.public_id}/penyerahan/{batches[1].public_id}/"
    row = queries.hand_overs_of(begun, batch=batches[1])[0]
    typed = {f"read-{row.public_id}": "waiting", "handed_by": "Ibu Kartika"}

    assert pages_of(sari).post(path, {**typed, f"now-{row.public_id}": "absent"}).status_code == 302
    clash = pages_of(budi).post(path, {**typed, f"now-{row.public_id}": "received"})

    row.refresh_from_db()
    assert (clash.status_code, row.outcome) == (409, "absent")
    assert "Sari Laksmi" in clash.content.decode()
    assert f'name="now-{row.public_id}" value="received" checked' in clash.content.decode()


def test_the_rest_is_received_and_what_was_marked_on_the_page_stays_as_marked(
    begun: Ceremony, batches: list[Batch], budi: User, pages_of: Pages
) -> None:
    absent, other, *_more = queries.hand_overs_of(begun, batch=batches[1])
    marked = {"sisanya": "ya", f"read-{absent.public_id}": "waiting", f"now-{absent.public_id}": "absent"}

    pages_of(budi).post(f"/acara/{begun.public_id}/penyerahan/{batches[1].public_id}/", marked)

    for row in (absent, other):
        row.refresh_from_db()
    assert (absent.outcome, other.outcome) == ("absent", "received")


def test_the_day_ends_with_minutes_on_the_page(
    begun: Ceremony, batches: list[Batch], wira: User, pages_of: Pages
) -> None:
    pages = pages_of(wira)
    for batch in batches:
        pages.post(
            f"/acara/{begun.public_id}/penyerahan/{batch.public_id}/", {"sisanya": "ya", "handed_by": "Ibu Kartika"}
        )

    pages.post(f"/acara/{begun.public_id}/akhiri/")
    minutes = pages.get(f"/acara/{begun.public_id}/berita-acara/")

    assert minutes.content.startswith(b"%PDF")


def test_all_certificates_come_as_one_file_to_print(begun: Ceremony, wira: User, pages_of: Pages) -> None:
    assert pages_of(wira).get(f"/acara/{begun.public_id}/cetak-sertifikat/").content.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "daftar/pdf/", "daftar/xlsx/", "daftar/csv/"])
def test_the_list_comes_in_all_its_forms(planned: Ceremony, budi: User, pages_of: Pages, path: str) -> None:
    assert pages_of(budi).get(f"/acara/{path}").status_code == 200


def test_rina_finds_no_ceremony_of_another_facility(planned: Ceremony, rina: User, pages_of: Pages) -> None:
    assert pages_of(rina).get(f"/acara/{planned.public_id}/").status_code == 404


def test_the_page_needs_few_queries_however_many_take_part(
    begun: Ceremony, wira: User, pages_of: Pages, django_assert_max_num_queries: Callable
) -> None:
    pages = pages_of(wira)
    with django_assert_max_num_queries(20):
        pages.get(f"/acara/{begun.public_id}/")


def test_two_officers_with_one_running_order_do_not_overwrite_each_other(
    planned: Ceremony, budi: User, wira: User, pages_of: Pages
) -> None:
    path = f"/acara/{planned.public_id}/susunan/"
    typed = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-starts_at": "09:00", "read_version": "0"}

    first = pages_of(wira).post(path, {**typed, "form-0-title": "Doa pembuka"})
    second = pages_of(budi).post(path, {**typed, "form-0-title": "Laporan panitia"})

    assert (first.status_code, second.status_code) == (302, 200)
    assert [item.title for item in queries.agenda_of(planned)] == ["Doa pembuka"]
    for kept in ("I Gede Wira Pranata", "Laporan panitia", "Doa pembuka"):
        assert kept in second.content.decode()
