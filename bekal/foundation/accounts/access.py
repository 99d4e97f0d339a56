"""May this person do this here? Asked by every view, answered by the one table of roles."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import SYSTEM_USERNAME, User
from bekal.foundation.accounts.roles import CARE, SECURITY, may
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.scope import Scope
from bekal.foundation.facilities.models import Facility

# Roles that look at a whole region or the nation see figures, never rows: no facility is in their scope.
_SEES_ROWS = frozenset(Role) - {Role.PARTNER, Role.REGION, Role.NATION}


def is_system(user: User) -> bool:
    """Whether this is the house itself: the user of commands and of what no officer did."""
    return user.username == SYSTEM_USERNAME and user.posting is None


def scope_of(user: User) -> Scope:
    """What the user's present posting may see."""
    if is_system(user):
        return Scope(user.pk, tuple(Facility.objects.values_list("pk", flat=True)), care=True, security=True)
    posting = user.posting
    if posting is None:
        return Scope(user.pk)
    if posting.role == Role.OPERATOR and posting.facility_id is None:
        return Scope(user.pk, tuple(Facility.objects.values_list("pk", flat=True)))
    in_sight = (posting.facility_id,) if posting.facility_id and posting.role in _SEES_ROWS else ()
    return Scope(user.pk, in_sight, care=posting.role in CARE, security=posting.role in SECURITY)


def has(user: User, permission: str, *, at: Facility | None = None) -> bool:
    """Whether the user, with the hat of this request, may do this (at this facility)."""
    if not may(user.role_code, permission):
        return False
    return at is None or is_system(user) or (user.posting is not None and user.posting.facility_id in (at.pk, None))


def require(user: User, permission: str, *, at: Facility | None = None) -> None:
    """Refuse whoever may not.

    Raises:
        PermissionDenied: with the sentence that the page of refusal shows.
    """
    if not has(user, permission, at=at):
        raise PermissionDenied(_("This page is not part of your duties."))


__all__ = ["has", "is_system", "require", "scope_of", "staff_page"]
