"""The hearing (sidang TPP) and the decree: who decides what, and who may sign."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


@dataclass(frozen=True)
class Decision:
    """What the board decides about one nomination; a refusal has its reason."""

    is_accepted: bool
    reason: str = ""

    @property
    def lacks_reason(self) -> bool:
        return not self.is_accepted and not self.reason.strip()


def check_decisions(decisions: Mapping[UUID, Decision], *, on_list: Iterable[UUID]) -> None:
    """At least one decision, only about nominations on the list, and a reason for each refusal.

    Raises:
        RuleBroken: naming what is missing.
    """
    if not decisions:
        raise RuleBroken(_("Decide about at least one nomination."))
    if not set(decisions) <= set(on_list):
        raise RuleBroken(_("A nomination is no longer on the list of this hearing. Read the page again."))
    if any(decision.lacks_reason for decision in decisions.values()):
        raise RuleBroken(_("Give a reason for each nomination that is refused."))


def check_proposer_does_not_decide(*, proposers: Iterable[int], decider: int) -> None:
    """Nobody decides about what they proposed themselves.

    Raises:
        RuleBroken: with who should be asked.
    """
    if decider in set(proposers):
        raise RuleBroken(_("Whoever proposed cannot decide about it. Ask another member of the board."))


def check_acting_has_basis(*, is_acting: bool, basis: str) -> None:
    """Whoever acts for the head (Plt.) signs on the ground of a letter.

    Raises:
        RuleBroken: the letter is not named.
    """
    if is_acting and not basis.strip():
        raise RuleBroken(
            _("Without a basis an acting head cannot sign. Enter number and day of the letter of appointment.")
        )
