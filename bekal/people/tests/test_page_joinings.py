"""The pages on which records are joined, parted and told apart."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.people import joinings, operations
from bekal.people.models import Joining, Person
from bekal.people.tests.factories import a_stay

Within = Callable[[User], AbstractContextManager[None]]
PagesOf = Callable[[User], Client]


@pytest.fixture
def twin(joko: Person, melati: Facility, lestari: User, now: datetime, within: Within) -> Person:
    """A second record with Joko's name and day of birth, and a stay long ago."""
    with within(lestari):
        stay = a_stay(
            melati, at=now, name="Joko Prasetyo", register_number="A.III 40/2019", ended_on=date(2020, 1, 5),
            end_kind="released_by_law",
        )  # fmt: skip
        Person.objects.filter(pk=stay.person_id).update(birth_on=joko.birth_on)
    return stay.person


def _decide(client: Client, first: Person, second: Person, decision: str, reason: str = "Sidik jari sama") -> str:
    typed = {
        "first": str(first.public_id), "second": str(second.public_id), "decision": decision, "reason": reason,
    }  # fmt: skip
    return client.post(reverse("people:pair-decide"), typed, follow=True).content.decode()


def test_a_pair_is_offered_joined_and_leads_to_the_kept_page(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    client = pages_of(lestari)
    page = client.get(reverse("people:suspected")).content.decode()
    assert "B.I 118/2025" in page and "A.III 40/2019" in page and "nama dan tanggal lahir sama" in page

    _decide(client, twin, joko, "second")

    kept = reverse("people:person", args=[joko.public_id])
    assert client.get(reverse("people:person", args=[twin.public_id]))["Location"] == kept
    thread = client.get(kept).content.decode()
    assert "B.I 118/2025" in thread and "A.III 40/2019" in thread


def test_undone_both_pages_stand_by_themselves(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, within: Within, now: datetime
) -> None:
    with within(lestari):
        row = operations.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)
    client = pages_of(lestari)

    refused = client.post(reverse("people:joining-part", args=[row.public_id]), {"reason": ""}, follow=True)
    assert "Tulis alasannya" in refused.content.decode()
    client.post(reverse("people:joining-part", args=[row.public_id]), {"reason": "Keliru"})

    assert client.get(reverse("people:person", args=[twin.public_id])).status_code == 200


def test_two_people_are_not_offered_again(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    page = _decide(pages_of(lestari), joko, twin, "apart", "Saudara kembar")

    assert "A.III 40/2019" not in page
    with within(lestari):
        assert joinings.suspected_for(lestari) == [] and not Joining.objects.exists()


def test_a_decision_without_a_reason_is_not_taken(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    page = _decide(pages_of(lestari), joko, twin, "first", " ")

    assert "Tulis alasannya" in page
    with within(lestari):
        assert not Joining.objects.exists()


def test_another_record_is_joined_by_its_number(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, within: Within
) -> None:
    client, there = pages_of(lestari), reverse("people:join", args=[joko.public_id])
    page = client.post(there, {"register_number": "B.I 9999/2026", "reason": "Sama"})
    assert page.context["form"].errors["register_number"] and "Sama" in page.content.decode()

    client.post(there, {"register_number": "a.iii 40/19", "reason": "Sama"})

    with within(lestari):
        assert Joining.objects.get().merged_id == twin.pk


def test_rina_and_sari_join_nobody(joko: Person, twin: Person, rina: User, sari: User, pages_of: PagesOf) -> None:
    for user in (rina, sari):
        assert pages_of(user).get(reverse("people:suspected")).status_code == 403


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_pairs_leave_the_house_in_each_form(
    joko: Person, twin: Person, lestari: User, pages_of: PagesOf, form: str
) -> None:
    assert pages_of(lestari).get(reverse("people:suspected-out", args=[form])).status_code == 200


def test_the_page_asks_as_often_for_ten_pairs_as_for_one(
    joko: Person, twin: Person, melati: Facility, lestari: User, now: datetime, pages_of: PagesOf, within: Within,
    django_assert_max_num_queries,
) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    with within(lestari):
        for number in range(10):
            for _ in range(2):
                stay = a_stay(melati, at=now, name=f"Orang {number}")
                Person.objects.filter(pk=stay.person_id).update(birth_on=date(1990, 1, 1))
    client = pages_of(lestari)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("people:suspected"))

    assert len(page.context["page"].object_list) == 11


def test_the_desk_of_lestari_counts_the_pairs(joko: Person, twin: Person, lestari: User, pages_of: PagesOf) -> None:
    assert "1 pasang catatan" in pages_of(lestari).get(reverse("desk:desk")).content.decode()
