"""Reads about catch-up sessions: who missed what, and what was made up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bekal.delivery.programmes.models import Attendance, Batch, Enrolment, MakeUpRule, Programme, Seat, Session
from bekal.delivery.programmes.queries.attendance import sheet_of
from bekal.delivery.programmes.rules import CatchUp, MadeUp, made_up


@dataclass(frozen=True)
class Missed:
    """Somebody who missed hours of a session that was held, and whether they have a seat to make up for them already."""

    enrolment: Enrolment
    missed_jp: int
    absence_reason: str
    has_seat: bool


def missed_at(session: Session) -> list[Missed]:
    """Who on the list of a held session has fewer hours than were held."""
    held = session.held_jp or 0
    seated = set(
        Seat.objects.filter(session__makes_up_for=session, session__is_active=True, is_active=True)
        .exclude(session__status="not_held")
        .values_list("enrolment", flat=True)
    )
    missed = []
    for row in sheet_of(session):
        counted = row.attendance.counted_jp if row.attendance else 0
        if counted < held:
            reason = row.attendance.absence_reason if row.attendance else ""
            missed.append(Missed(row.enrolment, held - counted, reason, row.enrolment.pk in seated))
    return missed


def make_up_rule_on(programme: Programme, day: date) -> MakeUpRule | None:
    """What the programme says on a day about hours that are made up; nothing where nobody has decided."""
    in_force = Q(until_on=None) | Q(until_on__gte=day)
    return programme.make_up_rules.filter(in_force, from_on__lte=day).order_by("-from_on", "-pk").first()


def make_up_rules_of(programme: Programme) -> QuerySet[MakeUpRule]:
    """Everything the programme ever said about hours that are made up, latest first."""
    return programme.make_up_rules.order_by("-from_on", "-pk")


def made_up_in(batches: Iterable[Batch], *, held_jp: dict[int, int]) -> dict[int, MadeUp]:
    """What each participant of the batches made up, by the enrolment's primary key; `held_jp` by the batch's."""
    wanted = {batch.pk: batch for batch in batches}
    rows = list(
        Attendance.objects.filter(
            session__batch__in=wanted, session__makes_up_for__isnull=False, session__is_active=True, is_present=True
        ).select_related("session__makes_up_for")
    )
    if not rows:
        return {}
    missed = {
        (row.session_id, row.enrolment_id): row.counted_jp
        for row in Attendance.objects.filter(
            session__in={row.session.makes_up_for_id for row in rows}, enrolment__in={row.enrolment_id for row in rows}
        )
    }
    told: dict[int, list[CatchUp]] = {}
    batch_of: dict[int, int] = {}
    rules = _rules_of(wanted[row.session.batch_id].programme_id for row in rows)
    for row in rows:
        original = row.session.makes_up_for
        assert original is not None
        rule = _in_force(rules.get(wanted[row.session.batch_id].programme_id, []), row.session.held_on)
        gap = (original.held_jp or 0) - missed.get((original.pk, row.enrolment_id), 0)
        told.setdefault(row.enrolment_id, []).append(
            CatchUp(
                original.pk,
                max(gap, 0),
                row.counted_jp,
                rule.does_count if rule else False,
                rule.most_percent if rule else 0,
            )
        )
        batch_of[row.enrolment_id] = row.session.batch_id
    return {key: made_up(rows, held_jp=held_jp.get(batch_of[key], 0)) for key, rows in told.items()}


def _rules_of(programmes: Iterable[int]) -> dict[int, list[MakeUpRule]]:
    found: dict[int, list[MakeUpRule]] = {}
    for rule in MakeUpRule.objects.filter(programme__in=set(programmes)).order_by("-from_on", "-pk"):
        found.setdefault(rule.programme_id, []).append(rule)
    return found


def _in_force(rules: list[MakeUpRule], day: date) -> MakeUpRule | None:
    there = (rule for rule in rules if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on))
    return next(there, None)
