"""Everybody of a closing is asked on one sheet: for this closing or for all; nobody learns who is in rehabilitation."""

import pytest

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.tests.factories import make_ceremony, make_running_batch
from bekal.delivery.ceremonies.waiting import waiting_for
from bekal.foundation.core.together import all_of
from bekal.people.models import Consent
from bekal.people.queries import has_consent


@pytest.fixture
def closing(melati, wira, now, within):
    with within(wira):
        batches = [
            make_running_batch(melati, code="TB1", by=wira, at=now, people=2),
            make_running_batch(melati, code="RS1", by=wira, at=now, people=2, kind="rehabilitation"),
        ]
        return make_ceremony(melati, batches, by=wira, at=now)


def _people(closing, user, within):
    with within(user):
        return queries.people_at(closing)


def test_the_sheet_shows_whom_the_officer_may_know(closing, nyoman, budi, within):
    everybody, hidden = _people(closing, nyoman, within)
    some, none_hidden = _people(closing, budi, within)

    assert len(everybody) == 4 and len(hidden) == 2
    assert len(some) == 2 and none_hidden == frozenset()


def test_answers_for_this_closing_hold_for_it_alone_and_tell_no_health_fact(
    closing, nyoman, budi, pages_of, within, today
):
    everybody, hidden = _people(closing, nyoman, within)
    typed = {"kind": "photo", "reach": "ini", "given_on": "2026-11-20", "proof": "signed"}
    typed |= {f"j-{person.public_id}": "given" for person in everybody}

    answer = pages_of(nyoman).post(f"/acara/{closing.public_id}/persetujuan/", typed)

    assert answer.status_code == 302
    with within(nyoman):
        rows = list(Consent.objects.all())
        assert {row.person_id for row in rows if row.is_confidential} == hidden and len(rows) == 4
        assert all(has_consent(person, "photo", on=today, use=closing.public_id) for person in everybody)
        assert not has_consent(everybody[0], "photo", on=today)
    with within(budi):
        assert Consent.objects.count() == 2


def test_answers_for_all_occasions_tell_nothing_of_the_closing(closing, nyoman, pages_of, within):
    everybody, _hidden = _people(closing, nyoman, within)
    typed = {"kind": "photo", "reach": "umum", "given_on": "2026-11-20", "proof": "signed"}
    typed |= {f"j-{person.public_id}": "refused" for person in everybody}

    pages_of(nyoman).post(f"/acara/{closing.public_id}/persetujuan/", typed)

    with within(nyoman):
        assert Consent.objects.filter(occasion=None, is_confidential=False).count() == 4


def test_the_desk_counts_who_was_not_asked_until_they_were_and_a_no_is_an_answer(
    closing, melati, budi, dewi, today, pages_of, within, as_user
):
    def said(user):
        as_user(user)
        return [wait.what for wait in all_of(waiting_for(user, today)) if "foto" in wait.what]

    assert said(budi) == ["2 peserta penutupan belum ditanya soal foto"]
    assert said(dewi) == []
    people, _hidden = _people(closing, budi, within)
    typed = {"kind": "photo", "reach": "umum", "given_on": "2026-11-20", "proof": "signed"}
    pages_of(budi).post(
        f"/acara/{closing.public_id}/persetujuan/", typed | {f"j-{row.public_id}": "refused" for row in people}
    )

    assert said(budi) == []
