"""The guests of a ceremony: listed in one pass, received at the door, invited by letter."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import documents, queries, rules
from bekal.delivery.ceremonies.choices import GuestKind
from bekal.delivery.ceremonies.models import Ceremony, Guest, HandOverTurn
from bekal.delivery.ceremonies.operations.planning import check_unchanged, locked
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Official
from bekal.foundation.facilities.queries import head_on
from bekal.foundation.papers import operations as papers
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.models import Paper

GUESTS_SET = "ceremonies.guests.set"


@transaction.atomic
def set_guests(
    *, ceremony: Ceremony, lines: Sequence[dict[str, Any]], read_version: str | None = None, by: User, at: datetime
) -> Ceremony:
    """Write the list of guests as a whole (daftar tamu). A line without `guest` is new; one not among `lines` falls away.

    Families whom the officer may not see stay as they are. A turn of somebody who falls away is nobody's again.

    Raises:
        Changed: somebody else wrote the list since `read_version`.
        RuleBroken: the ceremony is over, or a family is not this officer's to list.
    """
    ceremony = locked(ceremony)
    check_unchanged(ceremony, GUESTS_SET, read=read_version)
    rules.check_guests_may_change(ceremony.status)
    holds_care, sees_care = queries.holds_care(ceremony), scope_of(by).care
    before = {guest.public_id: guest for guest in ceremony.guests.filter(is_active=True)}
    for position, line in enumerate(lines, start=1):
        rules.check_may_list(line["kind"], holds_care=holds_care, sees_care=sees_care)
        guest = before.pop(line["guest"], None) if line.get("guest") else None
        guest = guest or Guest(facility=ceremony.facility, ceremony=ceremony)
        facts = {**{fact: line[fact] for fact in ("kind", "name", "post", "office", "answer")}, "position": position}
        for fact, value in facts.items():
            setattr(guest, fact, value)
        guest.save(update_fields=list(facts) if guest.pk else None)
    gone = [guest.pk for guest in before.values()]
    HandOverTurn.objects.filter(guest__in=gone).update(guest=None)
    Guest.objects.filter(pk__in=gone).update(is_active=False)
    audit.record(GUESTS_SET, on=ceremony, by=by, at=at, payload={"guests": len(lines)})
    return ceremony


@transaction.atomic
def receive_guests(
    *,
    ceremony: Ceremony,
    read: Collection[UUID],
    came: Collection[UUID],
    shown: Collection[UUID],
    by: User,
    at: datetime,
) -> int:
    """Record at the door who came (terima tamu), and say how many rows changed.

    `shown` are the guests on the officer's page, `read` those that stood there as come when it was opened, `came` those ticked
    now. Rows that the officer did not touch stay as somebody else may have left them.
    """
    ceremony = locked(ceremony)
    rules.check_guests_may_change(ceremony.status)
    touched = [key for key in shown if (key in came) != (key in read)]
    guests = ceremony.guests.select_for_update(no_key=True).filter(public_id__in=touched, is_active=True)
    changed = [guest for guest in guests if guest.has_come != (guest.public_id in came)]
    for guest in changed:
        guest.has_come = not guest.has_come
        guest.save(update_fields=["has_come"])
    if changed:
        audit.record("ceremonies.guests.received", on=ceremony, by=by, at=at, payload={"rows": len(changed)})
    return len(changed)


@transaction.atomic
def write_invitations(*, ceremony: Ceremony, by: User, at: datetime) -> int:
    """Write a numbered letter for each guest who has none (buat undangan), and say how many.

    A letter that addresses somebody as they are not listed any more is voided and written anew.

    Raises:
        RuleBroken: the ceremony is over, or nobody heads the facility on that day.
    """
    ceremony = locked(ceremony)
    rules.check_guests_may_change(ceremony.status)
    signatory = head_on(ceremony.facility, ceremony.facility.day_of(at))
    if signatory is None:
        raise RuleBroken(
            _("Nobody heads the facility today, so nobody signs. Enter the head among the officials first.")
        )
    due = [guest for guest in queries.guests_of(ceremony) if queries.needs_letter(guest)]
    for guest in due:
        if guest.invitation is not None:
            papers.void_paper(guest.invitation, reason="Diganti: tamu dicatat lain sesudah surat dibuat.", by=by, at=at)
        guest.invitation = _letter(guest, ceremony, signatory, by=by, at=at)
        guest.save(update_fields=["invitation"])
    if due:
        audit.record("ceremonies.invitations.written", on=ceremony, by=by, at=at, payload={"letters": len(due)})
    return len(due)


def _letter(guest: Guest, ceremony: Ceremony, signatory: Official, *, by: User, at: datetime) -> Paper:
    return papers.make_paper(
        kind=PaperKind.LETTER,
        template=documents.INVITATION,
        data=documents.invitation(guest, ceremony, signatory=signatory, at=at),
        facility=ceremony.facility,
        is_confidential=guest.kind == GuestKind.FAMILY and queries.holds_care(ceremony),
        by=by,
        at=at,
    )
