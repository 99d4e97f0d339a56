"""Reads about catch-up sessions: who missed what, and what was made up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from bekal.delivery.programmes.models import Attendance, Batch, Enrolment, MakeUpRule, Programme, Seat, Session
from bekal.delivery.programmes.queries.attendance import sheet_of
from bekal.delivery.programmes.rules import CatchUp, MadeUp, made_up
from bekal.foundation.core.together import together


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
    return in_force(make_up_rules_of(programme), day)


def make_up_rules_of(programme: Programme) -> QuerySet[MakeUpRule]:
    """Everything the programme ever said about hours that are made up, latest first."""
    return programme.make_up_rules.order_by("-from_on", "-pk")


def made_up_in(batches: Iterable[Batch], *, held_jp: dict[int, int]) -> dict[int, MadeUp]:
    """What each participant of the batches made up, by the enrolment's primary key; `held_jp` by the batch's."""
    wanted = list(batches)
    rows, rules = together(caught_up_read(*wanted), make_up_rules_read(wanted))
    return made_up_from(rows, rules, held_jp=held_jp)


def caught_up_read(*batches: Batch) -> QuerySet[Attendance]:
    """Who was there when a session of the batches was caught up, each with `had_jp`: the hours they had of the session before."""
    before = Attendance.objects.filter(session=OuterRef("session__makes_up_for"), enrolment=OuterRef("enrolment"))
    rows = Attendance.objects.filter(
        session__batch__in=[batch.pk for batch in batches],
        session__makes_up_for__isnull=False,
        session__is_active=True,
        is_present=True,
    )
    return rows.annotate(had_jp=Subquery(before.values("counted_jp")[:1])).select_related(
        "session__makes_up_for", "session__batch"
    )


def make_up_rules_read(batches: Iterable[Batch]) -> QuerySet[MakeUpRule]:
    """Everything that the programmes of the batches ever said about hours that are made up, latest first."""
    programmes = {batch.programme_id for batch in batches}
    return MakeUpRule.objects.filter(programme__in=programmes).order_by("-from_on", "-pk")


def made_up_from(
    rows: Iterable[Attendance], rules: Sequence[MakeUpRule], *, held_jp: dict[int, int]
) -> dict[int, MadeUp]:
    """What `made_up_in` tells, from what the two reads found."""
    told: dict[int, list[CatchUp]] = {}
    batch_of: dict[int, int] = {}
    for row in rows:
        batch, original = row.session.batch, row.session.makes_up_for
        assert original is not None
        rule = in_force([rule for rule in rules if rule.programme_id == batch.programme_id], row.session.held_on)
        gap = (original.held_jp or 0) - (row.had_jp or 0)  # type: ignore[attr-defined]
        does_count, most_percent = (rule.does_count, rule.most_percent) if rule else (False, 0)
        caught_up = CatchUp(original.pk, max(gap, 0), row.counted_jp, does_count, most_percent)
        told.setdefault(row.enrolment_id, []).append(caught_up)
        batch_of[row.enrolment_id] = batch.pk
    return {key: made_up(rows, held_jp=held_jp.get(batch_of[key], 0)) for key, rows in told.items()}


def in_force(rules: Iterable[MakeUpRule], day: date) -> MakeUpRule | None:
    """What held on a day, among what one programme said, latest first."""
    there = (rule for rule in rules if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on))
    return next(there, None)
