"""A whole batch is asked on one sheet; who may not know who takes part, may not ask."""

import pytest

from bekal.delivery.programmes.tests import factories as make
from bekal.people.models import Consent


@pytest.fixture
def before(now):
    return make.days_before(now, 28)


def _filled(melati, programme, by, sari, dewi, wira, before, people):
    batch = make.make_batch(programme, by, before)
    return make.fill(batch, people, proposer=sari, board=dewi, head=wira, at=before)


@pytest.fixture
def batch(melati, budi, sari, dewi, wira, joko, before, within):
    with within(wira):
        people = [joko, make.make_person(melati, at=before)]
        return _filled(melati, make.make_programme(melati, budi, before), budi, sari, dewi, wira, before, people)


def test_each_of_a_batch_answers_on_one_sheet_and_whoever_was_not_asked_is_left_out(
    batch, joko, budi, pages_of, within
):
    browser, address = pages_of(budi), f"/program/angkatan/{batch.public_id}/persetujuan/"
    page = browser.get(address).content.decode()
    assert page.count('value="refused"') == 2

    typed = {"kind": "photo", "given_on": "2026-11-20", "proof": "signed", f"j-{joko.public_id}": "refused"}
    assert browser.post(address, typed).status_code == 302

    with within(budi):
        assert [(row.person, row.answer) for row in Consent.objects.all()] == [(joko, "refused")]


def test_the_forms_of_a_batch_are_one_paper(batch, budi, pages_of):
    answer = pages_of(budi).get(f"/program/angkatan/{batch.public_id}/persetujuan/formulir/")

    assert answer.content.startswith(b"%PDF") and 'filename="formulir.pdf"' in answer["Content-Disposition"]


def test_of_rehabilitation_only_the_care_team_asks(
    melati, nyoman, budi, ayu, dewi, wira, joko, before, pages_of, within
):
    with within(wira):
        programme = make.make_programme(melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial")
        batch = _filled(melati, programme, nyoman, ayu, dewi, wira, before, [joko])
    address = f"/program/angkatan/{batch.public_id}/persetujuan/"

    assert pages_of(nyoman).get(address).status_code == 200
    refused = pages_of(budi).get(address)
    assert refused.status_code == 403 and joko.full_name not in refused.content.decode()


def test_rina_finds_no_sheet_of_another_facility(batch, rina, budi, pages_of):
    assert pages_of(rina).get(f"/program/angkatan/{batch.public_id}/persetujuan/").status_code == 403
