"""What an officer is told about a list and its rows."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from bekal.people.roster import Reason, Refused

STATUSES: dict[str, Promise] = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "repeated": gettext_lazy("Repeated"),
    "doubtful": gettext_lazy("Doubtful"),
    "rejected": gettext_lazy("Rejected"),
}

# What only the house can know; what the file itself tells has its sentence in `roster/reasons.py`.
_OF_THE_HOUSE: dict[str, Promise] = {
    "nik_known": gettext_lazy("This NIK is in custody here under another register number. Saving changes the number."),
    "nik_elsewhere": gettext_lazy(
        "This NIK is held at %(written)s. Saving the list asks that office for the transfer."
    ),
    "somebody_else": gettext_lazy(
        "Here this register number is %(written)s, born on another day. Saving writes the name of the list over it."
    ),
    "stay_ended": gettext_lazy("This stay was ended here. Saving opens it again."),
}

# Codes that a page shows as words.
CODES: dict[str, Promise] = {
    "male": gettext_lazy("Male"),
    "female": gettext_lazy("Female"),
    "sentenced": gettext_lazy("Sentenced person"),
    "remand": gettext_lazy("Remand detainee"),
}


def refusal(code: str) -> str:
    """Why a file could not be read; empty for one that could."""
    return str(Refused(code)) if code else ""


def reason(found: Mapping[str, Any]) -> str:
    """Why a row is not simply saved, with its cell and what is written there."""
    ours = _OF_THE_HOUSE.get(found["code"])
    return str(ours) % {"written": found["written"]} if ours else Reason(**found).sentence


def summary(counts: Mapping[str, int], *, committed: bool) -> str:
    """What a reading found, or what saving it did."""
    saved = counts.get("new", 0) + counts.get("changed", 0)
    if committed:
        return ngettext("%(n)s row is saved.", "%(n)s rows are saved.", saved) % {"n": saved}
    return ngettext(
        "%(n)s row can be saved. Nothing has changed yet.", "%(n)s rows can be saved. Nothing has changed yet.", saved
    ) % {"n": saved}
