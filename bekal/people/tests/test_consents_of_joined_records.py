"""Two records of one person have one last word: whatever was taken back under one holds under the other."""

from datetime import timedelta

import pytest

from bekal.foundation.core.together import together
from bekal.people import operations, queries
from bekal.people.choices import ConsentKind
from bekal.people.consents import said_read, standings_from
from bekal.people.models import Consent
from bekal.people.operations import Asked
from bekal.people.tests.factories import a_stay

GIVEN, REFUSED = "given", "refused"


@pytest.fixture
def twin(melati, lestari, now, within):
    """Joko once more, as an old register wrote him."""
    with within(lestari):
        return a_stay(melati, at=now, name="Djoko Prasetya", register_number="A.III 40/2019").person


@pytest.fixture
def say(melati, lestari, now, today, within):
    """Write an answer down under one record, so many days ago."""

    def answer(person, said, *, days=0, **changes) -> Consent:
        at = now - timedelta(days=days)
        asked = Asked(**{"kind": "photo", "given_on": today - timedelta(days=days), "proof": "signed", **changes})
        with within(lestari):
            return operations.record_consents(facility=melati, answers={person: said}, asked=asked, by=lestari, at=at)[
                0
            ]

    return answer


@pytest.fixture
def join(lestari, now, within):
    def joined(kept, merged):
        with within(lestari):
            return operations.join(kept=kept, merged=merged, reason="Sidik jari sama", by=lestari, at=now)

    return joined


@pytest.fixture
def shown(lestari, today, within):
    """Which of the records may be shown on a picture today."""

    def who(*people):
        with within(lestari):
            return queries.consenting(people, "photo", on=today)

    return who


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_consent_taken_back_under_one_record_is_taken_back_under_the_other(
    joko, twin, say, join, shown, lestari, now, today, within, is_kept
):
    said = say(joko, GIVEN, days=9)
    say(twin, GIVEN, days=5)
    join(*((joko, twin) if is_kept else (twin, joko)))
    assert shown(joko, twin) == {joko.pk, twin.pk}

    with within(lestari):
        operations.withdraw_consent(
            consent=said, withdrawn_on=today, through="spoken", received_post="Registrasi", by=lestari, at=now
        )

    assert shown(joko, twin) == set()


def test_a_yes_or_a_no_under_one_record_is_said_by_the_person(joko, twin, say, join, shown):
    say(joko, GIVEN, days=9)
    join(joko, twin)
    assert shown(joko, twin) == {joko.pk, twin.pk}

    say(twin, REFUSED, days=1)

    assert shown(joko, twin) == set()


def test_records_side_by_side_under_one_that_is_kept_speak_for_each_other(
    joko, twin, say, join, shown, melati, lestari, now, within
):
    with within(lestari):
        third = a_stay(melati, at=now, name="Joko P.", register_number="A.III 41/2019").person
    join(joko, twin)
    join(joko, third)
    say(twin, GIVEN, days=3)
    assert shown(third) == {third.pk}

    say(third, REFUSED, days=1)

    assert shown(joko, twin, third) == set()


def test_after_parting_each_has_only_what_was_said_under_it(joko, twin, say, join, shown, lestari, now, within):
    say(joko, GIVEN, days=9)
    say(twin, REFUSED, days=1)
    joining = join(joko, twin)
    assert shown(joko, twin) == set()

    with within(lestari):
        operations.part(joining=joining, reason="Keliru", by=lestari, at=now)

    assert shown(joko, twin) == {joko.pk}


def test_the_page_of_the_kept_record_says_where_the_person_stands(joko, twin, say, join, lestari, today, within):
    say(twin, REFUSED, kind="publicity")
    join(joko, twin)

    with within(lestari):
        [said] = together(said_read([joko.pk], ConsentKind.values))
        assert {row.kind: row.code for row in standings_from(said, joko, on=today)}["publicity"] == "no"


def test_records_that_only_look_alike_do_not_speak_for_each_other(joko, twin, say, shown, lestari, now, within):
    with within(lestari):
        operations.tell_apart(one=joko, other=twin, reason="Kakak beradik", by=lestari, at=now)
    say(joko, GIVEN, days=2)
    say(twin, REFUSED, days=1)

    assert shown(joko, twin) == {joko.pk}


def test_asking_about_many_records_stays_one_query(
    joko, twin, say, join, lestari, today, within, django_assert_num_queries
):
    say(joko, GIVEN)
    join(joko, twin)

    with within(lestari), django_assert_num_queries(1):
        queries.consenting([joko, twin], "photo", on=today)
