"""Reads about transfers, limited to what each side may know. The application is told the least that its side needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.encryption import unseal
from bekal.foundation.core.together import Rows, day_from
from bekal.foundation.facilities.models import Facility
from bekal.people import rules
from bekal.people.choices import Sex, Standing, TransferStatus
from bekal.people.models import Person, Transfer
from bekal.people.rules import Side


def transfers_for(user: User) -> QuerySet[Transfer]:
    """The transfers from and to the user's facility, latest first. The person is not joined: they may be hidden."""
    here = user.facility_here
    transfers = Transfer.objects.filter(Q(facility=here) | Q(destination=here))
    return transfers.select_related("facility", "destination", "asked_by", "decided_by").order_by("-asked_at", "-pk")


def of_kind(user: User, *, direction: str = "", state: str = "") -> QuerySet[Transfer]:
    """The transfers that the list shows for its filters: `keluar` or `masuk`, `terbuka` or `selesai`."""
    here = user.facility_here
    rows = transfers_for(user)
    if direction:
        rows = rows.filter(**{"facility" if direction == "keluar" else "destination": here})
    if state == "terbuka":
        rows = rows.filter(status__in=rules.TRANSFER_OPEN)
    return rows.exclude(status__in=rules.TRANSFER_OPEN) if state == "selesai" else rows


def side_of(transfer: Transfer, user: User) -> Side | None:
    """On which side of a transfer the user's posting stands; the house itself stands on neither."""
    here = user.facility_here
    if here is None:
        return None
    return Side.ORIGIN if here == transfer.facility_id else Side.DESTINATION


def moves_of(transfer: Transfer, user: User | None) -> set[str]:
    """The moves that the user's side may make now; without a user, those that anybody may."""
    side = side_of(transfer, user) if user else None
    return rules.transfer_moves(transfer.status, side=side, asked_by_destination=transfer.is_asked_by_destination)


def other_facilities(user: User) -> QuerySet[Facility]:
    """The facilities to which somebody can be transferred."""
    here = user.facility_here
    return Facility.objects.exclude(pk=here).order_by("name", "pk")


class Coming(NamedTuple):
    """Who is coming, as far as the facility that holds them tells it."""

    full_name: str
    sex: str
    birth_on: date | None
    standing: str

    @property
    def told(self) -> str:
        """Sex and standing in words: what a room has to be found by."""
        return ", ".join(
            str(label) for label in (Sex(self.sex).label if self.sex else "", Standing(self.standing).label) if label
        )


def coming(transfers: Iterable[Transfer]) -> dict[int, Coming]:
    """By transfer, who is coming: where the holder asked, or has agreed."""
    asked = [transfer.pk for transfer in transfers]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select transfer, full_name, sex, birth_on, standing from people_coming(%s)", [asked])
        return {row[0]: Coming(*row[1:]) for row in cursor.fetchall()}


@dataclass(frozen=True)
class Line:
    """A transfer as the user's side sees it."""

    transfer: Transfer
    side: Side
    # Null where the other facility has not told who it is.
    name: str | None
    person: Person | None
    who: Coming | None

    @property
    def other(self) -> Facility:
        return self.transfer.destination if self.side == Side.ORIGIN else self.transfer.facility

    @property
    def here(self) -> Facility:
        return self.transfer.facility if self.side == Side.ORIGIN else self.transfer.destination

    @property
    def direction(self) -> str:
        return _("Out") if self.side == Side.ORIGIN else _("In")

    @property
    def shown_name(self) -> str:
        """The name, or what this side wrote down itself, or that it is not told yet."""
        if self.name:
            return self.name
        return self.transfer.asked_as or _("Not told yet")

    @property
    def next_step(self) -> str:
        """What has to happen now, and whose turn it is."""
        return next_step(self.transfer, self.side)


def next_step(transfer: Transfer, side: Side) -> str:
    """What has to happen now, said to one side."""
    status, asked_by_me = transfer.status, (side == Side.DESTINATION) == transfer.is_asked_by_destination
    if status == TransferStatus.REQUESTED:
        return _("Waits for the other facility.") if asked_by_me else _("Waits for your answer.")
    if status == TransferStatus.AGREED:
        return _("Write down the departure on its day.") if side == Side.ORIGIN else _("Waits for the departure.")
    if status == TransferStatus.DEPARTED:
        return _("Waits for the arrival.") if side == Side.ORIGIN else _("Write down the arrival on its day.")
    return transfer.closing_reason


def lines(transfers: Iterable[Transfer], user: User) -> list[Line]:
    """The transfers with their people, in two queries whatever their number."""
    rows = list(transfers)
    people = {row.pk: row for row in Person.objects.filter(pk__in={row.person_id for row in rows}).defer("nik")}
    told = coming(row for row in rows if side_of(row, user) == Side.DESTINATION)
    return [line_of(row, user, people.get(row.person_id), told.get(row.pk)) for row in rows]


def line_of(transfer: Transfer, user: User, person: Person | None = None, who: Coming | None = None) -> Line:
    """One transfer, with whom it is about as far as that was read."""
    name = person.full_name if person else who.full_name if who else None
    return Line(transfer, side_of(transfer, user) or Side.ORIGIN, name, person, who)


def carried(transfer: Transfer) -> dict[str, Any] | None:
    """The facts of the stay that ended, for the stay that begins; null unless the person is on the way here."""
    with connection.cursor() as cursor:
        cursor.execute("select * from people_carried(%s)", [transfer.pk])
        row = cursor.fetchone()
        columns = [column.name for column in cursor.description or ()]
    if row is None:
        return None
    facts = dict(zip(columns, row, strict=True))
    custody, offence = facts.pop("custody"), facts.pop("offence")
    told = unseal(bytes(offence), bound_to=f"people.custody.offence:{custody}").decode() if offence else None
    return {**facts, "offence": told}


def on_the_way(person: Person) -> Transfer | None:
    """The transfer on which somebody has departed and not arrived, as far as this facility takes part in it."""
    return Transfer.objects.filter(person=person, status="departed").select_related("destination").first()


class StayElsewhere(NamedTuple):
    """A stay of somebody who is held here now, in another facility."""

    facility_name: str
    register_number: str
    admitted_on: date | None
    ended_on: date | None
    end_kind: str


def stays_elsewhere_read(people: Iterable[Person]) -> Rows:
    """The read of where else people who are held here have been; nothing for those who were never moved."""
    return Rows(
        "select facility_name, register_number, admitted_on, ended_on, end_kind from people_stays_elsewhere(%s::bigint[])",
        [[person.pk for person in people if person.has_moved]],
        lambda name, number, admitted_on, ended_on, end_kind: StayElsewhere(
            name, number, day_from(admitted_on), day_from(ended_on), end_kind
        ),
    )
