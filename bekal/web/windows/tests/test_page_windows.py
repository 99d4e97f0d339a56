"""Windows: operators look in, touch nothing, and learn nothing about anybody."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from bekal.conftest import _officer
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.scope import Scope, entered
from bekal.foundation.facilities.models import Facility
from bekal.foundation.jobs.models import Job
from bekal.foundation.papers.models import Series

CODES = [import_string(name).code for name in settings.BEKAL_WINDOWS]


@pytest.fixture
def oka(melati, now) -> User:  # type: ignore[no-untyped-def]
    return _officer("oka", "Oka Wirawan", Role.OPERATOR, "Operator", melati, now)


def _read(browser: Client, code: str) -> str:
    answer = browser.get(f"/jendela/{code}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def filled(melati, kenanga, joko, house, within, now) -> None:  # type: ignore[no-untyped-def]
    """Something to see at both facilities, and a confidential job."""
    with within(house):
        for facility, kind in ((melati, "ceremonies.issue"), (kenanga, "people.import")):
            Job.objects.create(facility=facility, kind=kind, by=house, asked_at=now, message="Joko Prasetyo")
            Series.objects.create(
                facility=facility, kind="decree", year=2026, pattern=f"SK-{facility.code}", last_number=7
            )
            audit.record("people.person.admitted", on=joko, by=house, at=now, facility=facility.pk, payload={"n": 1})
        Job.objects.create(facility=melati, kind="rehabilitation.secret", by=house, asked_at=now, is_confidential=True)


def test_an_operator_sees_the_working_of_their_own_facility(filled, oka, sari, wira, rina, pages_of) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(oka)
    shown = {code: _read(browser, code) for code in CODES}

    assert "Lapas Kelas IIB Melati" in shown["upt"]
    assert "Pengajar" in shown["jabatan"]
    assert "ceremonies.issue" in shown["pekerjaan"]
    assert "people.person.admitted" in shown["jejak"]
    assert "SK-MLT" in shown["nomor"]
    everything = " ".join(shown.values())
    for hidden in ("Kenanga", "KNG", "people.import", "rehabilitation.secret"):
        assert hidden not in everything


def test_no_window_names_anybody_or_says_what_a_paper_holds(filled, oka, sari, wira, joko, pages_of) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(oka)
    files = [f"/jendela/{code}/daftar/csv/" for code in CODES]
    everything = " ".join(
        [_read(browser, code).split("<main", 1)[1] for code in CODES]
        + [browser.get(file).content.decode() for file in files]
    )

    for hidden in (joko.full_name, "Prasetyo", str(joko.public_id), sari.name, wira.name, "sari", "B.I 118/2025"):
        assert hidden not in everything


def test_an_operator_of_the_whole_house_sees_every_facility(filled, oka, pages_of) -> None:  # type: ignore[no-untyped-def]
    with entered(Scope(oka.pk)):
        Posting.objects.filter(user=oka).update(facility=None)
    browser = pages_of(oka)

    assert "people.import" in _read(browser, "pekerjaan")
    assert "Lapas Kelas IIA Kenanga" in _read(browser, "upt")


@pytest.mark.parametrize("path", ["/jendela/", *(f"/jendela/{code}/" for code in CODES), "/jendela/upt/daftar/csv/"])
def test_nobody_else_looks_in_and_nobody_changes_anything(filled, melati, path: str, oka, pages_of, now) -> None:  # type: ignore[no-untyped-def]
    for role in set(Role) - {Role.OPERATOR, Role.SYSTEM}:
        other = _officer(f"uji-{role.value.replace('_', '-')}", role.label, role, "Uji", melati, now)
        assert pages_of(other).get(path).status_code == 403, role
        assert pages_of(other).post(path).status_code == 403, role
    assert Client().get(path)["Location"].startswith("/akun/masuk/")
    for method in ("post", "put", "patch", "delete"):
        assert getattr(pages_of(oka), method)(path).status_code == 405


@pytest.mark.parametrize("path", ["tambah/", "add/", "1/", "1/change/", "1/delete/"])
def test_there_is_no_address_at_which_a_row_could_be_changed(oka, pages_of, path: str) -> None:  # type: ignore[no-untyped-def]
    assert pages_of(oka).get(f"/jendela/upt/{path}").status_code == 404


def test_row_security_holds_beneath_a_forgotten_filter(filled, melati, oka, pages_of, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    with entered(Scope(oka.pk)):
        everything = tuple(Facility.objects.values_list("pk", flat=True))
    monkeypatch.setattr("bekal.web.windows.views.scope_of", lambda _user: Scope(oka.pk, everything))
    browser = pages_of(oka)

    shown = _read(browser, "pekerjaan") + _read(browser, "jejak") + _read(browser, "nomor") + _read(browser, "jabatan")

    assert "people.import" not in shown
    assert "KNG" not in shown


@pytest.fixture
def many_jobs(melati, house, within, now) -> None:  # type: ignore[no-untyped-def]
    with within(house):
        Job.objects.bulk_create([Job(facility=melati, kind="x", by=house, asked_at=now) for _n in range(60)])


def test_the_number_of_queries_does_not_grow_with_the_rows(
    many_jobs, oka, pages_of, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(oka)

    with django_assert_max_num_queries(12):
        assert "halaman=2" in _read(browser, "pekerjaan")
