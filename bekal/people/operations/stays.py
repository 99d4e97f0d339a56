"""Stays by hand: somebody comes, is written down better, goes."""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import short_day
from bekal.foundation.core.encryption import blind_index
from bekal.foundation.core.refusals import Changed, RuleBroken
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility
from bekal.people import joinings, queries, rules, transfers
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.models import Custody, Person, RegisterNumber
from bekal.people.operations.requests import close_requests


def index_of(nik: str | None) -> bytes | None:
    """What finds a NIK without telling it."""
    return blind_index(nik, purpose="nik") if nik else None


def write_person(row: Person, facts: PersonFacts) -> list[str]:
    """Put the facts on the row with all that follows from them; the names of the columns to save."""
    facts.put_on(row)
    row.search_name = rules.search_name(facts.full_name)
    row.nik_index = index_of(facts.nik)
    return [*facts.names(), "search_name", "nik_index"]


def write_stay(row: Custody, facts: StayFacts) -> list[str]:
    """Put the facts on the row with all that follows from them; the names of the columns to save."""
    facts.put_on(row)
    row.offence_group = rules.offence_group(facts.offence, groups=reference.rows("offence_groups"))
    return [*facts.names(), "offence_group"]


@transaction.atomic
def admit(
    *, facility: Facility, person: PersonFacts, stay: StayFacts, by: User, at: datetime, returning: Person | None = None
) -> Custody:
    """Take somebody in (masuk): a new person, or one who was here before, with a new stay.

    Who was here before is known by the NIK, or named by the officer (`returning`). Asked twice for the same, answers the same.
    """
    today = facility.day_of(at)
    Facility.objects.select_for_update(no_key=True).get(pk=facility.pk)
    rules.check_birth(birth_on=person.birth_on, today=today)
    rules.check_legal_dates(stay.legal_dates)
    taken = (
        Custody.objects.select_related("person").filter(facility=facility, register_number=stay.register_number).first()
    )
    if taken is not None:
        if (
            not taken.has_ended
            and taken.person.full_name == person.full_name
            and taken.person.birth_on == person.birth_on
        ):
            return taken
        raise RuleBroken(_("This register number is already in use here."), field="register_number")
    elsewhere = queries.held_elsewhere([index_of(person.nik)], facility=facility)
    if elsewhere:
        held = next(iter(elsewhere.values()))
        raise RuleBroken(
            _("This NIK is held at %(facility)s. Ask that office for the transfer first.") % {"facility": held},
            field="nik",
        )
    row = _known_person(facility, person.nik, returning) or Person(facility=facility, created_at=at)
    is_new = row.pk is None
    columns = write_person(row, person)
    row.save(update_fields=None if is_new else columns)
    custody = Custody(facility=facility, person=row, created_at=at)
    write_stay(custody, stay)
    custody.save()
    audit.record(
        "people.person.admitted",
        on=row,
        by=by,
        at=at,
        payload={"custody": str(custody.public_id), "standing": stay.standing, "returned": not is_new},
    )
    return custody


def _known_person(facility: Facility, nik: str | None, returning: Person | None) -> Person | None:
    """The person who was here before, locked; one whom another facility held since is taken back.

    Raises:
        RuleBroken: they are in custody, here or elsewhere, or on the way to another facility.
    """
    known = queries.known_at(facility)
    found = known.filter(pk=returning.pk).first() if returning else None
    if found is None and nik:
        same = known.filter(nik_index=index_of(nik)).order_by("pk")
        found = same.filter(facility=facility).first() or same.first()
    if found is None:
        return None
    way = transfers.on_the_way(found)
    if way is not None:
        raise RuleBroken(
            _("This person is on the way to %(facility)s. Say on the page of the transfer what became of it.")
            % {"facility": way.destination.name},
            field="nik",
        )
    if found.facility_id != facility.pk:
        _take_back(found, facility)
    found = Person.objects.select_for_update().get(pk=found.pk)
    if Custody.objects.filter(person__in=joinings.records_of(found), ended_on=None).exists():
        raise RuleBroken(_("This person is in custody here already. Correct that stay instead."), field="nik")
    return found


