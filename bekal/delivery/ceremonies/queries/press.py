"""Reads about the text for the press: its facts, its versions, whose names may not stand in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from bekal.delivery.ceremonies import rules
from bekal.delivery.ceremonies.choices import CeremonyStatus, GuestAnswer, GuestKind, PressStatus, TurnKind
from bekal.delivery.ceremonies.models import Ceremony, Guest, PressRelease
from bekal.delivery.ceremonies.queries.ceremonies import batches_of, counts_of
from bekal.delivery.ceremonies.queries.guests import guest_counts, guests_of, post_of, turns_of
from bekal.delivery.certificates import documents as certificates
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import indonesian_clock
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Person

_OFFICES = (GuestKind.GOVERNMENT, GuestKind.PARTNER)


def press_release_of(ceremony: Ceremony) -> PressRelease | None:
    """The text for the press, or none yet."""
    rows = PressRelease.objects.filter(ceremony=ceremony)
    return rows.select_related("written_by", "approved_by", "released_by", "facility", "ceremony").first()


def press_releases_open(user: User) -> QuerySet[PressRelease]:
    """Texts of the user's facility that have not gone to the press, of ceremonies that were not called off."""
    facility = user.facility_here
    rows = PressRelease.objects.filter(facility_id=facility).exclude(status=PressStatus.RELEASED)
    rows = rows.exclude(ceremony__status=CeremonyStatus.CANCELLED).select_related("ceremony")
    return rows.order_by("ceremony__held_on", "pk")


def press_facts(ceremony: Ceremony) -> rules.PressFacts:
    """What a draft may know of a ceremony: numbers, posts, days and places."""
    facility, counts, turns = ceremony.facility, counts_of(ceremony), turns_of(ceremony)
    rows, is_closed = batches_of(ceremony), ceremony.closed_at is not None
    posts = {
        what: list(dict.fromkeys(filter(None, (post_of(turns.get((row.batch_id, what))) for row in rows))))
        for what in TurnKind
    }
    families = next((each for each in guest_counts(ceremony) if each.kind == GuestKind.FAMILY), None)
    return rules.PressFacts(
        facility=facility.name,
        town=facility.issue_place,
        title=ceremony.title,
        day=ceremony.held_on,
        hour=f"{indonesian_clock(ceremony.starts_at)} {facility.zone}",
        place=ceremony.place,
        is_ahead=not is_closed,
        batches=[
            rules.PressBatch(
                row.batch.name,
                counts[row.batch_id].due if is_closed else counts[row.batch_id].enrolled,
                row.batch.programme.hours_jp,
            )
            for row in rows
        ],
        tags_by=posts[TurnKind.TAGS],
        certificates_by=posts[TurnKind.CERTIFICATES],
        attended=[_announced(guest) for guest in guests_of(ceremony) if _is_expected(guest, is_closed=is_closed)],
        has_families=families is not None
        and (families.came if is_closed else families.confirmed) >= rules.SMALLEST_TOLD,
        checked_at=certificates.check_address("").removesuffix("/") if certificates.is_public() else "",
        contact=", ".join(filter(None, [facility.name, facility.address, facility.phone])),
    )


def _is_expected(guest: Guest, *, is_closed: bool) -> bool:
    came = guest.has_come if is_closed else guest.answer == GuestAnswer.CONFIRMED
    return came and guest.kind in _OFFICES and bool(guest.post or guest.office)


def _announced(guest: Guest) -> str:
    """A guest by post and office; without a post, whoever came for the office."""
    return " ".join(filter(None, [guest.post, guest.office])) if guest.post else f"perwakilan {guest.office}"


def names_of_people(facility: Facility) -> list[str]:
    """The names of everybody whom the facility holds or held last, as they are searched.

    Of everybody, not of those who take part: a refusal must not tell who does.
    """
    return list(Person.objects.filter(facility=facility).values_list("search_name", flat=True))


def mentions_in(facility: Facility, title: str, body: str) -> list[rules.Mention]:
    """Where a text names somebody here, or holds the number of a person."""
    return rules.mentions(title, body, names=names_of_people(facility))


@dataclass(frozen=True)
class PressVersion:
    """The text as it stood once: who wrote it, and when."""

    version: int
    title: str
    body: str
    name: str
    at: datetime


def versions_of(press: PressRelease) -> list[PressVersion]:
    """Each version of a text, the latest first; approving and releasing make no new one."""
    now = [PressVersion(press.version, press.title, press.body, press.written_by.name, press.written_at)]
    past = (
        press.past.filter(version__lt=press.version)
        .annotate(name=F("written_by__name"))
        .order_by("-version", "-pgh_id")
    )
    known = {row.version: row for row in past}
    return now + [
        PressVersion(row.version, row.title, row.body, row.name, row.written_at)
        for _version, row in sorted(known.items(), reverse=True)
    ]
