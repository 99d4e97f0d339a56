"""What waits at the desks of the head and the operator because of backups."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.foundation.keeping import diary, permissions, reasons


def waiting_for(user: User, today: date) -> Iterable[Wait]:
    """A backup that failed, that is older than two days, or that cannot be made yet."""
    if not user.may(permissions.VIEW_HEALTH):
        return
    known, now = diary.read(Path(settings.DATA)), timezone.now()
    if known.since is None:
        what, why = (
            _("This house is not backed up"),
            _("It has no recovery passphrase yet. The operator makes one at the PC."),
        )
    elif known.failed_at is not None:
        what, why = _("The last backup failed"), reasons.why(known)
    elif known.is_too_old(now):
        what, why = (
            _("The last backup is older than two days"),
            _("Leave the PC on at 21.00, or let the operator make one now."),
        )
    else:
        return
    yield Wait(
        desk=user.role_code,
        urgency=Urgency.LATE,
        when=short_day((known.made_at or known.since or now).astimezone().date(), with_year=False),
        what=what,
        why=why,
        url=reverse("keeping:details"),
        action=_("See how the house is"),
    )
