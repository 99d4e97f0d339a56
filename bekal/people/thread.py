"""A person's way through the house, as stops that every wing may add to.

`settings.BEKAL_THREAD` names functions `(person, user, today) -> Iterable[Stop]`, `settings.BEKAL_PERSON_PANELS` functions
`(person, records, user, today) -> Iterable[Panel]`, where `records` are all that belong to the person: so the page of a person
stands here, and the floors above hang their part on it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, Kept, all_of, in_rounds, side_by_side
from bekal.people import permissions
from bekal.people.choices import CustodyEnd
from bekal.people.models import Custody, Person, RegisterNumber, Transfer
from bekal.people.rules import Side
from bekal.people.transfers import StayElsewhere, side_of, stays_elsewhere_read, transfers_for


@dataclass(frozen=True)
class Stop:
    """One stop: the day it stands at, what happened in a few words, a sentence, and where it leads."""

    on: date
    title: str
    sentence: str = ""
    url: str = ""
    link: str = ""
    # What the page writes for the day, where a day alone says too little ("2 Nov – 8 Des").
    when: str = ""
    # Stops of the same day keep this order.
    rank: int = 5

    @property
    def shown_when(self) -> str:
        return self.when or short_day(self.on)


@dataclass(frozen=True)
class Panel:
    """A sheet beside the thread: a template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Thread:
    """The stops in their order, parted by today."""

    behind: list[Stop]
    today: list[Stop]
    ahead: list[Stop]


def whole_page_of(
    records: Sequence[Person], here: Person, *beside: Iterable[Any], user: User, today: date
) -> tuple[Any, ...]:
    """The thread over all records of one person, the panels for the one that is here, and what each of `beside` gives.

    They are read in the same rounds, however many apps add to them.
    """
    panels = [offer(here, records, user, today) for offer in _named("BEKAL_PERSON_PANELS")]
    stops, shown, *others = in_rounds([_stops(records, user, today), side_by_side(*panels), *beside])
    return _parted(stops, today), shown, *others


def thread_of(person: Person, *, user: User, today: date, others: Sequence[Person] = ()) -> Thread:
    """Everything that the user may see of the person's way; `others` are further records of the same person."""
    return _parted(all_of(_stops([person, *others], user, today)), today)


def _named(setting: str) -> list[Callable[..., Iterable[Any]]]:
    return [import_string(path) for path in getattr(settings, setting, ())]


def _stops(records: Sequence[Person], user: User, today: date) -> Answer[Stop]:
    return side_by_side(
        *(
            tell(record, user, today)
            for record in records
            for tell in (custody_stops, transfer_stops, *_named("BEKAL_THREAD"))
        )
    )


def _parted(stops: list[Stop], today: date) -> Thread:
    stops.sort(key=lambda stop: (stop.on, stop.rank))
    return Thread(
        behind=[stop for stop in stops if stop.on < today],
        today=[stop for stop in stops if stop.on == today],
        ahead=[stop for stop in stops if stop.on > today],
    )


def custody_stops(person: Person, user: User, today: date) -> Answer[Stop]:
    """Admissions, numbers that changed, legal dates of the stay that lasts, ends."""
    custodies, numbers, elsewhere = yield Ask(
        Kept(_stays, person),
        Kept(_numbers, person),
        stays_elsewhere_read([person]),
    )
    for custody in custodies:
        yield _admission(custody)
        for was in numbers:
            if was.custody_id != custody.pk:
                continue
            sentence = _("It was %(number)s until then.") % {"number": was.number}
            yield Stop(was.until_on, _("The register number changed"), sentence, rank=2)
        if custody.ended_on is not None:
            yield Stop(custody.ended_on, str(CustodyEnd(custody.end_kind).label), custody.end_note, rank=9)
        else:
            yield from _legal_dates(custody, today)
    for stay in elsewhere:
        yield from _stay_elsewhere(stay)


def _stays(person: Person) -> QuerySet[Custody]:
    return person.custodies.select_related("facility").defer("offence", "facility__logo", "facility__letterhead")


def _numbers(person: Person) -> QuerySet[RegisterNumber]:
    return RegisterNumber.objects.filter(custody__person=person).order_by("until_on", "pk")


def _transfers(user: User, person: Person) -> QuerySet[Transfer]:
    return transfers_for(user).filter(person=person)


def _stay_elsewhere(stay: StayElsewhere) -> Iterable[Stop]:
    """A stay in another facility: where and how long, as far as a facility that holds somebody now may know it."""
    title = _("Admitted to %(facility)s") % {"facility": stay.facility_name}
    if stay.admitted_on or stay.ended_on:
        number = _("Register %(number)s.") % {"number": stay.register_number}
        yield Stop(stay.admitted_on or stay.ended_on, title, number, rank=0)  # type: ignore[arg-type]
    if stay.ended_on and stay.end_kind != CustodyEnd.TRANSFER:
        yield Stop(stay.ended_on, str(CustodyEnd(stay.end_kind).label), stay.facility_name, rank=9)


def transfer_stops(person: Person, user: User, today: date) -> Answer[Stop]:
    """Transfers on the way of a person, for those who may know them: a planned day of transport is not for everybody."""
    if not user.may(permissions.VIEW_TRANSFERS):
        return
    [transfers] = yield Ask(Kept(_transfers, user, person))
    for transfer in transfers:
        facility = transfer.facility if side_of(transfer, user) == Side.ORIGIN else transfer.destination
        yield Stop(
            facility.day_of(transfer.asked_at),
            _("Transfer from %(origin)s to %(destination)s")
            % {"origin": transfer.facility.name, "destination": transfer.destination.name},
            f"{transfer.get_status_display()}.",
            url=path_to("people:transfer", transfer.public_id),
            link=_("The transfer"),
            rank=7,
        )


def _admission(custody: Custody) -> Stop:
    title = _("Admitted to %(facility)s") % {"facility": custody.facility.name}
    number = _("Register %(number)s.") % {"number": custody.register_number}
    written_on = custody.facility.day_of(custody.created_at)
    if custody.admitted_on is None:
        note = _("The day of admission is not known; it was written down on %(day)s.") % {"day": short_day(written_on)}
        return Stop(written_on, title, f"{number} {note}", rank=1)
    return Stop(custody.admitted_on, title, number, rank=1)


def _legal_dates(custody: Custody, today: date) -> Iterable[Stop]:
    """The legal dates that lie ahead; those behind are among the facts at the head of the page."""
    read_on = custody.legal_dates_read_on
    note = _("As read on %(day)s, not computed by Bekal.") % {"day": short_day(read_on)} if read_on else ""
    for day, title in (
        (custody.third_on, _("One third of the sentence")),
        (custody.half_on, _("Half of the sentence")),
        (custody.two_thirds_on, _("Two thirds of the sentence: parole becomes possible")),
        (custody.expires_on, _("Expiry of the sentence")),
    ):
        if day is not None and day > today:
            yield Stop(day, title, note, rank=8)
