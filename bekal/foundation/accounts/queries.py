"""Reads about people who sign in and the hats they wear."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from bekal.foundation.accounts.models import SYSTEM_USERNAME, Posting, User
from bekal.foundation.core.days import ZONES


def postings_in_force(user: User, *, at: datetime) -> list[Posting]:
    """The hats a user may wear at an instant, oldest first; each by the day of its own facility."""
    return in_force(user.postings.select_related("facility").filter(ended_at=None).order_by("from_on", "pk"), at=at)


def in_force(postings: Iterable[Posting], *, at: datetime) -> list[Posting]:
    """Those that hold at an instant, each by the day of its own facility."""
    west = at.astimezone(ZONES["WIB"]).date()
    return [hat for hat in postings if hat.holds_on(hat.facility.day_of(at) if hat.facility else west)]


def system_user() -> User:
    """The house itself: the user of commands and of what no officer did. Made by the first migration."""
    return User.objects.get(username=SYSTEM_USERNAME)


def has_demo_sign_ins() -> bool:
    """Whether the house holds sign-ins of the demo, whose password stands in the handbook."""
    return User.objects.filter(is_demo=True).exists()


def postings_for(user: User) -> QuerySet[Posting]:
    """The postings of the facilities in the user's sight."""
    in_sight = user.facility_here
    postings = Posting.objects.select_related("user", "facility")
    return postings.filter(facility_id=in_sight) if in_sight else postings.filter(facility__isnull=False)
