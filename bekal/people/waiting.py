"""What waits at the desk of the records staff because of rosters and transfers."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people import joinings, permissions, queries, transfers
from bekal.people.apart import pairs_for, unseen_attempts
from bekal.people.choices import DoubtDecision, RosterState, TransferStatus
from bekal.people.rules import Side


def waiting_for(user: User, today: date) -> Iterable[Wait]:
    """Transfers whose turn is here, rosters that were read and not saved, doubtful rows that nobody has decided."""
    if not user.may(permissions.VIEW_PEOPLE):
        return
    yield from _transfers(user, today)
    yield from _attempts(user)
    yield from _alike(user)
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


def _transfers(user: User, today: date) -> Iterable[Wait]:
    """Requests to answer, departures and arrivals to write down."""
    if not user.may(permissions.VIEW_TRANSFERS):
        return
    open_ones = transfers.of_kind(user, state="terbuka").order_by("planned_on", "asked_at", "pk")
    for line in transfers.lines(open_ones, user):
        transfer = line.transfer
        if not transfers.moves_of(transfer, user) - {TransferStatus.WITHDRAWN}:
            continue
        day = transfer.planned_on or line.here.day_of(transfer.decided_at or transfer.asked_at)
        yield Wait(
            desk=Role.RECORDS,
            urgency=_urgency(day, today) if transfer.planned_on else Urgency.TODAY,
            when=short_day(day, with_year=False),
            what=(_("Transfer to %(facility)s") if line.side == Side.ORIGIN else _("Transfer from %(facility)s"))
            % {"facility": line.other.name},
            why=transfers.next_step(transfer, line.side),
            url=reverse("people:transfer", args=[transfer.public_id]),
            action=_("Open the transfer"),
        )


def _alike(user: User) -> Iterable[Wait]:
    """Records that look like one person."""
    pairs = len(joinings.suspected_for(user)) if user.may(permissions.JOIN) else 0
    if pairs:
        yield Wait(
            desk=Role.RECORDS,
            urgency=Urgency.WEEK,
            when=_("this week"),
            what=ngettext(
                "%(n)s pair of records looks like one person", "%(n)s pairs of records look like one person", pairs
            )
            % {"n": pairs},
            why=_("Say of each whether it is one person or two."),
            url=reverse("people:suspected"),
            action=_("Decide"),
        )


def _urgency(day: date, today: date) -> Urgency:
    if day < today:
        return Urgency.LATE
    return Urgency.TODAY if day == today else Urgency.WEEK


def _attempts(user: User) -> Iterable[Wait]:
    """What was tried with people who are kept apart, and nobody of security has seen."""
    if not user.may(permissions.VIEW_APART):
        return
    unseen = unseen_attempts(user)
    # What was tried in rehabilitation only the head sees: it waits there.
    hidden = set(unseen.filter(is_confidential=True).values_list("pair_id", flat=True))
    for pair in pairs_for(user).filter(pk__in=unseen.values("pair")):
        yield Wait(
            desk=Role.HEAD if pair.pk in hidden else Role.SECURITY,
            urgency=Urgency.TODAY,
            when=_("today"),
            what=ngettext(
                "%(n)s attempt to place people who are kept apart",
                "%(n)s attempts to place people who are kept apart",
                pair.unseen,  # type: ignore[attr-defined]
            )
            % {"n": pair.unseen},  # type: ignore[attr-defined]
            why=_("Look who tried, and whether they may be together there."),
            url=reverse("people:pair", args=[pair.public_id]),
            action=_("Look at it"),
        )
