"""Who works here, in which capacity, since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from bekal.foundation.accounts import roles
from bekal.foundation.accounts.choices import Role
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.kept import StandsIn, knows_only
from bekal.foundation.facilities.models import Facility, Region

SYSTEM_USERNAME = "sistem"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(StandsIn, AbstractBaseUser, Row):
    """Somebody who signs in. What they may do comes from the posting that the session chose, never from here."""

    username = models.CharField(max_length=60, unique=True)
    nip = models.CharField(max_length=18, unique=True, null=True)
    name = models.CharField(max_length=120)
    # allauth asks for an address; the house never writes to one.
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    appearance = models.CharField(max_length=5, choices=[("light", "light"), ("dark", "dark")], default="light")
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")], default="id")
    # Raised at deactivation and at a reset: sessions that carry an older number are over.
    session_epoch = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = UserManager()

    # The hat of this request or job; set by the middleware, by a job or by a command, never stored.
    posting: Posting | None = None
    postings_now: Sequence[Posting] = ()
    # Every posting that was not ended, where the user was read with them (`coming_in`).
    hats: Sequence[Posting] | None = None

    @property
    def role_code(self) -> str:
        if self.posting:
            return self.posting.role
        return Role.SYSTEM if self.username == SYSTEM_USERNAME else ""

    def may(self, permission: str) -> bool:
        """Whether the hat of this request holds a permission."""
        return roles.may(self.role_code, permission)

    @property
    def facility_here(self) -> int | None:
        """The key of the facility whose hat the user wears."""
        return self.posting.facility_id if self.posting else None

    def filled_in(self) -> tuple[tuple[Any, ...], tuple[int | None, ...]]:
        """What a read for this user depends on besides (the role), and the numbers in it: who, and where."""
        return (self.role_code, self.posting is None), (self.pk, self.facility_here)

    def stand_in(self, numbers: Sequence[int | None]) -> User:
        """Another of the same role, with these numbers."""
        who, where = numbers
        other = knows_only(User, pk=who, username=SYSTEM_USERNAME if self.role_code == Role.SYSTEM else "")
        if self.posting:
            other.posting = knows_only(Posting, pk=None, role=self.posting.role, facility_id=where)
        return other

    def get_session_auth_hash(self) -> str:
        return self._get_session_auth_hash() + str(self.session_epoch)

    def get_session_auth_fallback_hash(self) -> Any:
        return ()

    def get_short_name(self) -> str:
        return self.name


@tracked
class Posting(Row):
    """A capacity in which a user works somewhere, from a day until a day; "Plt." (acting) names its letter."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=120)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, related_name="postings")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="postings")
    # A partner stands above this floor: it is kept by its public id.
    partner = models.UUIDField(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    is_acting = models.BooleanField(default=False)
    basis = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_acting=False) | ~Q(basis=""), name="accounts_posting_acting_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="accounts_posting_span"
            ),
            models.CheckConstraint(
                condition=Q(facility__isnull=False)
                | Q(region__isnull=False)
                | Q(role__in=["nation", "operator", "partner"]),
                name="accounts_posting_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["facility", "role"], name="accounts_posting_desk")]

    def holds_on(self, day: date) -> bool:
        """Whether the posting is in force on a day."""
        begun = self.from_on <= day and self.ended_at is None
        return begun and (self.until_on is None or day <= self.until_on)

    @property
    def label(self) -> str:
        return f"Plt. {self.title}" if self.is_acting else self.title


class AccessReset(Row):
    """A one-time link by which somebody who lost a password or a second factor comes in again."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    clears_second_factor = models.BooleanField(default=False)


class FirstRunToken(Row):
    """The token on the terminal with which an empty house is opened, once."""

    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
