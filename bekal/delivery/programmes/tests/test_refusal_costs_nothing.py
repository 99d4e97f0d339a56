"""Whoever says no to a photo, to publicity or to being contacted loses nothing by it: no list and no paper knows the answer."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bekal.delivery.programmes import documents, operations, queries
from bekal.delivery.programmes.tests import factories as make
from bekal.people.choices import ConsentAnswer, ConsentKind
from bekal.people.operations import Asked, record_consents, withdraw_consent

answers = some.lists(
    some.tuples(
        some.integers(0, 4), some.sampled_from(ConsentKind.values), some.sampled_from([*ConsentAnswer.values, "back"])
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def waiting(melati, budi, sari, dewi, wira, lestari, now, as_user):
    """A batch with two enrolled, one proposed and two who could be."""
    before = make.days_before(now, 28)
    as_user(wira)
    batch = make.make_batch(make.make_programme(melati, budi, before), budi, before)
    people = [make.make_person(melati, at=before) for _number in range(5)]
    make.fill(batch, people[:2], proposer=sari, board=dewi, head=wira, at=before)
    make.propose(batch, people[2:3], sari, before)
    return batch, people


def _everything(batch: Any) -> Any:
    """What the house says of a batch: who could join and why, who takes part, in which order, and what is printed."""
    enrolments = list(queries.participants_of(batch))
    return (
        [(row.custody.pk, row.group, row.eligible_from, row.verdicts) for row in queries.candidates_for(batch)],
        [(row.pk, row.status, row.tag.number) for row in enrolments],
        [(row.pk, row.status, row.exception_reason) for row in batch.nominations.order_by("pk")],
        documents.tags(batch, enrolments),
        documents.attendance_list(queries.sessions_of(batch)[0], enrolments, code="22223333"),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers)
def test_eligibility_order_lists_and_papers_do_not_know_what_was_answered(waiting, melati, lestari, now, said):
    batch, people = waiting
    before = _everything(batch)

    with transaction.atomic():
        for place, kind, answer in said:
            asked = Asked(kind=kind, given_on=melati.day_of(now), proof="signed")
            given_answer = ConsentAnswer.GIVEN if answer == "back" else answer
            rows = record_consents(
                facility=melati, answers={people[place]: given_answer}, asked=asked, by=lestari, at=now
            )
            _take_back([row for row in rows if answer == "back"], lestari, now)
        after = _everything(batch)
        proposed = operations.nominate(batch=batch, person=people[3], by=lestari, at=now)
        transaction.set_rollback(True)

    assert after == before
    assert proposed.exception_reason == ""


def _take_back(rows: list[Any], by: Any, at: Any) -> None:
    for row in rows:
        withdraw_consent(consent=row, withdrawn_on=row.given_on, through="person", received_post="Wali", by=by, at=at)
