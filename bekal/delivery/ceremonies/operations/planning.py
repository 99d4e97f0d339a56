"""Planning a closing: what, when, where, which batches in which order, and the running order."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.models import AgendaItem, Ceremony, CeremonyBatch
from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.audit import queries as trail
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities.models import Facility, Official

PLAN_CHANGED, AGENDA_SET = "ceremonies.ceremony.changed", "ceremonies.agenda.set"


@transaction.atomic
def plan_ceremony(
    *,
    facility: Facility,
    title: str,
    held_on: date,
    starts_at: time,
    place: str,
    signatory: Official,
    batches: Sequence[Batch],
    handed_over_by: str = "",
    by: User,
    at: datetime,
) -> Ceremony:
    """Plan a closing of several batches (rencanakan acara), with the usual running order to begin with."""
    rules.check_has_batches(len(batches))
    ceremony = Ceremony.objects.create(
        facility=facility,
        title=title,
        held_on=held_on,
        starts_at=starts_at,
        place=place,
        signatory=signatory,
        created_at=at,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(facility=facility, ceremony=ceremony, starts_at=rules.later(starts_at, line.after), title=line.title)
        for line in rules.usual_agenda()
    )
    _line_up(ceremony, batches, handed_over_by)
    audit.record(
        "ceremonies.ceremony.planned", on=ceremony, by=by, at=at, payload={"on": str(held_on), "batches": len(batches)}
    )
    return ceremony


@transaction.atomic
def change_ceremony(
    *,
    ceremony: Ceremony,
    title: str,
    held_on: date,
    starts_at: time,
    place: str,
    signatory: Official,
    batches: Sequence[Batch],
    handed_over_by: str = "",
    read_version: str | None = None,
    by: User,
    at: datetime,
) -> Ceremony:
    """Change the plan of a closing that has not begun.

    Raises:
        Changed: somebody else changed it since `read_version`.
    """
    ceremony = planned(ceremony)
    check_unchanged(ceremony, PLAN_CHANGED, read=read_version)
    rules.check_has_batches(len(batches))
    ceremony.title, ceremony.held_on, ceremony.starts_at = title, held_on, starts_at
    ceremony.place, ceremony.signatory = place, signatory
    ceremony.save(update_fields=["title", "held_on", "starts_at", "place", "signatory"])
    _line_up(ceremony, batches, handed_over_by)
    audit.record(PLAN_CHANGED, on=ceremony, by=by, at=at, payload={"on": str(held_on), "batches": len(batches)})
    return ceremony


@transaction.atomic
def cancel_ceremony(*, ceremony: Ceremony, by: User, at: datetime) -> Ceremony:
    """Call a planned closing off. Its batches stay as they are and may close at another one."""
    ceremony = locked(ceremony)
    if ceremony.status == CeremonyStatus.CANCELLED:
        return ceremony
    check_move(rules.CEREMONY_MOVES, ceremony.status, CeremonyStatus.CANCELLED)
    ceremony.status = CeremonyStatus.CANCELLED
    ceremony.save(update_fields=["status"])
    ceremony.ceremony_batches.update(ceremony=None)
    audit.record("ceremonies.ceremony.cancelled", on=ceremony, by=by, at=at)
    return ceremony


@transaction.atomic
def set_agenda(
    *, ceremony: Ceremony, lines: Sequence[dict[str, Any]], read_version: str | None = None, by: User, at: datetime
) -> Ceremony:
    """Write the running order as a whole. A line without `item` is new; one that is not among `lines` falls away.

    Raises:
        Changed: somebody else wrote it since `read_version`.
    """
    ceremony = locked(ceremony)
    check_unchanged(ceremony, AGENDA_SET, read=read_version)
    before = {item.public_id: item for item in ceremony.agenda.filter(is_active=True)}
    for line in lines:
        item = before.pop(line["item"], None) if line.get("item") else None
        item = item or AgendaItem(facility=ceremony.facility, ceremony=ceremony)
        item.starts_at, item.title = line["starts_at"], line["title"]
        item.in_charge, item.note = line["in_charge"], line["note"]
        item.save(update_fields=["starts_at", "title", "in_charge", "note"] if item.pk else None)
    AgendaItem.objects.filter(pk__in=[item.pk for item in before.values()]).update(is_active=False)
    audit.record(AGENDA_SET, on=ceremony, by=by, at=at, payload={"lines": len(lines)})
    return ceremony


def locked(ceremony: Ceremony) -> Ceremony:
    """The ceremony as it stands now, held until the transaction ends.

    Without joins: after waiting for the lock, PostgreSQL reads the locked row anew but not the rows joined to it.
    """
    return Ceremony.objects.select_for_update(no_key=True).get(pk=ceremony.pk)


def planned(ceremony: Ceremony) -> Ceremony:
    """The ceremony, held, while its plan may still be changed."""
    ceremony = locked(ceremony)
    if ceremony.status != CeremonyStatus.PLANNED:
        raise RuleBroken(_("This ceremony has begun: its plan stays as it is."))
    return ceremony


def check_unchanged(ceremony: Ceremony, code: str, *, read: str | None) -> None:
    """Refuse what was typed into a page that somebody else has saved meanwhile.

    Raises:
        Changed: the trail has another event of this code than when the page was opened.
    """
    if read is None or read == queries.version_of(ceremony, code):
        return
    event = trail.events_on(ceremony.public_id).filter(code=code)[0]
    when = ceremony.facility.at_local(event.at)
    names = User.objects.filter(public_id=event.actor).values_list("name", flat=True)
    raise Changed(
        _("%(name)s changed this page on %(day)s at %(time)s. What you typed is not saved and not lost.")
        % {"name": names.first() or _("Somebody"), "day": short_day(when.date()), "time": clock(when)}
    )


def _line_up(ceremony: Ceremony, batches: Sequence[Batch], handed_over_by: str) -> None:
    """Give each batch its place. Those that left the plan belong to no ceremony."""
    running = Batch.objects.filter(pk__in=[batch.pk for batch in batches], status=BatchStatus.RUNNING).count()
    elsewhere = CeremonyBatch.objects.filter(batch__in=batches).exclude(Q(ceremony=None) | Q(ceremony=ceremony))
    if running != len(batches) or elsewhere.exists():
        raise RuleBroken(_("One of the batches is not running, or closes at another ceremony."), field="batches")
    ceremony.ceremony_batches.exclude(batch__in=batches).update(ceremony=None)
    # First out of the way, then into place: two rows never share a position, not even while they change.
    ceremony.ceremony_batches.update(position=F("position") + 1000)
    for position, batch in enumerate(batches, start=1):
        CeremonyBatch.objects.update_or_create(
            batch=batch,
            defaults={"ceremony": ceremony, "position": position, "handed_over_by": handed_over_by},
            create_defaults={
                "facility": ceremony.facility,
                "ceremony": ceremony,
                "position": position,
                "handed_over_by": handed_over_by,
            },
        )
