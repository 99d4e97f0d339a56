"""Reads about people, limited to what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.together import Answer, Ask, Kept
from bekal.foundation.facilities.models import Facility
from bekal.people.apart import Group as Group
from bekal.people.apart import kept_apart_among as kept_apart_among
from bekal.people.choices import CustodyEnd, DoubtDecision, RosterState
from bekal.people.consents import consenting as consenting
from bekal.people.consents import consents_for as consents_for
from bekal.people.consents import has_consent as has_consent
from bekal.people.models import Custody, Person, RegisterNumber, RosterDoubt, RosterImport, RosterMapping

# How like a name must be to be found by what was typed: as in the database's `people_named`.
LIKE = 0.45


def people_for(user: User) -> QuerySet[Person]:
    """The people whom the user's facility holds, or held last."""
    return Person.objects.filter(facility_id=user.facility_here)


def known_at(facility: Facility | int | None) -> QuerySet[Person]:
    """The people whom a facility holds, and those whom it held before another one did."""
    was_here = Custody.objects.filter(facility=facility, person=OuterRef("pk"))
    return Person.objects.filter(Q(facility=facility) | Exists(was_here))


def known_to(user: User) -> QuerySet[Person]:
    """The people whose pages the user's facility may read: those it holds, and those of whom it has a stay."""
    return known_at(user.facility_here)


def custodies_for(user: User) -> QuerySet[Custody]:
    """The stays in the user's facility."""
    return Custody.objects.filter(facility_id=user.facility_here).select_related("person", "facility")


def in_custody(custodies: QuerySet[Custody]) -> QuerySet[Custody]:
    """The stays that last, by name."""
    return custodies.filter(ended_on=None).order_by("person__search_name", "pk")


def who_left(custodies: QuerySet[Custody]) -> QuerySet[Custody]:
    """The last stay of each person who is no longer here, by name."""
    later = Custody.objects.filter(person=OuterRef("person")).order_by(F("ended_on").desc(nulls_first=True), "-pk")
    last = custodies.filter(ended_on__isnull=False, pk=Subquery(later.values("pk")[:1]))
    return last.order_by("person__search_name", "pk")


def blocks_for(user: User) -> list[str]:
    """The blocks in which somebody is now."""
    rows = custodies_for(user).filter(ended_on=None).exclude(block="").order_by("block")
    return list(rows.values_list("block", flat=True).distinct())


def latest_first(stays: QuerySet[Custody]) -> QuerySet[Custody]:
    return stays.order_by(F("ended_on").desc(nulls_first=True), "-pk")


