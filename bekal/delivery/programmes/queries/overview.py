"""What the page of a batch shows, read in one statement."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from bekal.delivery.programmes.models import Batch, Decree, Enrolment, MakeUpRule, Nomination
from bekal.delivery.programmes.queries.batches import participants_of
from bekal.delivery.programmes.queries.catch_ups import caught_up_read, in_force, made_up_from, make_up_rules_of
from bekal.delivery.programmes.queries.counts import (
    BatchCounts,
    batch_counts_found,
    batch_counts_read,
    session_counts_found,
    session_counts_read,
)
from bekal.delivery.programmes.queries.hearings import decrees_of, nominations_of
from bekal.delivery.programmes.queries.readiness import facts_from, gone_from, lacks_of, open_corrections_in
from bekal.delivery.programmes.queries.sessions import sessions_of
from bekal.delivery.programmes.queries.standings import Day, Standing, days_from, standings_from
from bekal.delivery.programmes.queries.trail import Deed, deeds_from, deeds_read
from bekal.delivery.programmes.rules import Lack
from bekal.foundation.core.together import HowMany, Kept, together
from bekal.foundation.facilities.queries import holidays_in


@dataclass(frozen=True)
class Overview:
    """A batch as its page tells it. Who takes part, who is proposed and what is missing only for those who may know."""

    counts: BatchCounts
    days: list[Day]
    decrees: list[Decree]
    deeds: list[Deed]
    participants: list[Standing]
    nominations: list[Nomination]
    lacks: list[Lack]
    advice: list[Lack]
    # What the programme says today about hours that are made up.
    make_up_rule: MakeUpRule | None


def _not_enrolled(batch: Batch) -> QuerySet[Nomination]:
    return nominations_of(batch).filter(enrolment=None)


def overview_of(batch: Batch, *, today: date, sees_list: bool) -> Overview:
    """Everything about a batch on a day, for somebody who sees its list or does not."""
    hidden = Enrolment.objects.none()
    counted, marked, sessions, holidays, decrees, events, enrolled, proposed, gone, [asked], caught_up, said = together(
        batch_counts_read([batch.pk]),
        session_counts_read([batch.pk]),
        Kept(sessions_of, batch),
        Kept(holidays_in, batch.facility, batch.starts_on, batch.ends_on),
        Kept(decrees_of, batch),
        Kept(deeds_read, batch.facility_id, batch.public_id),
        Kept(participants_of, batch) if sees_list else hidden,
        Kept(_not_enrolled, batch) if sees_list else hidden,
        Kept(gone_from, batch),
        HowMany(Kept(open_corrections_in, batch)),
        Kept(caught_up_read, batch),
        Kept(make_up_rules_of, batch.programme),
    )
    counts = batch_counts_found(counted).get(batch.pk, BatchCounts(batch.pk))
    per_session = session_counts_found(marked)
    left = dict(gone).get(batch.pk, 0)
    facts = facts_from(batch, today, counts, per_session, sessions, decrees, corrections=asked, gone=left)
    made_up = made_up_from(caught_up, said, held_jp={batch.pk: counts.held_jp})
    lacks, advice = lacks_of(batch, facts) if sees_list else ([], [])
    return Overview(
        counts,
        days_from(batch, sessions, per_session, dict(holidays), today=today),
        decrees,
        deeds_from(events),
        standings_from(batch, enrolled, made_up, held_jp=counts.held_jp),
        proposed,
        lacks,
        advice,
        in_force(said, today),
    )
