from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.tests.factories import make_ceremony, make_running_batch
from bekal.delivery.ceremonies.tests.test_guests import FAMILY, OFFICE, line
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility

Pages = Callable[[User], Client]
As = Callable[[User], User]


@pytest.fixture
def ceremony(melati: Facility, wira: User, as_user: As) -> Ceremony:
    as_user(wira)
    kinds = (("RS2", "rehabilitation"), ("TB2", "training"))
    batches = [make_running_batch(melati, code=code, by=wira, at=timezone.now(), kind=kind) for code, kind in kinds]
    made = make_ceremony(melati, batches, by=wira, at=timezone.now())
    return operations.set_guests(ceremony=made, lines=[OFFICE, FAMILY], by=wira, at=timezone.now())


def _typed(*lines: dict[str, str], version: str = "1") -> dict[str, str]:
    typed = {"form-TOTAL_FORMS": str(len(lines)), "form-INITIAL_FORMS": "0", "read_version": version}
    return typed | {f"form-{place}-{name}": value for place, each in enumerate(lines) for name, value in each.items()}


def test_guests_are_typed_in_one_pass(ceremony: Ceremony, budi: User, pages_of: Pages) -> None:
    typed = _typed({"name": "Ibu Contoh", "kind": "press"}, {"office": "", "name": ""}, {"post": "Camat"})

    answer = pages_of(budi).post(f"/acara/{ceremony.public_id}/tamu/tulis/", typed)

    assert answer.status_code == 302
    assert [guest.name or guest.post for guest in queries.guests_of(ceremony)] == ["Ibu Contoh", "Camat"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (_typed({"name": "Ibu Contoh"}, version="0"), "Ibu Contoh"),
        (_typed({"office": "Kantor Contoh"}), "Kantor Contoh"),
        (_typed({"name": "Bapak Keluarga", "kind": "family"}), "Bapak Keluarga"),
    ],
)
def test_what_is_refused_stays_typed(
    ceremony: Ceremony, budi: User, pages_of: Pages, typed: dict[str, str], kept: str
) -> None:
    answer = pages_of(budi).post(f"/acara/{ceremony.public_id}/tamu/tulis/", typed)

    assert answer.status_code == 200
    assert f'value="{kept}"' in answer.content.decode()
    assert [guest.name for guest in queries.guests_of(ceremony)][:1] == ["Ni Luh Contoh"]


@pytest.mark.parametrize("path", ["tamu/", "tamu/tulis/", "tamu/ekspor/csv/"])
def test_no_page_shows_a_family_to_those_without_care(
    ceremony: Ceremony, budi: User, pages_of: Pages, path: str
) -> None:
    page = pages_of(budi).get(f"/acara/{ceremony.public_id}/{path}").content.decode()

    assert "Ni Luh Contoh" in page
    assert "Ni Wayan Keluarga" not in page


@pytest.mark.parametrize("path", ["tamu/cetak-daftar-hadir/", "tamu/ekspor/pdf/", "naskah/cetak/"])
def test_the_papers_of_the_day_are_drawn(ceremony: Ceremony, budi: User, pages_of: Pages, path: str) -> None:
    assert pages_of(budi).get(f"/acara/{ceremony.public_id}/{path}").content.startswith(b"%PDF")


def test_who_came_is_ticked_at_the_door(ceremony: Ceremony, sari: User, pages_of: Pages) -> None:
    guest = queries.guests_of(ceremony)[0]

    pages_of(sari).post(
        f"/acara/{ceremony.public_id}/tamu/terima/", {"shown": guest.public_id, "came": guest.public_id}
    )

    guest.refresh_from_db()
    assert guest.has_come


def test_letters_are_written_and_come_as_one_file(ceremony: Ceremony, wira: User, pages_of: Pages) -> None:
    pages = pages_of(wira)
    pages.post(f"/acara/{ceremony.public_id}/tamu/undangan/")

    assert pages.get(f"/acara/{ceremony.public_id}/tamu/undangan/cetak/").content.startswith(b"%PDF")


def test_turns_are_chosen_on_a_page(ceremony: Ceremony, budi: User, pages_of: Pages) -> None:
    batch, guest = queries.batches_of(ceremony)[1].batch, queries.guests_of(ceremony)[0]
    path = f"/acara/{ceremony.public_id}/penyerah/"

    answer = pages_of(budi).post(path, {f"tags-{batch.public_id}": str(guest.public_id), "read_version": "0"})

    assert answer.status_code == 302
    assert queries.named(queries.turns_of(ceremony)[(batch.pk, "tags")]).startswith("Ni Luh Contoh")


def test_the_list_needs_as_many_queries_for_many_guests(
    ceremony: Ceremony, wira: User, pages_of: Pages, django_assert_max_num_queries: Callable
) -> None:
    lines = [line(post=f"Camat {place}") for place in range(40)]
    operations.set_guests(ceremony=ceremony, lines=lines, by=wira, at=timezone.now())
    pages = pages_of(wira)

    with django_assert_max_num_queries(12):
        pages.get(f"/acara/{ceremony.public_id}/tamu/")
