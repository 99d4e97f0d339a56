"""The pages of transfers: what each side sees and does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.people import operations
from bekal.people.models import Custody, Person, Transfer
from bekal.people.operations.stays import index_of
from bekal.people.tests.factories import a_stay

Within = Callable[[User], AbstractContextManager[None]]
PagesOf = Callable[[User], Client]
NIK = "5102041203940001"
TOLD_OF_JOKO = ("Joko Prasetyo", "118/2025", "C.4", "Jember", "1994")


@pytest.fixture(autouse=True)
def today_is_then(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def asked(
    melati: Facility, kenanga: Facility, lestari: User, tari: User, joko: Person, now: datetime, within: Within
) -> Transfer:
    """Kenanga asks Melati after a NIK."""
    with within(lestari):
        Person.objects.filter(pk=joko.pk).update(nik_index=index_of(NIK))
    with within(tari):
        row = operations.ask_for_transfer(
            facility=kenanga, nik=NIK, called="Djoko Prasetya", reason="Datang", by=tari, at=now
        )
    assert row is not None
    return row


def _admission(**changes: str) -> dict[str, str]:
    given = {"full_name": "Djoko Prasetya", "nik": NIK, "register_number": "B.I 5/2026", "standing": "sentenced"}
    return {**given, **changes}


def test_a_nik_held_elsewhere_names_the_facility_and_nothing_else(
    asked: Transfer, tari: User, pages_of: PagesOf
) -> None:
    browser = pages_of(tari)

    answer = browser.post(reverse("people:admit"), _admission(), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("people:transfer", args=[asked.public_id])
    assert "Lapas Kelas IIB Melati" in page and "Djoko Prasetya" in page
    for url in (reverse("people:transfers"), reverse("desk:desk"), reverse("people:transfers-out", args=["csv"])):
        page += browser.get(url).content.decode("utf-8-sig")
    assert not [told for told in TOLD_OF_JOKO if told in page]


def test_a_nik_that_is_nowhere_is_simply_admitted(
    kenanga: Facility, tari: User, pages_of: PagesOf, within: Within
) -> None:
    answer = pages_of(tari).post(reverse("people:admit"), _admission(nik="5102041203940999"))

    assert answer.status_code == 302
    with within(tari):
        assert Custody.objects.get().register_number == "B.I 5/2026"


def test_lestari_answers_at_her_desk_and_tari_sees_the_name_then(
    asked: Transfer, lestari: User, tari: User, pages_of: PagesOf
) -> None:
    there = reverse("people:transfer", args=[asked.public_id])
    assert there in pages_of(lestari).get(reverse("desk:desk")).content.decode()
    assert "Joko Prasetyo" not in pages_of(tari).get(there).content.decode()

    pages_of(lestari).post(reverse("people:transfer-agree", args=[asked.public_id]))

    assert "Joko Prasetyo" in pages_of(tari).get(there).content.decode()


def test_the_way_of_joko_page_by_page(
    melati: Facility, kenanga: Facility, lestari: User, tari: User, joko: Person, pages_of: PagesOf, within: Within
) -> None:
    here, there = pages_of(lestari), pages_of(tari)
    with within(lestari):
        stay = Custody.objects.get(person=joko)
    typed = {"destination": str(kenanga.public_id), "reason": "Dekat keluarga", "planned_on": "2026-12-08"}
    here.post(reverse("people:transfer-request", args=[stay.public_id]), typed)
    with within(lestari):
        row = Transfer.objects.get()
    there.post(reverse("people:transfer-agree", args=[row.public_id]))
    here.post(reverse("programmes:transfer-depart", args=[row.public_id]), {"departed_on": "2026-12-08"})
    arrival = reverse("people:transfer-arrive", args=[row.public_id])
    assert "14 Feb 2028" in there.get(arrival).content.decode()

    answer = there.post(
        arrival, {"register_number": "b.i 9/26", "standing": "sentenced", "arrived_on": "2026-12-08", "block": "A.1"}
    )

    assert answer["Location"] == reverse("people:person", args=[joko.public_id])
    page = there.get(answer["Location"]).content.decode()
    assert "Joko Prasetyo" in page and "B.I 9/2026" in page and "Lapas Kelas IIB Melati" in page
    former = here.get(reverse("people:person", args=[joko.public_id])).content.decode()
    assert "B.I 118/2025" in former and "B.I 9/2026" not in former and "UPT lain" in former


def test_a_refusal_without_a_reason_is_not_taken(
    asked: Transfer, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    there = reverse("people:transfer-refuse", args=[asked.public_id])

    page = pages_of(lestari).post(there, {"reason": " "}, follow=True).content.decode()

    assert "Tulis alasannya" in page
    with within(lestari):
        assert Transfer.objects.get().status == "requested"


def test_whose_turn_it_is_not_gets_no_button_and_a_sentence(asked: Transfer, tari: User, pages_of: PagesOf) -> None:
    page = pages_of(tari).get(reverse("people:transfer", args=[asked.public_id])).content.decode()
    assert reverse("people:transfer-agree", args=[asked.public_id]) not in page

    answer = pages_of(tari).post(reverse("people:transfer-agree", args=[asked.public_id]), follow=True)

    assert "Langkah ini dilakukan oleh UPT lain." in answer.content.decode()


@pytest.mark.parametrize("name", ["transfer", "transfer-arrive", "programmes:transfer-depart"])
def test_a_third_facility_finds_no_transfer(
    asked: Transfer, lestari: User, now: datetime, pages_of: PagesOf, house: User, within: Within, name: str
) -> None:
    cempaka = Facility.objects.create(
        code="CMP", name="Lapas Kelas IIB Cempaka", kind="lapas", zone="WIB", regency_code="35.09",
        issuer_name="Balai Latihan Cempaka", issue_place="Cempaka", created_at=now,
    )  # fmt: skip
    with within(house):
        type(lestari.posting).objects.filter(pk=lestari.posting.pk).update(facility=cempaka)  # type: ignore[union-attr]
    url = reverse(name if ":" in name else f"people:{name}", args=[asked.public_id])

    assert pages_of(lestari).get(url).status_code == 404


def test_a_page_that_is_no_longer_there_to_depart_from(asked: Transfer, lestari: User, pages_of: PagesOf) -> None:
    assert pages_of(lestari).get(reverse("programmes:transfer-depart", args=[asked.public_id])).status_code == 404
    assert pages_of(lestari).get(reverse("people:transfer-arrive", args=[asked.public_id])).status_code == 404


def test_the_list_asks_as_often_for_twenty_as_for_one(
    melati: Facility, kenanga: Facility, lestari: User, now: datetime, pages_of: PagesOf, within: Within,
    django_assert_max_num_queries,
) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    with within(lestari):
        for number in range(20):
            stay = a_stay(melati, at=now, name=f"Orang {number}")
            operations.request_transfer(custody=stay, destination=kenanga, reason="Penuh", by=lestari, at=now)

    browser = pages_of(lestari)
    with django_assert_max_num_queries(10):
        page = browser.get(reverse("people:transfers"))

    assert page.content.decode().count("Orang ") == 20


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_list_leaves_the_house_in_each_form(asked: Transfer, lestari: User, pages_of: PagesOf, form: str) -> None:
    answer = pages_of(lestari).get(reverse("people:transfers-out", args=[form]))

    assert answer.status_code == 200
    assert form in answer["Content-Disposition"]


def test_filters_part_out_from_in_and_open_from_ended(
    asked: Transfer, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    def shown(**asked_for: str) -> bool:
        return "Joko Prasetyo" in pages_of(lestari).get(reverse("people:transfers"), asked_for).content.decode()

    assert (shown(arah="keluar"), shown(arah="masuk")) == (True, False)
    assert (shown(keadaan="terbuka"), shown(keadaan="selesai"), shown(keadaan="ngawur")) == (True, False, True)


def test_letters_from_tomorrow_keep_what_was_typed(
    melati: Facility, kenanga: Facility, lestari: User, joko: Person, pages_of: PagesOf, within: Within
) -> None:
    with within(lestari):
        stay = Custody.objects.get(person=joko)
    typed = {"destination": str(kenanga.public_id), "reason": "Dekat keluarga", "letter_on": str(date(2027, 1, 1))}

    page = pages_of(lestari).post(reverse("people:transfer-request", args=[stay.public_id]), typed)

    assert page.context["form"].errors["letter_on"]
    assert "Dekat keluarga" in page.content.decode()
