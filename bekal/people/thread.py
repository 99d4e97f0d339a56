"""A person's way through the house, as stops that every wing may add to.

`settings.BEKAL_THREAD` names functions `(person, user, today) -> Iterable[Stop]`, `settings.BEKAL_PERSON_PANELS` functions
`(person, user, today) -> Iterable[Panel]`: so the page of a person stands here, and the floors above hang their part on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.people.choices import CustodyEnd
from bekal.people.models import Custody, Person


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


def _gather(setting: str, person: Person, user: User, today: date) -> Iterable[Any]:
    for path in getattr(settings, setting, ()):
        yield from import_string(path)(person, user, today)


def thread_of(person: Person, *, user: User, today: date) -> Thread:
    """Everything that the user may see of the person's way."""
    stops = sorted(
        [*custody_stops(person, today), *_gather("BEKAL_THREAD", person, user, today)],
        key=lambda stop: (stop.on, stop.rank),
    )
    return Thread(
        behind=[stop for stop in stops if stop.on < today],
        today=[stop for stop in stops if stop.on == today],
        ahead=[stop for stop in stops if stop.on > today],
    )


def panels_of(person: Person, *, user: User, today: date) -> list[Panel]:
    """The sheets beside the thread that the floors above have for this user."""
    return list(_gather("BEKAL_PERSON_PANELS", person, user, today))


def custody_stops(person: Person, today: date) -> Iterable[Stop]:
    """Admissions, numbers that changed, legal dates of the stay that lasts, ends."""
    for custody in person.custodies.select_related("facility").prefetch_related("register_numbers"):
        yield _admission(custody)
        for was in custody.register_numbers.all():
            sentence = _("It was %(number)s until then.") % {"number": was.number}
            yield Stop(was.until_on, _("The register number changed"), sentence, rank=2)
        if custody.ended_on is not None:
            yield Stop(custody.ended_on, str(CustodyEnd(custody.end_kind).label), custody.end_note, rank=9)
        else:
            yield from _legal_dates(custody, today)


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
