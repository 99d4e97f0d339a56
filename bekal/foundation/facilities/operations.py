"""What may be done to a facility, its rooms, officials and holidays."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.audit import operations as audit
from bekal.foundation.audit.operations import Actor
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.scope import Scope, enter
from bekal.foundation.facilities import reference, rules
from bekal.foundation.facilities.models import Facility, Holiday, Official, Place


@transaction.atomic
def open_facility(
    *,
    code: str,
    name: str,
    kind: str,
    facility_class: str,
    zone: str,
    regency_code: str,
    issuer_name: str,
    issue_place: str,
    asks_at: str,
    address: str,
    phone: str,
    letterhead: str,
    by: Actor | None,
    at: datetime,
    is_demo: bool = False,
) -> Facility:
    """Open a facility in this house, with the calendar of national holidays. The scope of the transaction widens to it."""
    rules.check_code(code)
    rules.check_regency(regency_code, reference.by_code("regencies"))
    rules.check_neutral(issuer_name, field="issuer_name")
    rules.check_neutral(asks_at, field="asks_at")
    if Facility.objects.filter(code=code).exists():
        raise RuleBroken(_("A facility with this code is here already."), field="code")
    facility = Facility.objects.create(
        code=code,
        name=name,
        kind=kind,
        facility_class=facility_class,
        zone=zone,
        regency_code=regency_code,
        issuer_name=issuer_name,
        issue_place=issue_place,
        asks_at=asks_at,
        address=address,
        phone=phone,
        letterhead=letterhead,
        is_demo=is_demo,
        created_at=at,
    )
    enter(Scope(None, tuple(Facility.objects.values_list("pk", flat=True)), care=True))
    Holiday.objects.bulk_create(
        Holiday(facility=facility, on=date.fromisoformat(row["on"]), name=row["name"], source=row["source"])
        for row in reference.rows("holidays")
    )
    audit.record("facilities.facility.opened", on=facility, by=by, at=at, facility=facility.pk)
    return facility


_CHANGEABLE = ("name", "facility_class", "address", "phone", "letterhead", "issuer_name", "issue_place", "asks_at")


@transaction.atomic
def change_facility(
    *, facility: Facility, by: Actor, at: datetime, logo: bytes | None = None, **facts: str
) -> Facility:
    """Correct what stands on letterheads and certificates. Papers already made keep what they said."""
    facility = Facility.objects.select_for_update().get(pk=facility.pk)
    rules.check_neutral(facts.get("issuer_name", ""), field="issuer_name")
    rules.check_neutral(facts.get("asks_at", ""), field="asks_at")
    changed = [key for key in _CHANGEABLE if key in facts and getattr(facility, key) != facts[key]]
    for key in changed:
        setattr(facility, key, facts[key])
    if logo:
        rules.check_logo(logo)
        facility.logo = logo
        changed.append("logo")
    if changed:
        facility.save(update_fields=changed)
        audit.record(
            "facilities.facility.changed", on=facility, by=by, at=at, facility=facility.pk, payload={"fields": changed}
        )
    return facility


@transaction.atomic
def add_place(
    *, facility: Facility, name: str, capacity: int, is_shared: bool = False, by: Actor, at: datetime
) -> Place:
    """A room or yard, with room for so many; shared, several batches may be there at the same time."""
    if Place.objects.filter(facility=facility, name__iexact=name.strip()).exists():
        raise RuleBroken(_("A place with this name is here already."), field="name")
    place = Place.objects.create(facility=facility, name=name.strip(), capacity=capacity, is_shared=is_shared)
    audit.record("facilities.place.added", on=place, by=by, at=at, payload={"capacity": capacity})
    return place


@transaction.atomic
def change_place(*, place: Place, capacity: int, is_shared: bool, by: Actor, at: datetime) -> Place:
    """Give a place another room, or share it. It holds for sessions planned from now on; those planned already stay."""
    place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    place.capacity, place.is_shared = capacity, is_shared
    place.save(update_fields=["capacity", "is_shared"])
    payload = {"capacity": capacity, "shared": is_shared}
    audit.record("facilities.place.changed", on=place, by=by, at=at, payload=payload)
    return place


@transaction.atomic
def add_official(
    *,
    facility: Facility,
    name: str,
    nip: str,
    post: str,
    is_head: bool,
    is_acting: bool,
    acting_basis: str,
    from_on: date,
    by: Actor,
    at: datetime,
) -> Official:
    """Somebody who signs from a day on. A new head ends the one before on the day before."""
    if is_acting and not acting_basis.strip():
        raise RuleBroken(
            _("Without a basis an acting official cannot sign. Enter number and date of the letter of order."),
            field="acting_basis",
        )
    rules.check_takes_office(from_on)
    if is_head:
        Official.objects.filter(facility=facility, is_head=True, until_on=None, from_on__lt=from_on).update(
            until_on=from_on - timedelta(days=1)
        )
    official = Official.objects.create(
        facility=facility,
        name=name.strip(),
        nip=nip,
        post=post.strip(),
        is_head=is_head,
        is_acting=is_acting,
        acting_basis=acting_basis.strip(),
        from_on=from_on,
    )
    audit.record("facilities.official.added", on=official, by=by, at=at, payload={"head": is_head, "acting": is_acting})
    return official


@transaction.atomic
def add_holiday(*, facility: Facility, on: date, name: str, by: Actor, at: datetime) -> Holiday:
    """A day without sessions, of the facility's own. Sessions already planned stay: move them one by one."""
    holiday, made = Holiday.objects.get_or_create(
        facility=facility, on=on, name=name.strip(), defaults={"source": "UPT"}
    )
    if not made and holiday.is_active:
        raise RuleBroken(_("This day is in the calendar already."), field="on")
    holiday.is_active = True
    holiday.save(update_fields=["is_active"])
    audit.record("facilities.holiday.added", on=holiday, by=by, at=at, payload={"on": on.isoformat()})
    return holiday


@transaction.atomic
def drop_holiday(*, holiday: Holiday, by: Actor, at: datetime) -> Holiday:
    """A day is worked after all: it no longer stops sessions."""
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    holiday.is_active = False
    holiday.save(update_fields=["is_active"])
    audit.record("facilities.holiday.dropped", on=holiday, by=by, at=at, payload={"on": holiday.on.isoformat()})
    return holiday
