"""Pages of consents: who asks, what is written down, what is shown, who is refused."""

from datetime import timedelta

import pytest

from bekal.people import operations, queries
from bekal.people.models import Consent, ConsentScan
from bekal.people.operations import Asked
from bekal.people.tests.factories import a_stay

LIST = "/warga-binaan/persetujuan/"


@pytest.fixture
def given(melati, joko, lestari, now, today, within):
    with within(lestari):
        asked = Asked(kind="photo", given_on=today - timedelta(days=30), proof="signed")
        return operations.record_consents(
            facility=melati, answers={joko: "given"}, asked=asked, by=lestari, at=now - timedelta(days=30)
        )[0]


def _typed(person, answer="given", **changes):
    facts = {"kind": "photo", "given_on": "2026-11-20", "proof": "signed", f"j-{person.public_id}": answer}
    return {**facts, **changes}


def test_the_words_are_on_the_page_where_the_answer_is_typed(joko, lestari, pages_of):
    page = pages_of(lestari).get(f"/warga-binaan/{joko.public_id}/persetujuan/?jenis=contact").content.decode()

    assert "Ini bukan wajib lapor" in page and "Jawaban tidak mengubah apa pun" in page
    assert "belum diverifikasi" in page.casefold()


def test_an_answer_is_written_down_and_stands_on_the_page_of_the_person(joko, lestari, pages_of, within, today):
    browser = pages_of(lestari)

    answer = browser.post(f"/warga-binaan/{joko.public_id}/persetujuan/", _typed(joko))

    assert answer.status_code == 302
    with within(lestari):
        assert Consent.objects.get().person == joko
    assert "Foto, 20 Nov 2026" in browser.get(f"/warga-binaan/{joko.public_id}/").content.decode()


def test_what_was_typed_stays_when_the_witness_is_missing(joko, lestari, pages_of, within):
    typed = _typed(joko, "refused", proof="witnessed", until_on="")

    page = pages_of(lestari).post(f"/warga-binaan/{joko.public_id}/persetujuan/", typed).content.decode()

    assert "Sebutkan nama dan jabatan saksi" in page
    assert f'name="j-{joko.public_id}" value="refused" checked' in page
    with within(lestari):
        assert not Consent.objects.exists()


def test_a_sheet_without_an_answer_says_so(joko, lestari, pages_of):
    page = pages_of(lestari).post(f"/warga-binaan/{joko.public_id}/persetujuan/", _typed(joko, "")).content.decode()

    assert "belum ada jawaban" in page


def test_a_withdrawal_on_the_page_holds_at_once(given, joko, lestari, pages_of, within, today):
    page = pages_of(lestari).post(
        f"{LIST}{given.public_id}/cabut/",
        {"withdrawn_on": "2026-11-20", "through": "person", "received_post": "Wali"},
        follow=True,
    )

    assert "Dicabut" in page.content.decode()
    with within(lestari):
        assert not queries.has_consent(joko, "photo", on=today)


def test_a_signed_form_comes_back_and_is_handed_out_as_it_was(given, lestari, pages_of, within):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = pages_of(lestari)
    file = SimpleUploadedFile("nama-orang.pdf", b"%PDF-1.7 lembar", content_type="text/html")
    browser.post(f"{LIST}{given.public_id}/pindaian/simpan/", {"scan": file})

    answer = browser.get(f"{LIST}{given.public_id}/pindaian/")

    assert answer.content == b"%PDF-1.7 lembar" and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="formulir.pdf"'
    with within(lestari):
        assert ConsentScan.objects.get().media_type == "application/pdf"


def test_the_form_for_the_pen_is_a_pdf_whose_name_tells_nothing(joko, lestari, pages_of):
    answer = pages_of(lestari).get(f"/warga-binaan/{joko.public_id}/persetujuan/formulir/")

    assert answer.content.startswith(b"%PDF") and 'filename="formulir.pdf"' in answer["Content-Disposition"]


def test_the_list_filters_and_costs_no_more_for_more_rows(
    given, melati, lestari, now, today, pages_of, within, django_assert_max_num_queries
):
    with within(lestari):
        people = [a_stay(melati, at=now, name=f"Orang Lain {letter}").person for letter in "ABCDE"]
        asked = Asked(kind="photo", given_on=today - timedelta(days=2), proof="signed")
        operations.record_consents(
            facility=melati, answers=dict.fromkeys(people, "refused"), asked=asked, by=lestari, at=now
        )
    browser = pages_of(lestari)

    assert "Joko Prasetyo" not in browser.get(f"{LIST}?keadaan=menolak").content.decode()
    assert "Joko Prasetyo" in browser.get(f"{LIST}?keadaan=berlaku").content.decode()
    with django_assert_max_num_queries(12):
        browser.get(LIST)


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_list_leaves_the_house_in_each_form(given, lestari, pages_of, form):
    answer = pages_of(lestari).get(f"{LIST}daftar/{form}/")

    assert answer.status_code == 200 and f"daftar.{form}" in answer["Content-Disposition"]


def test_the_board_and_the_trainer_are_refused_where_they_have_no_part(given, joko, dewi, sari, pages_of):
    assert pages_of(dewi).get(LIST).status_code == 403
    assert pages_of(sari).get(LIST).status_code == 200
    assert pages_of(sari).post(f"/warga-binaan/{joko.public_id}/persetujuan/", {}).status_code == 403
    board = pages_of(dewi).get(f"/warga-binaan/{joko.public_id}/").content.decode()
    assert 'id="consent"' not in board


def test_rina_finds_no_answer_of_another_facility(given, rina, pages_of):
    assert pages_of(rina).get(f"{LIST}{given.public_id}/").status_code == 404
