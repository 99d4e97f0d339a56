"""Reads about pictures. What is shown hangs on the consent of everybody in them, asked for the day of the look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from bekal.delivery.ceremonies import permissions, rules
from bekal.delivery.ceremonies.choices import PhotoStatus
from bekal.delivery.ceremonies.models import Ceremony, Photo, PhotoFile, PhotoPerson
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.models import User
from bekal.people.choices import ConsentKind
from bekal.people.models import Person
from bekal.people.queries import consenting


def photos_of(ceremony: Ceremony) -> QuerySet[Photo]:
    """The pictures of a ceremony as far as the policy shows them, in the order in which they came."""
    rows = Photo.objects.filter(ceremony=ceremony).exclude(status=PhotoStatus.GONE)
    return rows.select_related("batch__programme", "kept_by", "looked_by", "facility", "ceremony").order_by(
        "kept_at", "pk"
    )


@dataclass(frozen=True)
class Standing:
    """A picture on a day: who is in it, whose consent is lacking, whether this user sees it, whether the press may have it."""

    photo: Photo
    is_shown: bool
    for_press: bool
    marked: list[int] = field(default_factory=list)
    lacking: set[int] = field(default_factory=set)
    unpublished: set[int] = field(default_factory=set)


def standings_of(photos: Iterable[Photo], user: User, *, on: date) -> list[Standing]:
    """How each picture of one ceremony stands on a day, in three queries however many there are.

    Who was marked counts by key, not by a row that may be out of sight by now: whoever has no consent to show is lacking.
    """
    rows = list(photos)
    marks: dict[int, list[int]] = defaultdict(list)
    for photo, person in PhotoPerson.objects.filter(photo__in=rows, is_active=True).values_list(
        "photo_id", "person_id"
    ):
        marks[photo].append(person)
    people = [Person(pk=key) for key in {key for keys in marks.values() for key in keys}]
    occasion = rows[0].ceremony.public_id if rows else None
    photo_yes = consenting(people, ConsentKind.PHOTO, on=on, use=occasion) if people else set()
    public_yes = consenting(people, ConsentKind.PUBLICITY, on=on, use=occasion) if people else set()
    handles = user.may(permissions.HANDLE_PHOTOS)
    return [_standing(row, marks[row.pk], photo_yes, public_yes, handles=handles) for row in rows]


def _standing(photo: Photo, marked: list[int], photo_yes: set[int], public_yes: set[int], *, handles: bool) -> Standing:
    lacking, unpublished = set(marked) - photo_yes, set(marked) - public_yes
    return Standing(
        photo,
        rules.is_shown(photo.status, lacking=len(lacking), handles=handles),
        rules.may_go_to_press(
            photo.status, lacking=len(lacking), unpublished=len(unpublished), is_confidential=photo.is_confidential
        ),
        marked,
        lacking,
        unpublished,
    )


def people_who_may_be_in(photo: Photo) -> list[Person]:
    """Who takes part in what a picture shows, by name, with whoever was marked in it: as far as the user may see them."""
    ceremony = photo.ceremony
    batches = [photo.batch_id] if photo.batch_id else ceremony.ceremony_batches.values("batch")
    taking_part = Enrolment.objects.filter(batch__in=batches).values("person")
    marked = PhotoPerson.objects.filter(photo=photo, is_active=True).values("person")
    people = Person.objects.filter(pk__in=taking_part) | Person.objects.filter(pk__in=marked)
    return list(people.defer("nik").order_by("search_name", "pk"))


def bytes_of(photo: Photo, size: str) -> bytes:
    """The bytes of a picture: `large` or `small`."""
    return bytes(PhotoFile.objects.values_list(size, flat=True).get(photo=photo))


def all_bytes_of(photos: Sequence[Photo]) -> list[bytes]:
    """The large bytes of several pictures, in their order, in one query."""
    found = dict(PhotoFile.objects.filter(photo__in=photos).values_list("photo_id", "large"))
    return [bytes(found[photo.pk]) for photo in photos]


def photos_to_look_at(user: User) -> QuerySet[Ceremony]:
    """Ceremonies with pictures of which nobody has said who is in them."""
    facility = user.facility_here
    unseen = Photo.objects.filter(status=PhotoStatus.UNSEEN, facility_id=facility)
    return Ceremony.objects.filter(facility_id=facility, pk__in=unseen.values("ceremony")).order_by("held_on", "pk")
