from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from bekal.delivery.certificates import operations
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.certificates.tests.factories import enrol, make_batch
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Person

Pages = Callable[[User], Client]


@pytest.fixture
def certificates(melati: Facility, joko: Person, wira: User, as_user: Callable[[User], User]) -> list[Certificate]:

    now, made = timezone.now(), []
    as_user(wira)
    for code, kind in (("TB2", "training"), ("RS2", "rehabilitation")):
        enrolment = enrol(make_batch(melati, code=code, at=now, kind=kind), joko, by=wira, at=now)
        made.append(operations.issue(enrolment=enrolment, by=wira, at=now))
    return made


def test_the_head_sees_all_and_the_section_head_no_word_of_rehabilitation(
    certificates: list[Certificate], wira: User, budi: User, pages_of: Pages
) -> None:
    seen_by_head = pages_of(wira).get("/sertifikat/").content.decode()
    seen_by_budi = pages_of(budi).get("/sertifikat/").content.decode()

    for certificate in certificates:
        assert certificate.paper.number in seen_by_head
    assert certificates[0].paper.number in seen_by_budi
    assert certificates[1].paper.number not in seen_by_budi
    assert "Rehabilitasi" not in seen_by_budi


@pytest.mark.parametrize("path", ["", "daftar/pdf/", "daftar/xlsx/", "daftar/csv/"])
def test_the_list_comes_in_all_its_forms(
    certificates: list[Certificate], wira: User, pages_of: Pages, path: str
) -> None:
    assert pages_of(wira).get(f"/sertifikat/{path}").status_code == 200


def test_a_hidden_certificate_is_nowhere_and_a_foreign_one_too(
    certificates: list[Certificate], budi: User, rina: User, pages_of: Pages
) -> None:
    assert pages_of(budi).get(f"/sertifikat/{certificates[1].public_id}/").status_code == 404
    assert pages_of(rina).get(f"/sertifikat/{certificates[0].public_id}/").status_code in (403, 404)


def test_only_the_head_revokes_and_is_asked_first(
    certificates: list[Certificate], wira: User, budi: User, pages_of: Pages
) -> None:
    path = f"/sertifikat/{certificates[0].public_id}/cabut/"

    assert pages_of(budi).post(path, {"reason": "Salah cetak"}).status_code == 403
    assert certificates[0].paper.number in pages_of(wira).get(path).content.decode()
    assert pages_of(wira).post(path, {"reason": "Salah cetak"}).status_code == 302
    certificates[0].refresh_from_db()
    assert certificates[0].status == "revoked"


def test_the_file_has_a_neutral_name(certificates: list[Certificate], wira: User, pages_of: Pages) -> None:
    names = [
        pages_of(wira).get(f"/sertifikat/{certificate.public_id}/berkas/").headers["Content-Disposition"]
        for certificate in certificates
    ]

    assert names == [f'attachment; filename="surat-{certificate.code}.pdf"' for certificate in certificates]
