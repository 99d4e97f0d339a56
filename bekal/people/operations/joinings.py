"""Two records of one person joined, parted again, or told apart. No stay, part or paper is touched by any of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.people import joinings, rules
from bekal.people.models import Distinction, Joining, Parting, Person


def _hold(*people: Person) -> list[Person]:
    """The records as they stand now, held in one order; those that another facility holds are not among them."""
    facility = people[0].facility_id
    rows = Person.objects.select_for_update().filter(pk__in=[person.pk for person in people], facility=facility)
    return list(rows.order_by("pk"))


@transaction.atomic
def join(*, kept: Person, merged: Person, reason: str, by: User, at: datetime) -> Joining:
    """Say that two records are one person (gabung): pages of the second lead to the first. Said twice, it is said once."""
    rules.check_reason(reason)
    held = _hold(kept, merged)
    now = joinings.in_force()
    before = now.filter(kept=kept, merged=merged).first()
    if before:
        return before
    rules.check_join(
        same=kept.pk == merged.pk,
        both_here=len(held) == 2,
        kept_is_merged=now.filter(merged=kept).exists(),
        merged_is_merged=now.filter(merged=merged).exists(),
        merged_has_merged=now.filter(kept=merged).exists(),
    )
    row = Joining.objects.create(
        facility_id=held[0].facility_id, kept=kept, merged=merged, reason=reason.strip(), joined_by=by, joined_at=at
    )
    payload = {"joining": str(row.public_id), "merged": str(merged.public_id)}
    audit.record("people.person.joined", on=kept, by=by, at=at, payload=payload)
    return row


@transaction.atomic
def part(*, joining: Joining, reason: str, by: User, at: datetime) -> Parting:
    """Undo a joining (pisahkan), with a reason: both records stand by themselves again, as they were."""
    rules.check_reason(reason)
    held = _hold(joining.kept, joining.merged)
    before = Parting.objects.filter(joining=joining).first()
    if before:
        return before
    row = Parting.objects.create(
        facility_id=held[0].facility_id, joining=joining, reason=reason.strip(), parted_by=by, parted_at=at
    )
    payload = {"joining": str(joining.public_id), "merged": str(joining.merged.public_id)}
    audit.record("people.person.parted", on=joining.kept, by=by, at=at, payload=payload)
    return row


@transaction.atomic
def tell_apart(*, one: Person, other: Person, reason: str, by: User, at: datetime) -> Distinction:
    """Say that two records that look alike are two people (orang lain); they are not offered again."""
    rules.check_reason(reason)
    held = _hold(one, other)
    rules.check_join(
        same=one.pk == other.pk,
        both_here=len(held) == 2,
        kept_is_merged=False,
        merged_is_merged=joinings.in_force().filter(Q(kept=one, merged=other) | Q(kept=other, merged=one)).exists(),
        merged_has_merged=False,
    )
    first, second = held
    row, is_new = Distinction.objects.get_or_create(
        first=first,
        second=second,
        defaults={"facility_id": first.facility_id, "reason": reason.strip(), "told_by": by, "told_at": at},
    )
    if is_new:
        audit.record("people.person.told_apart", on=first, by=by, at=at, payload={"other": str(second.public_id)})
    return row
