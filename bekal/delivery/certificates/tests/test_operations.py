from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bekal.delivery.certificates import operations, queries
from bekal.delivery.certificates.choices import CertificateKind, CertificateStatus
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.certificates.tests.factories import enrol, make_batch
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.choices import PaperStatus
from bekal.people.models import Person

As = Callable[[User], User]


@pytest.fixture
def enrolment(melati: Facility, joko: Person, wira: User, as_user: As, now: datetime) -> Enrolment:
    as_user(wira)
    return enrol(make_batch(melati, code="TB2", at=now), joko, by=wira, at=now)


def test_issuing_freezes_what_is_printed(enrolment: Enrolment, wira: User, now: datetime) -> None:
    certificate = operations.issue(enrolment=enrolment, by=wira, at=now)
    printed = certificate.paper.data

    assert certificate.kind == CertificateKind.TRAINING
    assert (printed["nama"], printed["lahir"]) == ("Joko Prasetyo", "Jember, 12 Maret 1994")
    assert printed["masa"] == "2 November sampai 8 Desember 2026"
    assert printed["unit"] == [["Kebersihan pangan", 60], ["Adonan dan pai", 60]]
    assert printed["kode"] == certificate.code


def test_issuing_twice_gives_the_first_certificate(enrolment: Enrolment, wira: User, now: datetime) -> None:
    first = operations.issue(enrolment=enrolment, by=wira, at=now)
    again = operations.issue(enrolment=enrolment, by=wira, at=now + timedelta(minutes=1))

    assert again == first
    assert Certificate.objects.count() == 1


def test_issuing_is_in_the_trail_without_a_name(enrolment: Enrolment, wira: User, now: datetime) -> None:
    certificate = operations.issue(enrolment=enrolment, by=wira, at=now)
    event = events_on(certificate.public_id).get()

    assert event.code == "certificates.certificate.issued"
    assert set(event.payload) == {"paper"}


def test_nothing_is_issued_to_somebody_who_still_takes_part(enrolment: Enrolment, wira: User, now: datetime) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(status="enrolled")

    with pytest.raises(RuleBroken):
        operations.issue(enrolment=enrolment, by=wira, at=now)


def test_numbers_of_all_kinds_come_from_one_series(
    enrolment: Enrolment, melati: Facility, joko: Person, wira: User, now: datetime
) -> None:
    clinic = enrol(make_batch(melati, code="RS2", at=now, kind="rehabilitation"), joko, by=wira, at=now)
    part = enrol(make_batch(melati, code="LD1", at=now), joko, by=wira, at=now, status="participated")

    certificates = [operations.issue(enrolment=each, by=wira, at=now) for each in (enrolment, clinic, part)]

    assert [certificate.paper.sequence for certificate in certificates] == [1, 2, 3]
    assert len({certificate.paper.series_id for certificate in certificates}) == 1
    assert [certificate.is_verdict_only for certificate in certificates] == [False, True, False]


def test_a_certificate_of_rehabilitation_is_hidden_from_those_without_care(
    melati: Facility, joko: Person, wira: User, budi: User, as_user: As, now: datetime
) -> None:
    as_user(wira)
    clinic = enrol(make_batch(melati, code="RS2", at=now, kind="rehabilitation"), joko, by=wira, at=now)
    operations.issue(enrolment=clinic, by=wira, at=now)

    assert queries.certificates_for(as_user(wira)).count() == 1
    assert queries.certificates_for(as_user(budi)).count() == 0


def test_a_correction_gives_a_new_certificate_and_keeps_the_old_number(
    enrolment: Enrolment, joko: Person, wira: User, now: datetime
) -> None:
    old = operations.issue(enrolment=enrolment, by=wira, at=now)
    Person.objects.filter(pk=joko.pk).update(full_name="Joko Prasetya")

    new = operations.reissue(certificate=old, reason="Salah tulis nama", by=wira, at=now)
    old.refresh_from_db()

    assert (old.status, old.paper.number) == (CertificateStatus.REPLACED, old.paper.data["nomor"])
    assert (new.paper.data["nama"], old.paper.data["nama"]) == ("Joko Prasetya", "Joko Prasetyo")
    assert new.paper.sequence == old.paper.sequence + 1
    assert new.replaces == old
    assert new.code != old.code


def test_asking_twice_for_the_same_correction_gives_one_certificate(
    enrolment: Enrolment, joko: Person, wira: User, now: datetime
) -> None:
    old = operations.issue(enrolment=enrolment, by=wira, at=now)
    Person.objects.filter(pk=joko.pk).update(full_name="Joko Prasetya")
    asked: dict[str, Any] = {"certificate": old, "reason": "Salah tulis nama", "by": wira, "at": now}

    assert operations.reissue(**asked) == operations.reissue(**asked)


def test_nothing_is_issued_anew_where_everything_printed_is_right(
    enrolment: Enrolment, wira: User, now: datetime
) -> None:
    certificate = operations.issue(enrolment=enrolment, by=wira, at=now)

    with pytest.raises(RuleBroken):
        operations.reissue(certificate=certificate, reason="Hilang", by=wira, at=now)


def test_a_revoked_certificate_keeps_its_number_and_is_voided(enrolment: Enrolment, wira: User, now: datetime) -> None:
    certificate = operations.issue(enrolment=enrolment, by=wira, at=now)

    revoked = operations.revoke(certificate=certificate, reason="Bukan haknya", by=wira, at=now)
    revoked.paper.refresh_from_db()

    assert (revoked.status, revoked.paper.status) == (CertificateStatus.REVOKED, PaperStatus.VOIDED)
    with pytest.raises(RuleBroken):
        operations.revoke(certificate=certificate, reason="Alasan lain", by=wira, at=now)
