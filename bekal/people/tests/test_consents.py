"""Consents as they are asked, answered, taken back, and what may be shown then."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bekal.foundation.audit.models import Event
from bekal.foundation.core.encryption import unseal
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.together import together
from bekal.people import consents, operations, queries
from bekal.people.models import Consent, Custody, Withdrawal
from bekal.people.operations import Asked
from bekal.people.tests.factories import a_stay

GIVEN, REFUSED = "given", "refused"


def asked(today, **changes):
    given = {"kind": "photo", "given_on": today, "proof": "signed"}
    return Asked(**{**given, **changes})


@pytest.fixture
def record(melati, lestari, now, today, as_user):
    """Write an answer down as Lestari."""

    def write(person, answer=GIVEN, *, at=now, **changes):
        as_user(lestari)
        rows = operations.record_consents(
            facility=melati, answers={person: answer}, asked=asked(today, **changes), by=lestari, at=at
        )
        return rows[0] if rows else None

    return write


def test_an_answer_keeps_the_words_that_were_read_out(record, joko, lestari):
    consent = record(joko)

    assert consent.text_code == "foto-1" and "bebas menjawab" in consent.text
    event = Event.objects.get(code="people.consent.answered")
    assert event.payload == {"kind": "photo", "answer": "given"} and event.actor == lestari.public_id


def test_consent_is_to_what_was_asked_and_to_nothing_else(record, joko, today):
    record(joko)

    assert queries.has_consent(joko, "photo", on=today)
    assert not queries.has_consent(joko, "publicity", on=today)
    assert not queries.has_consent(joko, "photo", on=today - timedelta(days=1))


def test_a_yes_to_one_occasion_is_a_yes_to_that_occasion_alone(record, joko, today):
    closing = uuid4()
    record(joko, occasion=closing, occasion_title="Penutupan 2026")

    assert queries.has_consent(joko, "photo", on=today, use=closing)
    assert not queries.has_consent(joko, "photo", on=today, use=uuid4())
    assert not queries.has_consent(joko, "photo", on=today)


def test_a_later_general_no_ends_the_yes_to_an_occasion(record, joko, now, today):
    closing = uuid4()
    record(joko, occasion=closing, occasion_title="Penutupan 2026", given_on=today - timedelta(days=3))
    record(joko, REFUSED)

    assert not queries.has_consent(joko, "photo", on=today, use=closing)


def test_the_same_sheet_recorded_twice_is_one_answer(record, joko):
    record(joko)
    record(joko)

    assert Consent.objects.count() == 1


def test_a_mind_changed_twice_on_one_day_is_three_answers(record, joko, now, today):
    for minutes, answer in enumerate((GIVEN, REFUSED, GIVEN)):
        record(joko, answer, at=now + timedelta(minutes=minutes))

    assert Consent.objects.count() == 3
    assert queries.has_consent(joko, "photo", on=today)


def test_a_withdrawal_holds_at_once_and_the_consent_stays(record, joko, lestari, now, today):
    consent = record(joko, given_on=today - timedelta(days=30))
    taken = {"consent": consent, "withdrawn_on": today, "through": "person", "received_post": "Wali"}
    operations.withdraw_consent(**taken, by=lestari, at=now)
    operations.withdraw_consent(**taken, by=lestari, at=now)

    assert not queries.has_consent(joko, "photo", on=today)
    assert queries.has_consent(joko, "photo", on=today - timedelta(days=1))
    assert Withdrawal.objects.count() == 1
    consent.refresh_from_db()
    assert consent.answer == GIVEN
    assert Event.objects.filter(code="people.consent.withdrawn").count() == 1


def test_a_no_cannot_be_taken_back(record, joko, lestari, now, today):
    refusal = record(joko, REFUSED)

    with pytest.raises(RuleBroken):
        operations.withdraw_consent(
            consent=refusal, withdrawn_on=today, through="person", received_post="Wali", by=lestari, at=now
        )


def test_many_answers_cost_no_more_queries_than_one_to_read(record, melati, now, today, django_assert_num_queries):
    people = [a_stay(melati, at=now, name=f"Orang {letter}").person for letter in "ABCDEF"]
    for person in people[:4]:
        record(person)
    record(people[4], REFUSED)

    with django_assert_num_queries(1):
        consenting = queries.consenting(people, "photo", on=today)
    assert consenting == {person.pk for person in people[:4]}
    [said] = together(consents.said_read([person.pk for person in people], ["photo"]))
    assert consents.answered(said, "photo", on=today) == {person.pk for person in people[:5]}


def test_a_confidential_no_counts_for_whoever_may_not_see_it(melati, joko, nyoman, sari, now, today, within):
    closing = uuid4()
    with within(nyoman):
        operations.record_consents(facility=melati, answers={joko: GIVEN}, asked=asked(today), by=nyoman, at=now)
        operations.record_consents(
            facility=melati,
            answers={joko: REFUSED},
            asked=asked(today, occasion=closing, occasion_title="Penutupan", hidden=frozenset({joko.pk})),
            by=nyoman,
            at=now + timedelta(minutes=1),
        )
    with within(sari):
        assert queries.consents_for(sari).count() == 1
        assert not queries.has_consent(joko, "photo", on=today, use=closing)


def test_rina_reads_neither_the_answer_nor_its_row(record, joko, rina, today, within):
    record(joko)

    with within(rina):
        assert not queries.has_consent(joko, "photo", on=today)
        assert not queries.consents_for(rina).exists()
        assert not Consent.objects.exists()


def test_after_a_transfer_a_no_goes_along_and_a_yes_does_not(
    record, joko, kenanga, rina, house, lestari, now, today, within
):
    record(joko, kind="photo", given_on=today - timedelta(days=9))
    record(joko, kind="contact", given_on=today - timedelta(days=9))
    with within(house):
        stay = joko.custodies.get()
        stay.ended_on, stay.end_kind = today - timedelta(days=5), "transfer"
        stay.save()
        joko.facility = kenanga
        joko.save(update_fields=["facility"])
        Custody.objects.create(
            facility=kenanga, person=joko, register_number="B.I 9/2026", standing="sentenced", created_at=now
        )
        operations.record_consents(
            facility=kenanga, answers={joko: REFUSED}, asked=asked(today, kind="contact"), by=house, at=now
        )
    with within(rina):
        assert not queries.has_consent(joko, "photo", on=today)
    with within(lestari):
        assert queries.has_consent(joko, "photo", on=today)
        assert not queries.has_consent(joko, "contact", on=today)


def test_a_signed_form_is_kept_unreadable_with_its_hash(record, joko, lestari, now):
    consent = record(joko, signed_form=b"%PDF-1.7 ditandatangani")
    consent.refresh_from_db()
    sealed = consent.scan.__dict__["content"]

    assert b"ditandatangani" not in bytes(sealed)
    assert unseal(bytes(sealed), bound_to=f"people.consentscan.content:{consent.scan.public_id}")
    assert len(consent.scan.sha256) == 64
    with pytest.raises(RuleBroken):
        operations.keep_scan(consents=[consent], content=b"%PDF-1.7 lain", by=lestari, at=now)


def test_nobody_is_recorded_where_one_of_a_sheet_is_held_elsewhere(
    melati, kenanga, joko, lestari, house, now, today, within
):
    with within(house):
        other = a_stay(kenanga, at=now).person
    with within(lestari), pytest.raises(RuleBroken):
        operations.record_consents(
            facility=melati, answers={joko: GIVEN, other: GIVEN}, asked=asked(today), by=lestari, at=now
        )
    with within(lestari):
        assert not Consent.objects.exists()
