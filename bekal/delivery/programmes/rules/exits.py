"""Leaving a batch early: an exit by law is no drop-out."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


def check_exit(
    *,
    kind: str,
    kinds: Mapping[str, Mapping[str, str]],
    exit_on: date,
    enrolled_on: date,
    today: date,
    reason: str,
    last_present_on: date | None,
) -> str:
    """The group of an exit that may be recorded (`by_law`, `removed`, `withdrew`, `died`).

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    row = kinds.get(kind)
    if row is None:
        raise RuleBroken(_("Choose how the person left."), field="exit_kind")
    if exit_on > today:
        raise RuleBroken(_("An exit is recorded on its day, not before."), field="exit_on")
    if exit_on < enrolled_on:
        raise RuleBroken(_("Nobody leaves before the day of enrolment."), field="exit_on")
    if last_present_on is not None and last_present_on > exit_on:
        raise RuleBroken(_("There is attendance after this day. Correct the attendance or the day."), field="exit_on")
    if row["needs_reason"] == "yes" and not reason.strip():
        raise RuleBroken(_("This way of leaving needs a reason."), field="reason")
    return row["group"]
