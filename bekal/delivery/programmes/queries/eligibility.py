"""Who is eligible for a batch, now or later, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bekal.delivery.programmes.choices import (
    BatchStatus,
    CriterionRule,
    EnrolmentStatus,
    NominationStatus,
    ProgrammeKind,
    SessionStatus,
)
from bekal.delivery.programmes.models import Batch, Criterion, Enrolment, Nomination, Session
from bekal.delivery.programmes.queries.batches import GOING_ON, batches_for, criteria_on, sees_care
from bekal.delivery.programmes.rules import Facts, Finding, Slot, Verdict, is_eligible, judge_all
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities import reference
from bekal.people.choices import Standing
from bekal.people.joinings import records_of, records_of_all
from bekal.people.models import Custody, Person
from bekal.people.rules import search_name


@dataclass(frozen=True)
class Candidate:
    """Somebody who is here, and what each criterion of the batch says of them."""

    custody: Custody
    verdicts: list[Verdict]
    # They take part in another batch at the same hours, as far as the user may see it.
    is_busy: bool = False

    @property
    def is_eligible(self) -> bool:
        return is_eligible(self.verdicts)

    @property
    def lacking(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if not verdict.is_met]

    @property
    def eligible_from(self) -> date | None:
        """The day from which time alone will have met everything; None where somebody must act or a fact is unknown."""
        days = [verdict.on for verdict in self.lacking if verdict.finding == Finding.WILL_BE and verdict.on]
        return max(days) if days and len(days) == len(self.lacking) else None

    @property
    def group(self) -> str:
        """`now`, `busy` (at these hours elsewhere), `later` (time will do it), `unknown` (a fact is missing) or `no`."""
        if self.is_eligible:
            return "busy" if self.is_busy else "now"
        if self.eligible_from:
            return "later"
        return "no" if any(verdict.finding == Finding.NOT_MET for verdict in self.lacking) else "unknown"


def facts_of(custody: Custody) -> Facts:
    """What the rules of eligibility may know of a stay."""
    parts = (custody.sentence_years, custody.sentence_months, custody.sentence_days)
    years, months, days = (part or 0 for part in parts)
    return Facts(
        standing=custody.standing,
        sentence=None if all(part is None for part in parts) else (years, months, days),
        third_on=custody.third_on,
        half_on=custody.half_on,
        two_thirds_on=custody.two_thirds_on,
        expires_on=custody.expires_on,
        offence_group=custody.offence_group,
    )


def criteria_for(batch: Batch) -> list[Criterion]:
    """What the batch asks: the criteria in force on its first day."""
    return list(criteria_on(batch.programme, batch.starts_on))


def value_words(criterion: Criterion) -> str:
    """The value of a criterion as officers say it: `Narapidana` for `sentenced`."""
    labels: dict[str, str] = {}
    if criterion.rule == CriterionRule.STANDING_IS:
        labels = {code: str(label) for code, label in Standing.choices}
    elif criterion.rule == CriterionRule.OFFENCE_GROUP_IS:
        labels = dict(reference.choices("offence_groups"))
    return ", ".join(labels.get(code, code) for code in criterion.value.split("|"))


def verdicts_on(custody: Custody, batch: Batch, criteria: Iterable[Criterion]) -> list[Verdict]:
    """What each criterion says of somebody for a batch."""
    asked = [(criterion.rule, criterion.value, str(criterion.get_rule_display())) for criterion in criteria]
    return judge_all(asked, facts_of(custody), starts_on=batch.starts_on, ends_on=batch.ends_on)


def _could_be_proposed(batch: Batch) -> QuerySet[Custody]:
    """Stays that last in the batch's facility, of people not proposed for it yet."""
    proposed = Nomination.objects.filter(batch=batch).exclude(status=NominationStatus.WITHDRAWN)
    people = records_of_all(proposed.values_list("person", flat=True))
    here = Custody.objects.filter(facility=batch.facility_id, ended_on=None).exclude(person__in=people)
    return here.select_related("person").defer("offence").order_by("person__search_name", "pk")


def candidates_for(batch: Batch, *, words: str = "") -> list[Candidate]:
    """Everyone here who could be proposed for a batch, by name; `words` are parts of a name or a register number."""
    custodies = _could_be_proposed(batch)
    if words.strip():
        by_name = custodies
        for word in search_name(words).split():
            by_name = by_name.filter(person__search_name__contains=word)
        custodies = by_name | custodies.filter(register_number__icontains=words.strip())
    criteria, busy = criteria_for(batch), _busy_at_its_hours(batch)
    return [
        Candidate(custody, verdicts_on(custody, batch, criteria), custody.person_id in busy) for custody in custodies
    ]


def _busy_at_its_hours(batch: Batch) -> set[int]:
    """Keys of people who take part in another batch, as far as the user may see it, at an hour at which this one meets."""
    mine = batch.sessions.filter(is_active=True, during__overlap=OuterRef("during"))
    others = Session.objects.filter(
        Exists(mine),
        facility=batch.facility_id,
        is_active=True,
        batch__status__in=GOING_ON,
        held_on__range=(batch.starts_on, batch.ends_on),
    ).exclude(Q(batch=batch.pk) | Q(status=SessionStatus.NOT_HELD))
    parts = Enrolment.objects.filter(status=EnrolmentStatus.ENROLLED, batch__in=others.values("batch"))
    return records_of_all(parts.values_list("person", flat=True))


def batches_to_fill(user: User, records: Iterable[int]) -> QuerySet[Batch]:
    """Batches being filled for which somebody, by the keys of their records, was not proposed yet; as far as the user may know."""
    batches = batches_for(user).filter(status=BatchStatus.PLANNED)
    if not sees_care(user):
        batches = batches.exclude(programme__kind=ProgrammeKind.REHABILITATION)
    proposed = Nomination.objects.filter(person__in=records).exclude(status=NominationStatus.WITHDRAWN)
    return batches.exclude(pk__in=proposed.values("batch")).order_by("starts_on", "code", "pk")


def criteria_asked_by(batches: QuerySet[Batch]) -> QuerySet[Criterion]:
    """Everything that the programmes of these batches ask or asked; which of it holds is a matter of the batch's first day."""
    programmes = batches.order_by().values("programme")
    return Criterion.objects.filter(programme__in=programmes).order_by("rule", "pk")


def busy_in(person: Person, batch: Batch) -> list[Batch]:
    """Other batches in which somebody takes part, as far as the user may see it, at an hour at which this one meets."""
    others = Session.objects.filter(
        is_active=True,
        batch__status__in=GOING_ON,
        batch__enrolments__person__in=records_of(person),
        batch__enrolments__status=EnrolmentStatus.ENROLLED,
        held_on__range=(batch.starts_on, batch.ends_on),
    ).exclude(batch=batch.pk)
    mine = [Slot(row.held_on, row.starts_at, row.ends_at, 0) for row in batch.sessions.filter(is_active=True)]
    busy = {}
    for other in others.select_related("batch__programme"):
        slot = Slot(other.held_on, other.starts_at, other.ends_at, 0)
        if any(slot.meets(own) for own in mine):
            busy[other.batch_id] = other.batch
    return list(busy.values())


def candidate(batch: Batch, custody: Custody, *, among: Iterable[Criterion] | None = None) -> Candidate:
    """One person and what the batch asks of them; `among` are criteria already read, those of other programmes with them."""
    if among is None:
        return Candidate(custody, verdicts_on(custody, batch, criteria_for(batch)))
    asked = [row for row in among if row.programme_id == batch.programme_id and row.holds_on(batch.starts_on)]
    return Candidate(custody, verdicts_on(custody, batch, asked))
