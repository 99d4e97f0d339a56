"""What a ceremony may become, and what must be known before it closes or ends. Pure."""

from datetime import time
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.foundation.core.moves import Moves
from bekal.foundation.core.refusals import RuleBroken

CEREMONY_MOVES: Moves = {
    CeremonyStatus.PLANNED: {CeremonyStatus.CLOSING, CeremonyStatus.CANCELLED},
    CeremonyStatus.CLOSING: {CeremonyStatus.UNDER_WAY},
    CeremonyStatus.UNDER_WAY: {CeremonyStatus.ENDED},
    CeremonyStatus.ENDED: frozenset(),
    CeremonyStatus.CANCELLED: frozenset(),
}

# What a hand-over may become: nothing that was recorded goes back to "not yet" but by undo.
HAND_OVER_MOVES: Moves = {
    HandOverOutcome.WAITING: {HandOverOutcome.RECEIVED, HandOverOutcome.ABSENT, HandOverOutcome.TO_BE_SENT},
    HandOverOutcome.ABSENT: {HandOverOutcome.RECEIVED, HandOverOutcome.TO_BE_SENT},
    HandOverOutcome.TO_BE_SENT: {HandOverOutcome.RECEIVED, HandOverOutcome.ABSENT},
    HandOverOutcome.RECEIVED: {HandOverOutcome.ABSENT, HandOverOutcome.TO_BE_SENT},
}


class Line(NamedTuple):
    """A line of a running order before anybody changed it: when after the start (minutes), and what."""

    after: int
    title: str


def usual_agenda() -> list[Line]:
    """The running order with which a closing begins; every line may be changed."""
    return [
        Line(0, _("Guests are registered")),
        Line(30, _("Opening and national anthem")),
        Line(45, _("Report of the organisers")),
        Line(60, _("Address of the head")),
        Line(80, _("Tags are given back")),
        Line(100, _("Certificates are handed over")),
        Line(140, _("Prayer and photograph")),
    ]


def later(start: time, minutes: int) -> time:
    """The hour so many minutes after the start; a day ends at 23.59."""
    whole = min(start.hour * 60 + start.minute + minutes, 23 * 60 + 59)
    return time(whole // 60, whole % 60)


def check_has_batches(batches: int) -> None:
    """A closing closes something."""
    if batches == 0:
        raise RuleBroken(_("Choose the batches that close at this ceremony."))


def check_sees_all(*, confidential: int, sees_care: bool) -> None:
    """Whoever closes a batch sees its participants: a rehabilitation batch is closed by the care team or the head.

    Raises:
        RuleBroken: a batch of this ceremony is out of the officer's sight.
    """
    if confidential and not sees_care:
        raise RuleBroken(
            _("One of the batches is held by the care team. Ask its programme manager or the head to close them.")
        )


def check_all_recorded(waiting: int) -> None:
    """A ceremony ends when each hand-over is recorded, also of those who were absent.

    Raises:
        RuleBroken: with how many are open.
    """
    if waiting:
        raise RuleBroken(
            ngettext(
                "One handing over has not been recorded yet: received, absent, or to be sent.",
                "%(n)s handings over have not been recorded yet: received, absent, or to be sent.",
                waiting,
            )
            % {"n": waiting}
        )
