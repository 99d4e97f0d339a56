"""Attendance: four facts (held, present, took part, hours that count), when they may change, what they add up to."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import Participation, SessionStatus
from bekal.foundation.core.refusals import RuleBroken

# Marks may be changed until so many days after the session, counted in the facility's days. It is the house's own rule,
# long enough for a week's paper to reach the desk; afterwards a change is asked for, and somebody else decides.
EDIT_DAYS = 7


@dataclass(frozen=True)
class Mark:
    """What an officer entered for one participant at one session."""

    is_present: bool
    absence_reason: str = ""
    participation: str = ""
    counted_jp: int = 0


def attendance_rate(*, counted_jp: int, held_jp: int) -> Decimal | None:
    """Percent of the held hours (JP) that count for somebody, to two decimals; nothing where nothing was held."""
    if held_jp <= 0:
        return None
    return (Decimal(counted_jp) * 100 / Decimal(held_jp)).quantize(Decimal("0.01"))


def has_completed(*, counted_jp: int, held_jp: int, percent: int) -> bool:
    """Whether somebody reached the percent of held hours that the programme asks. Without held hours nobody has."""
    return held_jp > 0 and counted_jp * 100 >= held_jp * percent


def edit_until(held_on: date) -> date:
    """The last day on which marks of a session may be changed."""
    return held_on + timedelta(days=EDIT_DAYS)


def may_edit_attendance(*, held_on: date, today: date, is_recorded: bool) -> bool:
    """Not before the day of the session, then for seven days.

    What was never entered may still be entered later: a late fact is better than none.
    """
    if today < held_on:
        return False
    return today <= edit_until(held_on) or not is_recorded


def check_may_edit(*, held_on: date, today: date, is_recorded: bool) -> None:
    """Refuse marks before the day of the session, and changes after the window.

    Raises:
        RuleBroken: with the way out.
    """
    if today < held_on:
        raise RuleBroken(_("Attendance is entered on the day of the session, not before."))
    if not may_edit_attendance(held_on=held_on, today=today, is_recorded=is_recorded):
        raise RuleBroken(
            _("Marks may be changed until seven days after the session. Ask for a correction; somebody else decides.")
        )


def held_hours(status: str, held_jp: int | None, note: str, *, jp: int) -> int:
    """The hours that were held of a session of `jp` hours, from what the officer said.

    Raises:
        RuleBroken: hours or reason do not fit.
    """
    if status == SessionStatus.HELD:
        return jp
    if status == SessionStatus.PARTLY_HELD:
        if held_jp is None or not 1 <= held_jp <= jp:
            raise RuleBroken(_("Say how many JP were held, from 1 to %(most)s.") % {"most": jp}, field="held_jp")
        return held_jp
    if status == SessionStatus.NOT_HELD:
        if not note.strip():
            raise RuleBroken(_("Say why the session was not held."), field="note")
        return 0
    raise RuleBroken(_("Say whether the session was held."), field="status")


def check_mark(mark: Mark, *, held_jp: int, reasons: Container[str]) -> None:
    """The facts of one row agree with each other and with the session.

    Raises:
        RuleBroken: absent without a known reason, or more hours than were held.
    """
    if not mark.is_present and mark.absence_reason not in reasons:
        raise RuleBroken(_("Choose a reason for everyone who was not there."))
    if not mark.is_present and (mark.counted_jp or mark.participation):
        raise RuleBroken(_("Whoever was not there has no hours and did not take part."))
    if mark.is_present and mark.absence_reason:
        raise RuleBroken(_("Whoever was there has no reason for absence."))
    if mark.participation and mark.participation not in Participation.values:
        raise RuleBroken(_("Taking part is active or passive."))
    if not 0 <= mark.counted_jp <= held_jp:
        raise RuleBroken(_("At most %(hours)s JP count: that is what was held.") % {"hours": held_jp})