def _take_back(person: Person, facility: Facility) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select people_take_back(%s, %s)", [person.pk, facility.pk])
        (is_back,) = cursor.fetchone()
    if not is_back:
        raise RuleBroken(_("Another facility holds this person. Admit with the NIK, and that office is asked."))


@transaction.atomic
def correct(*, custody: Custody, person: PersonFacts, stay: StayFacts, version: str, by: User, at: datetime) -> Custody:
    """Write a person and a stay down better. A register number that changes is kept with the day until which it held.

    `version` is what the page was read with.

    Raises:
        Changed: somebody changed the person or the stay since then.
        RuleBroken: the new values break a rule.
    """
    held = Person.objects.select_for_update().filter(pk=custody.person_id, facility=custody.facility_id)
    holder = held.first() or Person.objects.get(pk=custody.person_id)
    row = Custody.objects.select_for_update().get(pk=custody.pk)
    today = row.facility.day_of(at)
    changed = [*person.differences(holder), *stay.differences(row)]
    if not changed:
        return row
    if queries.version_of(row) != version:
        raise Changed(queries.told_change(row))
    rules.check_birth(birth_on=person.birth_on, today=today)
    rules.check_legal_dates(stay.legal_dates)
    before = row.register_number
    if holder.facility_id == row.facility_id:
        holder.save(update_fields=write_person(holder, person))
    elif person.differences(holder):
        raise RuleBroken(_("Another facility holds this person now. Name, birth, sex and NIK are corrected there."))
    try:
        with transaction.atomic():
            row.save(update_fields=write_stay(row, stay))
    except IntegrityError as taken:
        raise RuleBroken(_("This register number is already in use here."), field="register_number") from taken
    if before != stay.register_number:
        RegisterNumber.objects.create(facility=row.facility, custody=row, number=before, until_on=today)
    audit.record(
        "people.person.corrected",
        on=holder,
        by=by,
        at=at,
        facility=row.facility_id,
        payload={"custody": str(row.public_id), "fields": changed, "version": queries.version_of(row)},
    )
    return row


@transaction.atomic
def end_stay(*, custody: Custody, kind: str, ended_on: date, by: User, at: datetime, note: str = "") -> Custody:
    """End a stay: released, on parole or leave, in assimilation, transferred, died. The person stays with us.

    What an end means for programmes lives above and calls this. Asked twice for the same, answers the same.
    """
    row = Custody.objects.select_for_update().get(pk=custody.pk)
    if row.ended_on is not None:
        if (row.end_kind, row.ended_on) == (kind, ended_on):
            return row
        raise RuleBroken(_("This stay ended on %(day)s already.") % {"day": short_day(row.ended_on)})
    rules.check_end(kind=kind, ended_on=ended_on, admitted_on=row.admitted_on, today=row.facility.day_of(at))
    row.ended_on, row.end_kind, row.end_note = ended_on, kind, note
    row.save(update_fields=["ended_on", "end_kind", "end_note"])
    close_requests(custody=row, by=by, at=at)
    audit.record(
        "people.stay.ended",
        on=row.person,
        by=by,
        at=at,
        payload={
            "custody": str(row.public_id),
            "kind": kind,
            "ended_on": ended_on.isoformat(),
            "version": queries.version_of(row),
        },
    )
    return row


@transaction.atomic
def open_person(*, person: Person, by: User, at: datetime) -> None:
    """Record that somebody opened the page of a person: whoever is written about may ask who read it.

    It stands in the trail of the facility that read it, which may have held the person before another one did.
    """
    here = by.posting.facility_id if by.posting else None
    audit.record("people.person.opened", on=person, by=by, at=at, facility=here or person.facility_id)
