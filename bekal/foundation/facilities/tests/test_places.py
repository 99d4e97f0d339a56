from collections.abc import Callable
from datetime import datetime

from django.test import Client

from bekal.conftest import _officer
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.audit.queries import events_on
from bekal.foundation.facilities.models import Facility


def test_a_place_is_shared_on_its_page(
    melati: Facility, wira: User, as_user: Callable[[User], User], pages_of: Callable[[User], Client]
) -> None:
    as_user(wira)
    place = melati.places.get(name="Aula")

    page = pages_of(wira).get("/upt/").content.decode()
    answer = pages_of(wira).post(f"/upt/tempat/{place.public_id}/", {"capacity": "35", "is_shared": "on"})

    as_user(wira)
    place.refresh_from_db()
    assert f"/upt/tempat/{place.public_id}/" in page
    assert (answer.status_code, place.capacity, place.is_shared) == (302, 35, True)
    assert [event.code for event in events_on(place.public_id)][-1] == "facilities.place.changed"


def test_a_place_without_room_is_refused_and_keeps_what_it_has(
    melati: Facility, wira: User, as_user: Callable[[User], User], pages_of: Callable[[User], Client]
) -> None:
    as_user(wira)
    place = melati.places.get(name="Aula")
    before = place.capacity

    answer = pages_of(wira).post(f"/upt/tempat/{place.public_id}/", {"capacity": "0", "is_shared": "on"})

    as_user(wira)
    place.refresh_from_db()
    assert (answer.status_code, place.capacity, place.is_shared) == (200, before, False)


def test_the_head_of_another_facility_finds_no_place_of_melati(
    melati: Facility,
    kenanga: Facility,
    wira: User,
    now: datetime,
    as_user: Callable[[User], User],
    pages_of: Callable[[User], Client],
) -> None:
    head = _officer("kepala-kenanga", "Komang Uji", Role.HEAD, "Kepala Lapas", kenanga, now)
    as_user(wira)
    place = melati.places.get(name="Aula")

    assert pages_of(head).get(f"/upt/tempat/{place.public_id}/").status_code == 404


def test_forms_that_share_the_page_share_no_id(wira: User, pages_of: Callable[[User], Client]) -> None:
    page = pages_of(wira).get("/upt/").content.decode()

    assert page.count('id="place_name"') == page.count('id="official_name"') == page.count('id="papers_name"') == 1
