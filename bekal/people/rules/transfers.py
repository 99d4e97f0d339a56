"""What holds for transfers: whose turn it is, and which days and reasons will do."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken
from bekal.people.choices import TransferStatus

TRANSFER_MOVES: dict[str, set[str]] = {
    TransferStatus.REQUESTED: {TransferStatus.AGREED, TransferStatus.REFUSED, TransferStatus.WITHDRAWN},
    TransferStatus.AGREED: {TransferStatus.DEPARTED, TransferStatus.WITHDRAWN},
    TransferStatus.DEPARTED: {TransferStatus.ARRIVED, TransferStatus.TURNED_BACK},
    TransferStatus.REFUSED: set(),
    TransferStatus.WITHDRAWN: set(),
    TransferStatus.ARRIVED: set(),
    TransferStatus.TURNED_BACK: set(),
}
TRANSFER_OPEN = frozenset({TransferStatus.REQUESTED, TransferStatus.AGREED, TransferStatus.DEPARTED})
# So many NIKs of other facilities may be asked after in one day: enough for a bus, too few to fish with.
MOST_ASKED_A_DAY = 50


class Side(StrEnum):
    """Where somebody stands in a transfer: with the facility that holds the person, or with the one that receives."""

    ORIGIN = "origin"
    DESTINATION = "destination"


def transfer_moves(status: str, *, side: Side | None, asked_by_destination: bool) -> set[str]:
    """The moves that one side may make now. Whoever asked withdraws, the other answers; the house itself may do all."""
    moves = TRANSFER_MOVES[status]
    asker = Side.DESTINATION if asked_by_destination else Side.ORIGIN
    if side is None:
        return set(moves)
    if status == TransferStatus.REQUESTED:
        mine = {TransferStatus.WITHDRAWN} if side == asker else {TransferStatus.AGREED, TransferStatus.REFUSED}
    elif side == Side.DESTINATION:
        mine = {TransferStatus.WITHDRAWN, TransferStatus.ARRIVED}
    else:
        mine = {TransferStatus.WITHDRAWN, TransferStatus.DEPARTED, TransferStatus.TURNED_BACK}
    return moves & mine


def check_turn(then: str, *, status: str, side: Side | None, asked_by_destination: bool) -> None:
    """Whoever's turn it is makes the move, and nobody else.

    Raises:
        RuleBroken: it is the other facility's to say, or the transfer has gone on.
    """
    if then in transfer_moves(status, side=side, asked_by_destination=asked_by_destination):
        return
    if then in TRANSFER_MOVES[status]:
        raise RuleBroken(_("This step belongs to the other facility."))
    raise RuleBroken(_("This transfer has gone on meanwhile. Read the page again."))


def check_request(*, reason: str, letter_on: date | None, planned_on: date | None, today: date) -> None:
    """A transfer has a reason; its letter is written already, its day lies ahead.

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    check_reason(reason)
    if letter_on is not None and letter_on > today:
        raise RuleBroken(_("The letter bears a day that has not come yet."), field="letter_on")
    if planned_on is not None and planned_on < today:
        raise RuleBroken(_("The planned day has passed. Choose today or a later day."), field="planned_on")


def check_reason(reason: str) -> None:
    """Somebody says why.

    Raises:
        RuleBroken: nothing is said.
    """
    if not reason.strip():
        raise RuleBroken(_("Say why: whoever reads this later will want to know."), field="reason")


def check_may_ask(*, asked_today: int) -> None:
    """Nobody learns by asking after one NIK after another where people are held.

    Raises:
        RuleBroken: as many were asked after today as may be; it says the same whatever the next NIK is.
    """
    if asked_today >= MOST_ASKED_A_DAY:
        raise RuleBroken(
            _("%(most)s NIKs held elsewhere were asked after today. Go on tomorrow, or call the other office.")
            % {"most": MOST_ASKED_A_DAY},
            field="nik",
        )


def check_arrival(*, arrived_on: date, departed_on: date, today: date) -> None:
    """Nobody arrives before they departed, or tomorrow.

    Raises:
        RuleBroken: the day of arrival is wrong.
    """
    if arrived_on > today:
        raise RuleBroken(_("An arrival is written down on the day itself, not before."), field="arrived_on")
    if arrived_on < departed_on:
        raise RuleBroken(_("Nobody arrives before the day of departure."), field="arrived_on")
