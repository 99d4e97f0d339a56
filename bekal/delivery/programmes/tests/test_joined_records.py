"""A person under two records takes part once."""

import pytest

from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import operations as people
from bekal.people.joinings import records_of


@pytest.fixture
def filling(melati, budi, sari, now, as_user):
    as_user(sari)
    return make.make_batch(make.make_programme(melati, budi, now), budi, now)


@pytest.fixture
def twin(melati, now, filling):
    return make.make_person(melati, at=now)


def test_whoever_is_proposed_under_one_record_is_not_proposed_under_the_other(filling, joko, twin, sari, lestari, now):
    people.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)
    operations.nominate(batch=filling, person=twin, by=sari, at=now)

    with pytest.raises(RuleBroken):
        operations.nominate(batch=filling, person=joko, by=sari, at=now)
    assert joko.pk not in [row.custody.person_id for row in queries.candidates_for(filling)]
    assert filling not in queries.batches_to_fill(sari, records_of(joko))


def test_records_joined_after_they_were_proposed_are_not_both_enrolled(
    filling, joko, twin, sari, lestari, dewi, wira, house, now, as_user
):
    as_user(house)
    make.accept(make.propose(filling, [joko, twin], sari, now), dewi, now)
    decree = operations.draft_decree(batch=filling, by=wira, at=now)
    people.join(kept=joko, merged=twin, reason="Sama", by=lestari, at=now)

    with pytest.raises(RuleBroken):
        operations.sign_decree(decree=decree, signatory=make.head_of(filling.facility, now), by=wira, at=now)
    assert not filling.enrolments.exists()
