"""What waits at the desk of the records staff because of rosters and transfers."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.days import short_day
from bekal.foundation.core.paths import path_to
from bekal.foundation.core.together import Answer, Ask, HowMany, Kept, side_by_side
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.people import joinings, permissions, queries, transfers
from bekal.people.apart import pairs_for, unseen_attempts
from bekal.people.choices import DoubtDecision, RosterState, TransferStatus
from bekal.people.models import ApartAttempt, KeepApart, RosterDoubt, RosterImport, Transfer
from bekal.people.rules import Side


def waiting_for(user: User, today: date) -> Answer[Wait]:
    """What waits because of transfers, of people who are kept apart, of records that look alike, of lists that were read."""
    if not user.may(permissions.VIEW_PEOPLE):
        return
    yield from side_by_side(_transfers(user, today), _attempts(user), _alike(user), _lists(user))


def _lists(user: User) -> Answer[Wait]:
    """Lists that were read and not saved, doubtful rows that nobody has decided."""
    ready, [doubts] = yield Ask(Kept(_unsaved, user), HowMany(Kept(_undecided, user)))
    for unsaved in ready:
        yield Wait(
            desk=Role.RECORDS,
            urgency=Urgency.TODAY,
            when=short_day(unsaved.facility.day_of(unsaved.read_at), with_year=False),
            what=_("A list was read and is not saved"),
            why=_("Look through it, then save it or put it away."),
            url=path_to("people:roster", unsaved.public_id),
            action=_("Look through"),
        )
    if doubts:
        yield Wait(
            desk=Role.RECORDS,
            urgency=Urgency.WEEK,
            when=_("this week"),
            what=ngettext("%(n)s doubtful row waits", "%(n)s doubtful rows wait", doubts) % {"n": doubts},
            why=_("Until you decide, these people are not written down as the list says."),
            url=path_to("people:doubts"),
            action=_("Decide"),
        )


def _transfers(user: User, today: date) -> Answer[Wait]:
    """Requests to answer, departures and arrivals to write down."""
    if not user.may(permissions.VIEW_TRANSFERS):
        return
    [open_ones] = yield Ask(Kept(_open_transfers, user))
    for transfer in open_ones:
        line = transfers.line_of(transfer, user)
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
            url=path_to("people:transfer", transfer.public_id),
            action=_("Open the transfer"),
        )


def _alike(user: User) -> Answer[Wait]:
    """Records that look like one person."""
    if not user.may(permissions.JOIN):
        return
    [found] = yield Ask(joinings.suspected_read(user))
    pairs = len(found)
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
            url=path_to("people:suspected"),
            action=_("Decide"),
        )


def _open_transfers(user: User) -> QuerySet[Transfer]:
    return transfers.of_kind(user, state="terbuka").order_by("planned_on", "asked_at", "pk")


def _unsaved(user: User) -> QuerySet[RosterImport]:
    return queries.roster_imports_for(user).filter(state=RosterState.READY)[:1]


def _undecided(user: User) -> QuerySet[RosterDoubt]:
    return queries.doubts_for(user).filter(decision=DoubtDecision.WAITING)


def _hidden_attempts(user: User) -> QuerySet[ApartAttempt, int]:
    return unseen_attempts(user).filter(is_confidential=True).values_list("pair_id", flat=True)


def _tried(user: User) -> QuerySet[KeepApart]:
    return pairs_for(user).filter(pk__in=unseen_attempts(user).values("pair"))


def _urgency(day: date, today: date) -> Urgency:
    if day < today:
        return Urgency.LATE
    return Urgency.TODAY if day == today else Urgency.WEEK


def _attempts(user: User) -> Answer[Wait]:
    """What was tried with people who are kept apart, and nobody of security has seen."""
    if not user.may(permissions.VIEW_APART):
        return
    hidden, pairs = yield Ask(Kept(_hidden_attempts, user), Kept(_tried, user))
    for pair in pairs:
        yield Wait(
            # What was tried in rehabilitation only the head sees: it waits there.
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
            url=path_to("people:pair", pair.public_id),
            action=_("Look at it"),
        )
