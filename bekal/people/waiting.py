"""What waits at the desk of the records staff because of rosters."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people import permissions, queries
from bekal.people.choices import DoubtDecision, RosterState


def waiting_for(user: User, today: date) -> Iterable[Wait]:
    """Rosters that were read and not saved, and doubtful rows that nobody has decided."""
    if not user.may(permissions.VIEW_PEOPLE):
        return
    unsaved = queries.roster_imports_for(user).filter(state=RosterState.READY).first()
    if unsaved is not None:
        yield Wait(
            desk=Role.RECORDS,
            urgency=Urgency.TODAY,
            when=short_day(unsaved.facility.day_of(unsaved.read_at), with_year=False),
            what=_("A list was read and is not saved"),
            why=_("Look through it, then save it or put it away."),
            url=reverse("people:roster", args=[unsaved.public_id]),
            action=_("Look through"),
        )
    doubts = queries.doubts_for(user).filter(decision=DoubtDecision.WAITING).count()
    if doubts:
        yield Wait(
            desk=Role.RECORDS,
            urgency=Urgency.WEEK,
            when=_("this week"),
            what=ngettext("%(n)s doubtful row waits", "%(n)s doubtful rows wait", doubts) % {"n": doubts},
            why=_("Until you decide, these people are not written down as the list says."),
            url=reverse("people:doubts"),
            action=_("Decide"),
        )
