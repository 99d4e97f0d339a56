"""What holds for records that are joined: one is kept, and no record is joined twice."""

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


def check_join(
    *, same: bool, both_here: bool, kept_is_merged: bool, merged_is_merged: bool, merged_has_merged: bool
) -> None:
    """Two different records of this facility are joined into one that is itself joined into none.

    So pages of a record lead to another one in one step, and every joining can be undone for itself.

    Raises:
        RuleBroken: with what to do first.
    """
    if same:
        raise RuleBroken(_("Choose another record: this is the same one."))
    if not both_here:
        raise RuleBroken(_("Both records must be held by this facility. Ask for the transfer first."))
    if kept_is_merged:
        raise RuleBroken(_("The record to keep is itself joined into another one. Keep that one."))
    if merged_is_merged:
        raise RuleBroken(_("This record is joined into another one already. Undo that first."))
    if merged_has_merged:
        raise RuleBroken(_("Other records are joined into this one. Keep it, and join the other one into it."))
