"""The printed sheet: its code, the one key for each mark, and the sum on paper."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import Participation
from bekal.delivery.programmes.rules.attendance import Mark
from bekal.foundation.core.refusals import RuleBroken

# Without letters and figures that are taken for each other on paper: I and 1, O and 0.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
PRESENT, PASSIVE = "H", "P"
_CELL = re.compile(r"([A-Z])(\d{1,2})?")


def code_typed(text: str) -> str:
    """A sheet's code as somebody typed it: without blanks and dashes, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()[:CODE_LENGTH]


def is_sheet_code(text: str) -> bool:
    """Whether a text could be the code of a sheet."""
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_LETTERS)


def mark_of_cell(text: str, *, held_jp: int, reasons: Mapping[str, str]) -> Mark:
    """What a cell says: `H` present, `P` present and passive, with hours where fewer count (`H3`), else a reason's key.

    Raises:
        RuleBroken: no such key, or more hours than were held.
    """
    found = _CELL.fullmatch(text.strip().upper())
    if found is None:
        raise RuleBroken(_("Type one of the keys: %(keys)s.") % {"keys": " ".join([PRESENT, PASSIVE, *reasons])})
    key, hours = found[1], found[2]
    if key in (PRESENT, PASSIVE):
        jp = held_jp if hours is None else int(hours)
        if jp > held_jp:
            raise RuleBroken(_("At most %(hours)s JP count: that is what was held.") % {"hours": held_jp})
        return Mark(True, "", Participation.PASSIVE if key == PASSIVE else Participation.ACTIVE, jp)
    if key not in reasons or hours is not None:
        raise RuleBroken(_("Type one of the keys: %(keys)s.") % {"keys": " ".join([PRESENT, PASSIVE, *reasons])})
    return Mark(False, reasons[key])


def cell_of_mark(mark: Mark, *, held_jp: int, keys: Mapping[str, str]) -> str:
    """A mark as a cell shows it; `keys` by reason."""
    if not mark.is_present:
        return keys.get(mark.absence_reason, "")
    key = PASSIVE if mark.participation == Participation.PASSIVE else PRESENT
    return key if mark.counted_jp == held_jp else f"{key}{mark.counted_jp}"


def sum_differs(*, typed: int, on_paper: str) -> bool:
    """Whether the sum of those present, as it stands on paper, is another than what was typed. Nothing there differs not."""
    text = on_paper.strip()
    return bool(text) and text != str(typed)
