"""Pages of people who are kept apart: for security and the head; nobody else sees that there are any."""

from datetime import timedelta

import pytest

from bekal.people import operations
from bekal.people.models import KeepApart
from bekal.people.tests.factories import a_stay

LIST = "/warga-binaan/pemisahan/"
REASON = "Berselisih karena utang di blok B"


@pytest.fixture
def other(melati, house, now, within):
    with within(house):
        return a_stay(melati, at=now, name="Agus Riyanto", register_number="B.I 77/2026").person


@pytest.fixture
def pair(melati, joko, other, agung, now, today, within):
    with within(agung):
        return operations.note_pair(
            facility=melati,
            one=joko,
            other=other,
            reason=REASON,
            basis="BA 12/2026",
            since_on=today - timedelta(days=40),
            by=agung,
            at=now,
        )


def test_security_notes_a_pair_by_register_numbers(joko, other, agung, pages_of, within):
    typed = {
        "first": "b.i 118/2025",
        "second": "B.I 77/2026",
        "reason": REASON,
        "basis": "BA 12/2026",
        "since_on": "2026-11-20",
    }

    answer = pages_of(agung).post(f"{LIST}baru/", typed)

    assert answer.status_code == 302
    with within(agung):
        assert {KeepApart.objects.get().first, KeepApart.objects.get().second} == {joko, other}


def test_a_number_that_nobody_has_is_named_and_nothing_typed_is_lost(joko, agung, pages_of):
    typed = {"first": "B.I 118/2025", "second": "B.I 9/1999", "reason": REASON, "basis": "BA", "since_on": "2026-11-20"}

    page = pages_of(agung).post(f"{LIST}baru/", typed).content.decode()

    assert "Tidak ada yang sedang ditempatkan di sini dengan nomor register ini" in page
    assert REASON in page


def test_the_reason_stands_on_the_page_of_the_pair_and_not_in_the_list(pair, agung, pages_of):
    browser = pages_of(agung)

    assert REASON not in browser.get(LIST).content.decode()
    assert REASON in browser.get(f"{LIST}{pair.public_id}/").content.decode()
    for form in ("pdf", "xlsx", "csv"):
        assert browser.get(f"{LIST}daftar/{form}/").status_code == 200
    assert REASON.encode() not in browser.get(f"{LIST}daftar/csv/").content


def test_the_head_reads_and_does_not_note(pair, wira, pages_of):
    browser = pages_of(wira)

    assert browser.get(f"{LIST}{pair.public_id}/").status_code == 200
    assert browser.get(f"{LIST}baru/").status_code == 403
    assert browser.post(f"{LIST}{pair.public_id}/akhiri/", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("who", ["sari", "budi", "ayu", "nyoman", "dewi", "lestari"])
def test_nobody_else_sees_a_page_or_a_trace_of_it(pair, joko, who, request, pages_of):
    browser = pages_of(request.getfixturevalue(who))

    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}{pair.public_id}/").status_code == 403
    page = browser.get(f"/warga-binaan/{joko.public_id}/").content.decode()
    assert 'id="apart"' not in page and "Agus Riyanto" not in page and "pemisahan" not in page


def test_the_page_of_a_person_says_to_security_from_whom(pair, joko, other, agung, pages_of):
    assert "Agus Riyanto" in pages_of(agung).get(f"/warga-binaan/{joko.public_id}/").content.decode()


def test_security_ends_a_pair_with_a_reason(pair, agung, pages_of, within):
    browser = pages_of(agung)
    assert browser.post(f"{LIST}{pair.public_id}/akhiri/", {"reason": ""}).status_code == 200

    browser.post(f"{LIST}{pair.public_id}/akhiri/", {"reason": "Sudah berdamai"})

    with within(agung):
        assert KeepApart.objects.get().end_reason == "Sudah berdamai"
