"""Every list of the house leaves it in one shape."""

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from django.test import Client

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Custody, Person

Pages = Callable[[User], Client]
LISTS = (
    "/petugas/daftar/",
    "/catatan/daftar/",
    "/surat/daftar/",
    "/sertifikat/daftar/",
    "/acara/daftar/",
    "/program/daftar/",
)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_each_list_leaves_in_each_form_and_says_so_in_the_trail(
    wira: User, pages_of: Pages, path: str, form: str, begins: bytes
) -> None:
    answer = pages_of(wira).get(f"{path}{form}/")

    assert answer.status_code == 200 and answer.content.startswith(begins)
    assert answer["Content-Disposition"].endswith(f'filename="daftar.{form}"')
    assert Event.objects.filter(code="app.list.exported", payload__form=form).count() == 1


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_no_other_form(wira: User, pages_of: Pages, path: str) -> None:
    assert pages_of(wira).get(f"{path}docx/").status_code == 404


def test_the_trail_leaves_by_the_clock_of_the_facility(
    wira: User, melati: Facility, pages_of: Pages, within: Callable
) -> None:
    pages = pages_of(wira)
    pages.get("/surat/daftar/csv/")
    with within(wira):
        at = Event.objects.filter(code="app.list.exported").values_list("at", flat=True).get()

    book = openpyxl.load_workbook(io.BytesIO(pages.get("/catatan/daftar/xlsx/").content))

    told = [row[1] for row in book.active.iter_rows(min_row=2, values_only=True) if row[2] == "app.list.exported"]
    assert told == [melati.at_local(at).replace(tzinfo=None, microsecond=told[0].microsecond)]
    assert isinstance(told[0], datetime)


def test_officers_of_another_facility_are_on_no_list(wira: User, rina: User, pages_of: Pages) -> None:
    told = pages_of(wira).get("/petugas/daftar/csv/").content.decode()

    assert wira.name in told
    assert rina.name not in told


def test_a_name_that_no_paper_can_print_is_said_and_not_printed(
    wira: User, joko: Person, pages_of: Pages, within: Callable
) -> None:
    with within(wira):
        Person.objects.filter(pk=joko.pk).update(full_name="Joko 𓀀")
        assert Custody.objects.filter(person=joko).exists()

    answer = pages_of(wira).get("/warga-binaan/cetak/", follow=True)

    assert "U+13000" in answer.content.decode()
    with within(wira):
        assert not Event.objects.filter(code="app.list.exported").exists()
