"""Who may list which guests, and when a list may still change. Pure."""

from django.utils.translation import gettext as _

from bekal.delivery.ceremonies.choices import CeremonyStatus, GuestKind
from bekal.foundation.core.refusals import RuleBroken


def check_guests_may_change(status: str) -> None:
    """Guests are listed until the minutes have counted them.

    Raises:
        RuleBroken: the ceremony has ended, or was called off.
    """
    if status in (CeremonyStatus.ENDED, CeremonyStatus.CANCELLED):
        raise RuleBroken(_("This ceremony is over: its guests stay as the minutes counted them."))


def check_may_list(kind: str, *, holds_care: bool, sees_care: bool) -> None:
    """Who comes for somebody in rehabilitation tells who is in it: such families are listed by the care team or the head.

    Raises:
        RuleBroken: a family at a ceremony where a rehabilitation batch closes, by somebody who may not know whose.
    """
    if kind == GuestKind.FAMILY and holds_care and not sees_care:
        raise RuleBroken(
            _(
                "Families are listed by the care team or the head where a rehabilitation batch closes too. "
                "Leave that line empty and tell the programme manager."
            )
        )


def addressee(*, name: str, post: str, office: str) -> str:
    """How a letter addresses a guest: the post and office, or the name where there is no post."""
    return ", ".join(part for part in (post or name, office) if part)
