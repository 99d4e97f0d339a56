from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from bekal.conftest import PASSWORD
from bekal.foundation.accounts.models import Posting


def _sign_in(client: Client, login: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post("/akun/masuk/", {"login": login, "password": password})


def test_sari_signs_in_by_username_in_any_case(sari) -> None:  # type: ignore[no-untyped-def]
    client = Client()

    assert _sign_in(client, "SARI").status_code == 302
    assert client.get("/").status_code == 200


def test_an_officer_signs_in_by_nip(sari) -> None:  # type: ignore[no-untyped-def]
    sari.nip = "199001012015032001"
    sari.save(update_fields=["nip"])

    assert _sign_in(Client(), "19900101 201503 2 001").status_code == 302


def test_a_wrong_password_says_nothing_about_who_exists(sari) -> None:  # type: ignore[no-untyped-def]
    known, unknown = _sign_in(Client(), "sari", "salah"), _sign_in(Client(), "siapa", "salah")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_many_wrong_passwords_lock_the_door_for_a_while(sari) -> None:  # type: ignore[no-untyped-def]
    client = Client()
    answers = [_sign_in(client, "sari", "salah").status_code for _try in range(9)]

    assert answers[-1] == 429
    assert _sign_in(client, "sari").status_code == 429


def test_the_house_itself_cannot_sign_in(house) -> None:  # type: ignore[no-untyped-def]
    assert _sign_in(Client(), "sistem", "!").status_code == 200


def test_the_password_from_paper_must_be_changed_first(sari, pages_of) -> None:  # type: ignore[no-untyped-def]
    sari.must_change_password = True
    sari.save(update_fields=["must_change_password"])
    browser = pages_of(sari)

    assert browser.get("/")["Location"] == "/akun/sandi/"
    chosen = browser.post("/akun/sandi/", _new_password(PASSWORD))

    assert chosen["Location"] == "/"
    assert browser.get("/").status_code == 200


def _new_password(present: str) -> dict[str, str]:
    return {"present": present, "password": "pohon kelapa 88", "again": "pohon kelapa 88"}


def test_a_desk_left_open_does_not_give_away_the_password(sari, pages_of) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(sari)

    answers = [browser.post("/akun/sandi/", _new_password("kira-kira ini")) for _try in range(6)]

    assert "Ini bukan kata sandi Anda yang sekarang" in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert _sign_in(Client(), "sari").status_code == 302


def test_a_person_with_two_hats_changes_them_in_the_header(budi, melati, pages_of, now) -> None:  # type: ignore[no-untyped-def]

    second = Posting.objects.create(
        user=budi,
        role="programme_manager",
        title="Kasubsi Perawatan",
        facility=melati,
        from_on=date(2026, 1, 1),
        is_acting=True,
        basis="SP 12/2026",
    )
    browser = pages_of(budi)
    assert "Kasubsi Kegiatan Kerja" in browser.get("/").content.decode()

    browser.post("/akun/jabatan/", {"posting": str(second.public_id)})

    assert browser.get("/").wsgi_request.user.posting == second


def test_a_hat_of_somebody_else_cannot_be_put_on(budi, wira, pages_of) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(budi)

    browser.post("/akun/jabatan/", {"posting": str(wira.posting.public_id)})

    assert browser.get("/").wsgi_request.user.posting == budi.posting


def test_another_spelling_is_no_further_chance(sari) -> None:  # type: ignore[no-untyped-def]
    client = Client()
    answers = [_sign_in(client, name, "salah").status_code for name in ("sari", "SARI", "Sari", " sari", "sArI") * 2]

    assert answers[-1] == 429


def test_on_the_offices_network_a_demo_sign_in_opens_nothing(sari, pages_of, settings) -> None:  # type: ignore[no-untyped-def]
    sari.is_demo = True
    sari.save(update_fields=["is_demo"])
    inside = pages_of(sari)
    assert inside.get("/").status_code == 200

    settings.IS_OPEN = True

    assert _sign_in(Client(), "sari").status_code == 200
    assert inside.get("/").status_code == 302


def test_nothing_that_was_typed_at_the_door_is_kept(sari) -> None:  # type: ignore[no-untyped-def]
    client = Client()
    for typed in ("sari", "kata sandi yang salah tempat"):
        _sign_in(client, typed, "rahasia lain 99")
    _sign_in(client, "sari")

    kept = " ".join(
        str(row)
        for table in ("AccessAttempt", "AccessLog", "AccessFailureLog")
        for row in apps.get_model("axes", table).objects.values()
    )
    assert "'failures_since_start': 1" in kept
    assert not any(word in kept for word in ("sari", "salah", "rahasia"))


@pytest.mark.parametrize(
    "address", ["/", "/warga-binaan/", "/program/angkatan/", "/sertifikat/", "/catatan/", "/akun/faktor/"]
)
def test_whoever_goes_back_after_a_sign_out_finds_nothing_in_the_browser(wira, pages_of, address) -> None:  # type: ignore[no-untyped-def]
    page = pages_of(wira).get(address)

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("there", ["on", "2026-12-31", "desk:trail", "https://lain.example/", "//lain.example/"])
def test_whoever_chooses_a_language_comes_back_to_a_page_of_ours(sari, pages_of, there) -> None:  # type: ignore[no-untyped-def]
    answer = pages_of(sari).post("/akun/bahasa/", {"language": "id", "next": there})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    kept = pages_of(sari).post("/akun/bahasa/", {"language": "id", "next": "/warga-binaan/?halaman=2"})
    assert kept.headers["Location"] == "/warga-binaan/?halaman=2"


def test_a_field_with_a_nul_is_not_understood_and_reaches_no_column(wira, pages_of) -> None:  # type: ignore[no-untyped-def]
    answer = pages_of(wira).post("/warga-binaan/cari/", {"cari": "joko\0"})

    assert answer.status_code == 400
    assert "Joko" not in answer.content.decode()
