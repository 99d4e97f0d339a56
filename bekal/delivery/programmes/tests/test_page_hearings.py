"""Pages of the board: one list, many decisions, two members."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bekal.conftest import _officer
from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.accounts.choices import Role


@pytest.fixture
def before(now):
    return now - timedelta(days=28)


@pytest.fixture
def hearing(as_user, budi, sari, dewi, joko, melati, before):
    as_user(dewi)
    batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    nominations = make.propose(batch, [joko, make.make_person(melati, at=before)], sari, before)
    return make.make_hearing(nominations, melati, dewi, before)


def _decide(hearing):
    return reverse("programmes:hearing-decide", args=[hearing.public_id])


def test_a_refusal_without_a_reason_keeps_what_was_chosen(hearing, dewi, pages_of, as_user):
    one, other = queries.list_of(hearing)

    page = pages_of(dewi).post(_decide(hearing), {f"p-{one.public_id}": "ya", f"p-{other.public_id}": "tidak"})

    chosen = {row.public_id: typed for row, typed, _own in page.context["rows"]}
    assert chosen[one.public_id].is_accepted
    assert not chosen[other.public_id].is_accepted
    text = page.content.decode()
    assert f'id="e-{other.public_id}"' in text
    assert f'id="e-{one.public_id}"' not in text
    as_user(dewi)
    hearing.refresh_from_db()
    assert hearing.status == "open"


def test_the_second_member_is_told_who_was_faster_and_loses_nothing(hearing, dewi, melati, now, pages_of, as_user):
    gede = _officer("gede", "Gede Suarta", Role.BOARD, "Anggota TPP", melati, now)
    one, _other = queries.list_of(hearing)
    pages_of(dewi).post(_decide(hearing), {f"p-{one.public_id}": "ya"})

    page = pages_of(gede).post(_decide(hearing), {f"p-{one.public_id}": "tidak", f"r-{one.public_id}": "Belum siap"})

    assert page.status_code == 409
    text = page.content.decode()
    assert "Dewi Anggraini" in text
    assert "Belum siap" in text


def test_the_same_member_twice_has_one_effect(hearing, dewi, pages_of, as_user):
    one, _other = queries.list_of(hearing)
    browser = pages_of(dewi)

    first, again = (browser.post(_decide(hearing), {f"p-{one.public_id}": "ya"}) for _time in range(2))

    assert (first.status_code, again.status_code) == (302, 302)
    as_user(dewi)
    assert hearing.nominations.count() == 1
    hearing.refresh_from_db()
    assert hearing.minutes.sequence == 1


def test_what_the_member_proposed_themselves_shows_no_choice(
    hearing, dewi, joko, budi, melati, before, pages_of, as_user
):
    as_user(dewi)
    batch = hearing.nominations.first().batch
    own = operations.nominate(batch=batch, person=make.make_person(melati, at=before), by=dewi, at=before)
    operations.set_list(hearing=hearing, nominations=[*hearing.nominations.all(), own], by=dewi, at=before)

    text = pages_of(dewi).get(reverse("programmes:hearing", args=[hearing.public_id])).content.decode()

    assert f'name="p-{own.public_id}"' not in text


def test_a_list_that_mixes_kinds_is_confidential_with_its_minutes(
    hearing, dewi, nyoman, ayu, joko, budi, melati, before, pages_of, as_user
):
    as_user(dewi)
    programme = make.make_programme(
        melati, nyoman, before, kind="rehabilitation", title="Rehabilitasi Sosial", certificate_title="Pembinaan Diri"
    )
    place = melati.places.get(name="Aula")
    batch = make.make_batch(programme, nyoman, before, place=place)
    confidential = operations.nominate(batch=batch, person=joko, by=ayu, at=before)
    operations.set_list(hearing=hearing, nominations=[*hearing.nominations.all(), confidential], by=dewi, at=before)

    pages_of(dewi).post(_decide(hearing), {f"p-{confidential.public_id}": "ya"})

    as_user(dewi)
    hearing.refresh_from_db()
    assert hearing.is_confidential
    assert hearing.minutes.is_confidential
    assert pages_of(budi).get(reverse("programmes:hearing", args=[hearing.public_id])).status_code == 404


def test_sari_cannot_decide(hearing, sari, pages_of):
    assert pages_of(sari).post(_decide(hearing), {}).status_code == 403


def test_the_list_is_printed_before_the_board_sits(hearing, dewi, joko, pages_of):
    page = pages_of(dewi).get(reverse("programmes:hearing", args=[hearing.public_id])).content.decode()
    table, paper = (reverse("programmes:hearing-out", args=[hearing.public_id, form]) for form in ("csv", "pdf"))

    assert f'href="{paper}"' in page
    assert joko.full_name in pages_of(dewi).get(table).content.decode()
    assert pages_of(dewi).get(paper).content.startswith(b"%PDF")