def with_stays(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with their stays, latest first, in one more query."""
    stays = latest_first(Custody.objects.all())
    return people.prefetch_related(Prefetch("custodies", queryset=stays, to_attr="stays"))


def stays_of(people: Iterable[Person]) -> list[Custody]:
    """The stays of all records of one person (from `with_stays`), the one that lasts first, then the latest."""
    stays = [stay for person in people for stay in person.stays]  # type: ignore[attr-defined]
    return sorted(stays, key=lambda stay: (stay.ended_on or date.max, stay.pk), reverse=True)


def roster_imports_for(user: User) -> QuerySet[RosterImport]:
    """The rosters that were read here, latest first, without their files and reports."""
    rows = RosterImport.objects.filter(facility_id=user.facility_here).select_related(
        "read_by", "committed_by", "facility"
    )
    return rows.defer("file", "report").order_by("-read_at", "-pk")


def doubts_for(user: User) -> QuerySet[RosterDoubt]:
    """The doubtful rows of the user's facility."""
    rows = RosterDoubt.objects.filter(facility_id=user.facility_here).select_related("roster_import", "decided_by")
    return rows.defer("roster_import__file", "roster_import__report")


def held_elsewhere(indexes: Iterable[bytes | None], *, facility: Facility) -> dict[bytes, str]:
    """In which other facility a NIK is held now: its name, and nothing about the person."""
    known = [index for index in indexes if index is not None]
    if not known:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select nik, facility_name from people_held_elsewhere(%s, %s)", [known, facility.pk])
        return {bytes(nik): name for nik, name in cursor.fetchall()}


def version_of(custody: Custody) -> str:
    """How often the person and the stay were changed: what a form carries, to find out that somebody was faster."""
    return f"{custody.person.past.count()}.{custody.past.count()}"  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Opening:
    """Somebody opened a person's page, at an instant."""

    name: str
    title: str
    at: datetime


def _opened(user: User, person: UUID) -> QuerySet[Event]:
    opened = Event.objects.filter(facility=user.facility_here, subject=person, code="people.person.opened")
    name = User.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    return opened.annotate(name=Subquery(name)).order_by("-id")[:5]


def openings_of(person: Person, *, user: User) -> Answer[Opening]:
    """Who opened the person's page in the user's facility, latest first."""
    [events] = yield Ask(Kept(_opened, user, person.public_id))
    for event in events:
        yield Opening(event.name or _("the house"), event.actor_role, event.at)


def told_change(custody: Custody) -> str:
    """A sentence that says who changed a person's page last, and when.

    The trail keeps the version that each change by hand made; a version that no hand made is a roster's.
    """
    facility, version = custody.facility, version_of(custody)
    event = (
        Event.objects.filter(facility=facility.pk, subject=custody.person.public_id, payload__version=version)
        .order_by("-id")
        .first()
    )
    if event is None:
        return _("A roster changed this page since you opened it. What you typed is not saved and not lost.")
    name = User.objects.filter(public_id=event.actor).values_list("name", flat=True).first()
    when = facility.at_local(event.at)
    return _("%(name)s changed this page on %(day)s at %(time)s. What you typed is not saved and not lost.") % {
        "name": name,
        "day": short_day(when.date()),
        "time": clock(when),
    }


def by_register_number(user: User, number: str) -> QuerySet[Person]:
    """Whoever has, or had, this register number here."""
    was = RegisterNumber.objects.filter(facility_id=user.facility_here, number=number, custody=OuterRef("custodies"))
    return known_to(user).filter(Q(custodies__register_number=number) | Q(Exists(was))).distinct()


def named_among_transferred(user: User, term: str) -> list[int]:
    """Keys of people whom another facility holds now and of whom a stay stands here, with a name like this one."""
    gone = Custody.objects.filter(facility_id=user.facility_here, end_kind=CustodyEnd.TRANSFER)
    gone = gone.exclude(person__facility_id=user.facility_here)
    named = gone.annotate(likeness=TrigramWordSimilarity(term, "person__search_name")).filter(likeness__gte=LIKE)
    return list(named.order_by("-likeness", "person_id").values_list("person_id", flat=True)[:50])


def waiting_doubts_for(user: User) -> QuerySet[RosterDoubt]:
    """Doubtful rows that nobody has decided, oldest list first."""
    waiting = doubts_for(user).filter(decision=DoubtDecision.WAITING)
    return waiting.order_by("roster_import__read_at", "row", "pk")


def absent_from(roster_import: RosterImport, numbers: Iterable[str]) -> QuerySet[Custody]:
    """The stays here, still open, that a list did not hold."""
    stays = Custody.objects.filter(facility=roster_import.facility, ended_on=None, register_number__in=numbers)
    return stays.select_related("person").order_by("person__search_name", "pk")


def asks_columns(roster_import: RosterImport) -> bool:
    """Whether nobody has yet said how files with this header are read."""
    known = RosterMapping.objects.filter(facility=roster_import.facility, header_key=roster_import.header_key)
    return roster_import.state == RosterState.READY and not known.exists()


def saved_before(roster_import: RosterImport) -> RosterImport | None:
    """The latest import of this very file that was saved."""
    same = RosterImport.objects.filter(
        facility=roster_import.facility, sha256=roster_import.sha256, state=RosterState.COMMITTED
    )
    return (
        same.exclude(pk=roster_import.pk).select_related("committed_by").defer("file", "report").order_by("-pk").first()
    )
