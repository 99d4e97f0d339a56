"""What holds for people who are kept apart."""

from datetime import date

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


def check_pair(*, is_same: bool, reason: str, basis: str, since_on: date, until_on: date | None) -> None:
    """Two people, a reason, a basis, and a span that does not end before it begins.

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    if is_same:
        raise RuleBroken(_("Name two different people."), field="second")
    if not reason.strip():
        raise RuleBroken(_("Say why they are kept apart. Only security and the head read it."), field="reason")
    if not basis.strip():
        raise RuleBroken(_("Name the basis, such as the number of the report."), field="basis")
    if until_on is not None and until_on < since_on:
        raise RuleBroken(_("The last day lies before the first."), field="until_on")


def cannot_be_placed(name: str, *, is_confidential: bool) -> str:
    """The one sentence for every reason that is not told. In rehabilitation it leads to the head, who may know of both."""
    if is_confidential:
        sentence = _("%(name)s cannot be placed in this batch. Ask the head of the facility.")
    else:
        sentence = _("%(name)s cannot be placed in this batch. Ask the security officer.")
    return sentence % {"name": name}


def cannot_be_used(day: str) -> str:
    """The one sentence for a place where two would meet; it leads to the head, of whatever kind the batches are."""
    words = _(
        "This place cannot be used at this hour on %(day)s. Choose another hour or place, or ask the head of the facility."
    )
    return words % {"day": day}
