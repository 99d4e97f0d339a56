from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.facilities.models import Facility
from bekal.people import queries
from bekal.people.models import Custody, Person
from bekal.people.tests.factories import a_stay

PagesOf = Callable[[User], Client]
AsUser = Callable[[User], User]


def form_of(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_sari_sees_who_is_in_custody(pages_of: PagesOf, sari: User, joko: Person) -> None:
    page = pages_of(sari).get(reverse("people:list"))

    assert "Joko Prasetyo" in page.content.decode()
    assert "Joko" not in page.content.decode().split("</title>")[0]


def test_rina_sees_nobody_of_melati(pages_of: PagesOf, rina: User, joko: Person) -> None:
    client = pages_of(rina)

    assert "Joko Prasetyo" not in client.get(reverse("people:list")).content.decode()
    assert "Joko Prasetyo" not in client.post(reverse("people:search"), {"cari": "joko"}).content.decode()
    assert client.get(reverse("people:person", args=[joko.public_id])).status_code == 404


def test_the_list_asks_as_often_for_sixty_as_for_one(
    pages_of: PagesOf, sari: User, joko: Person, as_user: AsUser, now: datetime, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    as_user(sari)
    for number in range(60):
        a_stay(joko.facility, at=now, name=f"Orang {number}")
    client = pages_of(sari)

    with django_assert_max_num_queries(11):
        page = client.get(reverse("people:list"))

    assert page.context["page"].paginator.num_pages == 2


def test_filters_and_those_who_left(
    pages_of: PagesOf, lestari: User, joko: Person, as_user: AsUser, now: datetime
) -> None:
    as_user(lestari)
    a_stay(joko.facility, at=now, name="Ketut Baru", block="A.1")
    Custody.objects.filter(person=joko).update(ended_on=date(2026, 12, 1), end_kind="parole")
    client = pages_of(lestari)

    assert "Joko" not in client.get(reverse("people:list")).content.decode()
    assert "Joko" in client.get(reverse("people:list"), {"keadaan": "keluar"}).content.decode()
    assert "Ketut Baru" in client.get(reverse("people:list"), {"blok": "A.1"}).content.decode()


def test_an_export_is_recorded_and_sari_may_not_take_it(
    pages_of: PagesOf, lestari: User, sari: User, joko: Person
) -> None:
    assert pages_of(sari).get(reverse("people:list-export", args=["csv"])).status_code == 403

    answer = pages_of(lestari).get(reverse("people:list-export", args=["csv"]))

    assert "Joko Prasetyo" in answer.content.decode("utf-8-sig")
    assert Event.objects.get(code="app.list.exported").payload == {
        "view": "people:list-export",
        "form": "csv",
        "rows": 1,
    }


def test_one_answer_opens_at_once(pages_of: PagesOf, sari: User, joko: Person) -> None:
    there = reverse("people:person", args=[joko.public_id])

    for typed in ("prasetyo joko", "b.i 0118/2025", "Joko"):
        assert pages_of(sari).post(reverse("people:search"), {"cari": typed}).headers.get("Location") == there


def test_a_typing_error_offers_names_like_it(pages_of: PagesOf, sari: User, joko: Person) -> None:
    page = pages_of(sari).post(reverse("people:search"), {"cari": "Jko Prasetya"})

    assert page.context["found"].people == []
    assert [person.pk for person in page.context["found"].similar] == [joko.pk]


def test_the_nik_is_masked_for_sari_and_opening_is_recorded(
    pages_of: PagesOf, sari: User, lestari: User, joko: Person, as_user: AsUser
) -> None:
    as_user(lestari)
    joko.nik = "3509031203940001"
    joko.save(update_fields=["nik"])
    there = reverse("people:person", args=[joko.public_id])

    assert "3509…0001" in pages_of(sari).get(there).content.decode()
    assert "3509031203940001" in pages_of(lestari).get(there).content.decode()
    assert "Sari Laksmi" in pages_of(lestari).get(there).content.decode()
    assert Event.objects.filter(code="people.person.opened").count() == 3


def test_the_care_line_stands_with_everybody(pages_of: PagesOf, sari: User, joko: Person) -> None:
    page = pages_of(sari).get(reverse("people:person", args=[joko.public_id])).content.decode()

    assert 'class="locked"' in page


def test_lestari_admits_on_the_page(pages_of: PagesOf, lestari: User, as_user: AsUser) -> None:
    client, there = pages_of(lestari), reverse("people:admit")
    typed = {
        **form_of(client, there),
        "full_name": "Made  Baru",
        "register_number": "b.i 77/2026",
        "standing": "sentenced",
    }

    for _ in range(2):
        assert client.post(there, typed).status_code == 302

    as_user(lestari)
    assert Custody.objects.get(register_number="B.I 77/2026").person.full_name == "Made Baru"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("register_number", "BI-12"),
        ("nik", "123"),
        ("expires_on", "2026-01-01"),
        ("birth_on", "2999-01-01"),
        ("full_name", "--"),
    ],
)
def test_what_is_typed_wrongly_stays_on_the_page(pages_of: PagesOf, lestari: User, field: str, value: str) -> None:
    client, there = pages_of(lestari), reverse("people:admit")
    right = {"full_name": "Made Baru", "register_number": "B.I 77/2026", "standing": "sentenced"}

    page = client.post(there, {**form_of(client, there), **right, field: value})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert value in page.content.decode()


def test_two_officers_on_one_form_lose_nothing(pages_of: PagesOf, lestari: User, joko: Person, as_user: AsUser) -> None:
    as_user(lestari)
    custody = Custody.objects.get(person=joko)
    client, there = pages_of(lestari), reverse("people:correct", args=[custody.public_id])
    first = form_of(client, there)
    assert client.post(there, {**first, "block": "A.1"}).status_code == 302

    page = client.post(there, {**first, "block": "B.2"})

    assert page.status_code == 409
    assert (
        "Lestari Wulan" in page.content.decode() and "A.1" in page.content.decode() and "B.2" in page.content.decode()
    )
    assert client.post(there, {**form_of_page(page), "block": "B.2"}).status_code == 302
    as_user(lestari)
    assert Custody.objects.get(pk=custody.pk).block == "B.2"


def form_of_page(page) -> dict[str, str]:  # type: ignore[no-untyped-def]
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_a_stay_is_ended_on_the_page(
    pages_of: PagesOf, lestari: User, joko: Person, as_user: AsUser, melati: Facility
) -> None:
    as_user(lestari)
    custody = Custody.objects.get(person=joko)
    there = reverse("people:end", args=[custody.public_id])

    answer = pages_of(lestari).post(there, {"end_kind": "transfer", "ended_on": "2026-03-01", "note": "W.20-1"})

    assert answer.status_code == 302
    as_user(lestari)
    assert queries.who_left(queries.custodies_for(lestari)).get().end_note == "W.20-1"


def test_a_script_in_a_name_is_only_text(
    pages_of: PagesOf, lestari: User, as_user: AsUser, melati: Facility, now: datetime
) -> None:
    as_user(lestari)
    stay = a_stay(melati, at=now, name="<script>alert(1)</script>")

    for url in (reverse("people:list"), reverse("people:person", args=[stay.person.public_id])):
        page = pages_of(lestari).get(url).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page
