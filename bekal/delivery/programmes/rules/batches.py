"""A batch: seats, span, code, who may handle its list, and how completion is told."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


def check_span(*, starts_on: date, ends_on: date) -> None:
    """A batch ends not before it starts, and lasts two years at the most.

    Raises:
        RuleBroken: naming the day that is wrong.
    """
    if ends_on < starts_on:
        raise RuleBroken(_("The last day lies before the first day."), field="ends_on")
    if (ends_on - starts_on).days > 731:
        raise RuleBroken(_("A batch lasts two years at the most."), field="ends_on")


def check_capacity(*, taken: int, more: int, capacity: int) -> None:
    """There is a seat for everyone.

    Raises:
        RuleBroken: more people than seats.
    """
    if taken + more > capacity:
        raise RuleBroken(
            _("There are %(seats)s seats, %(taken)s are taken, and %(more)s more would be enrolled.")
            % {"seats": capacity, "taken": taken, "more": more}
        )


def check_ready_to_start(*, enrolled: int, sessions: int, has_decree: bool) -> None:
    """A batch starts only with a decree, people in it and a timetable.

    Raises:
        RuleBroken: naming what comes first.
    """
    if not has_decree:
        raise RuleBroken(_("Sign or record the decree on the participants before starting the batch."))
    if enrolled == 0:
        raise RuleBroken(_("Enrol at least one participant before starting the batch."))
    if sessions == 0:
        raise RuleBroken(_("Add the sessions before starting the batch."))


def check_sees_participants(*, is_confidential: bool, sees_care: bool) -> None:
    """Who takes part in rehabilitation is a health fact: only the care team, the board and the head handle its list.

    Raises:
        RuleBroken: the officer is none of them.
    """
    if is_confidential and not sees_care:
        raise RuleBroken(_("The list of this batch is held by the care team. Ask them to do this."))


def code_of(title: str, *, number: int) -> str:
    """A short code for tags and lists: the initials of the first words and the number, `Tata Boga` 2 is `TB2`."""
    letters = [word[0] for word in title.upper().split() if word[0].isalpha()]
    return f"{''.join(letters[:3]) or 'A'}{number}"


def modules_warning(*, modules_jp: int, hours_jp: int) -> str:
    """A sentence where the modules do not sum to the programme's hours; empty where they do, or there are none."""
    if modules_jp in (0, hours_jp):
        return ""
    return _("The modules sum to %(sum)s JP, the programme says %(hours)s JP.") % {"sum": modules_jp, "hours": hours_jp}


@dataclass(frozen=True)
class Completion:
    """Completed, of how many: without those who left by law, and of all."""

    completed: int
    without_legal_exits: int
    everyone: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.completed, self.without_legal_exits) if self.without_legal_exits else None


def completion(*, completed: int, everyone: int, left_by_law: int) -> Completion:
    """The completion of a batch with both denominators: an exit by law is no drop-out (DOMAIN a.7)."""
    return Completion(completed, everyone - left_by_law, everyone)
