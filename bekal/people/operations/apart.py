"""Keeping people apart: noted, ended, allowed all the same; what was tried is looked at."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility
from bekal.people import apart, rules
from bekal.people.apart import Group
from bekal.people.models import ApartAttempt, ApartOverride, KeepApart, Person


class NotPlaced(RuleBroken):
    """Somebody cannot be placed, and the reason stays with security. The attempt is written down though nothing else is."""

    def __init__(self, message: str, *, facility: Facility, note: Callable[..., int], field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.facility, self.note = facility, note

    def leave_trace(self, *, by: User, at: datetime) -> None:
        lines = self.note(by=by, at=at)
        here = self.facility.pk
        audit.record("people.apart.attempted", on=None, by=by, at=at, facility=here, payload={"lines": lines})


def check_placeable(newcomers: Sequence[Person], *, present: Iterable[int], group: Group) -> None:
    """Refuse to place somebody beside a person from whom they are kept apart. The caller holds the group's row.

    Raises:
        NotPlaced: says who is not placed, and neither why nor with whom.
    """
    tried, there = [person.pk for person in newcomers], sorted(present)
    refused = apart.kept_apart_among(tried, present=there, group=group)
    if not refused:
        return
    who = next(person for person in newcomers if person.pk == refused[0])
    sentence = rules.cannot_be_placed(who.full_name, is_confidential=group.is_confidential)
    note = partial(apart.note_attempts, tried, present=there, group=group)
    raise NotPlaced(sentence, facility=group.facility, note=note)


def check_may_meet(
    one: Iterable[int], other: Iterable[int], *, meeting: Group, allowed: Iterable[UUID], day: str, field: str
) -> None:
    """Refuse to bring two groups into one room on a day where somebody of the one is kept apart from somebody of the other.

    Raises:
        NotPlaced: says that the place cannot be used, and neither why nor because of whom.
    """
    first, second, named = sorted(one), sorted(other), list(allowed)
    if not apart.may_meet(first, second, meeting=meeting, allowed=named):
        note = partial(apart.note_meeting, first, second, meeting=meeting, allowed=named)
        raise NotPlaced(rules.cannot_be_used(day), facility=meeting.facility, note=note, field=field)


@transaction.atomic
def note_pair(
    *,
    facility: Facility,
    one: Person,
    other: Person,
    reason: str,
    basis: str,
    since_on: date,
    until_on: date | None = None,
    by: User,
    at: datetime,
) -> KeepApart:
    """Keep two people apart from a day on (pisahkan). Noted twice, one pair; a pair that ran out gives way to the new one.

    Raises:
        RuleBroken: the same person twice, somebody is held elsewhere, or a field is missing.
    """
    rules.check_pair(is_same=one.pk == other.pk, reason=reason, basis=basis, since_on=since_on, until_on=until_on)
    keys = sorted((one.pk, other.pk))
    here = Person.objects.select_for_update(no_key=True).filter(pk__in=keys, facility=facility).order_by("pk")
    if len(here.only("pk")) != len(keys):
        raise RuleBroken(_("Both people must be held here. Read the page again."))
    first_id, second_id = keys
    before = KeepApart.objects.select_for_update(no_key=True).filter(first=first_id, second=second_id, ended_at=None)
    for row in before:
        if row.until_on is None or row.until_on >= since_on:
            raise RuleBroken(_("These two are kept apart already. End that first, or let it stand."))
        row.ended_by, row.ended_at = by, at
        row.save(update_fields=["ended_by", "ended_at"])
    try:
        with transaction.atomic():
            pair = KeepApart.objects.create(
                facility=facility,
                first_id=first_id,
                second_id=second_id,
                reason=reason.strip(),
                basis=basis.strip(),
                since_on=since_on,
                until_on=until_on,
                noted_by=by,
                noted_at=at,
            )
    except IntegrityError:
        # Noted by another facility while both were there: that one stands, out of sight until both are here.
        raise RuleBroken(_("These two are kept apart already. End that first, or let it stand.")) from None
    audit.record("people.apart.noted", on=pair, by=by, at=at, payload={"since": since_on.isoformat()})
    return pair


def _held(pair: KeepApart) -> KeepApart:
    return KeepApart.objects.select_for_update(no_key=True).get(pk=pair.pk)


@transaction.atomic
def end_pair(*, pair: KeepApart, reason: str, by: User, at: datetime) -> KeepApart:
    """Keep two people apart no longer (akhiri pemisahan), at once. Ended twice, one end."""
    row = _held(pair)
    if row.ended_at is not None:
        return row
    if not reason.strip():
        raise RuleBroken(_("Say why they need not be kept apart any more."), field="reason")
    row.ended_by, row.ended_at, row.end_reason = by, at, reason.strip()
    row.save(update_fields=["ended_by", "ended_at", "end_reason"])
    audit.record("people.apart.ended", on=row, by=by, at=at)
    return row


@transaction.atomic
def allow_together(*, attempt: ApartAttempt, reason: str, by: User, at: datetime) -> ApartOverride:
    """Let a pair be together where an attempt would place them all the same (izinkan), for a reason. Allowed twice, once."""
    pair = _held(attempt.pair)
    before = ApartOverride.objects.filter(pair=pair, group=attempt.group).first()
    if before is not None:
        return before
    if not reason.strip():
        raise RuleBroken(_("Say why they may be together there, and how it is watched."), field="reason")
    override = ApartOverride.objects.create(
        facility_id=attempt.facility_id,
        pair=pair,
        group=attempt.group,
        group_title=attempt.group_title,
        is_confidential=attempt.is_confidential,
        reason=reason.strip(),
        allowed_by=by,
        allowed_at=at,
    )
    see_attempts(pair=pair, by=by, at=at)
    audit.record("people.apart.allowed", on=override, by=by, at=at, payload={"pair": str(pair.public_id)})
    return override


@transaction.atomic
def see_attempts(*, pair: KeepApart, by: User, at: datetime) -> int:
    """Say that security has looked at what was tried with a pair; how many attempts that were."""
    unseen = ApartAttempt.objects.select_for_update(no_key=True).filter(pair=pair, seen_at=None)
    rows = list(unseen.order_by("pk"))
    for row in rows:
        row.seen_by, row.seen_at = by, at
        row.save(update_fields=["seen_by", "seen_at"])
    if rows:
        audit.record("people.apart.attempts_seen", on=pair, by=by, at=at, payload={"attempts": len(rows)})
    return len(rows)


@transaction.atomic
def open_pair(*, pair: KeepApart, by: User, at: datetime) -> None:
    """Record that somebody read why two people are kept apart."""
    audit.record("people.apart.opened", on=pair, by=by, at=at)
