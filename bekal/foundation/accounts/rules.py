"""Rules of sign-in: pure."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.roles import CARE
from bekal.foundation.core.refusals import RuleBroken

RESET_HOURS = 24
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")


def check_username(username: str) -> None:
    """Lower-case letters, digits, dot, hyphen, underscore; begins with a letter; 3 to 60 characters."""
    if not _USERNAME.fullmatch(username):
        raise RuleBroken(
            _("A username has 3 to 60 small letters, digits, dots or hyphens, and begins with a letter."),
            field="username",
        )


def nip_doubt(nip: str) -> str | None:
    """What looks wrong with a NIP, or None: 18 digits that begin with a date of birth (YYYYMMDD).

    The form is checked, not the person: whoever asks may keep a NIP that looks odd (DOMAIN d.8, from memory).
    """
    if not re.fullmatch(r"\d{18}", nip):
        return _("A NIP has 18 digits.")
    try:
        date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return _("The first eight digits of a NIP are a date of birth.")
    return None


def check_acting(*, is_acting: bool, basis: str) -> None:
    """An acting official (Plt.) names the letter of the order."""
    if is_acting and not basis.strip():
        raise RuleBroken(_("An acting official needs the number and date of the letter of order."), field="basis")


def check_span(from_on: date, until_on: date | None) -> None:
    """A posting does not end before it begins."""
    if until_on is not None and until_on < from_on:
        raise RuleBroken(_("The last day is before the first day."), field="until_on")


def check_may_give(*, role: str, by_role: str, to_oneself: bool, has_head: bool) -> None:
    """Who may give a posting: nobody to themselves; one that sees health facts only the head, or an operator who names the head
    of a facility that has none.
    """
    if to_oneself:
        raise RuleBroken(_("Nobody gives themselves a posting. Ask another officer."))
    names_first_head = role == Role.HEAD and not has_head
    if role in CARE and by_role not in (Role.HEAD, Role.SYSTEM) and not names_first_head:
        raise RuleBroken(_("Only the head of the facility gives a posting that sees health facts."), field="role")


def check_may_touch(*, sees_care: bool, by_role: str, works_here: bool, works_elsewhere: bool) -> None:
    """Whose sign-in may be closed, opened or reset from here: an officer of this facility and of no other; one who sees health
    facts by the head alone.
    """
    if by_role == Role.SYSTEM:
        return
    if not works_here or works_elsewhere:
        raise RuleBroken(
            _("This officer works at another facility too, or no longer here. End the posting here instead.")
        )
    if sees_care and by_role != Role.HEAD:
        raise RuleBroken(_("Only the head of the facility does this for an officer who sees health facts."))


def reset_expires(made_at: datetime) -> datetime:
    """A one-time link lives a day."""
    return made_at + timedelta(hours=RESET_HOURS)
