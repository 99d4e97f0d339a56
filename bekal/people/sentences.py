"""What an officer is told about a file and its rows: one sentence each, with the cell where it stands."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

REFUSALS: dict[str, Promise] = {
    "empty_file": gettext_lazy("This file is empty. Nothing has changed."),
    "not_a_spreadsheet": gettext_lazy("This file is not a list: it is no XLSX, XLS, ODS or CSV. Nothing has changed."),
    "damaged_file": gettext_lazy(
        "This file is damaged, perhaps cut off on its way. Ask for it again. Nothing has changed."
    ),
    "password": gettext_lazy("This file is locked with a password. Save it without one and choose it again."),
    "no_header": gettext_lazy("No row of this file names both a name and a register number. Nothing has changed."),
    "not_a_roster": gettext_lazy(
        "This file has names and register numbers, but is not a list of people in custody: none of NIK, day of birth,"
        " sentence, expiry or admission is in it. Nothing has changed."
    ),
}

FIELDS: dict[str, Promise] = {
    "full_name": gettext_lazy("Name"),
    "register_number": gettext_lazy("Register number"),
    "nik": gettext_lazy("NIK"),
    "birth_place": gettext_lazy("Place of birth"),
    "birth_on": gettext_lazy("Day of birth"),
    "birth_place+birth_on": gettext_lazy("Place and day of birth"),
    "sex": gettext_lazy("Sex"),
    "offence": gettext_lazy("Offence"),
    "sentence": gettext_lazy("Sentence"),
    "third_on": gettext_lazy("1/3 of the sentence"),
    "half_on": gettext_lazy("1/2 of the sentence"),
    "two_thirds_on": gettext_lazy("2/3 of the sentence"),
    "expires_on": gettext_lazy("Expiry"),
    "admitted_on": gettext_lazy("Day of admission"),
    "standing": gettext_lazy("Standing"),
    "block": gettext_lazy("Block"),
    "remark": gettext_lazy("Remark"),
}

STATUSES: dict[str, Promise] = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "repeated": gettext_lazy("Repeated"),
    "doubtful": gettext_lazy("Doubtful"),
    "rejected": gettext_lazy("Rejected"),
}

_REASONS: dict[str, Promise] = {
    "missing_name": gettext_lazy("The name is missing. Write it in SDP or in the file, then choose the file again."),
    "missing_register_number": gettext_lazy(
        "The register number is missing. Write it in SDP or in the file, then choose the file again."
    ),
    "bad_register_number": gettext_lazy("This is not a register number. Its form is: B.I 12/2026."),
    "register_number_taken": gettext_lazy("An earlier row has this register number, for somebody else."),
    "repeated_row": gettext_lazy("An earlier row says the same."),
    "nik_damaged": gettext_lazy("The spreadsheet damaged the NIK. It is left empty, the rest can be saved."),
    "nik_mismatch": gettext_lazy("The NIK says another day of birth or sex than the list."),
    "nik_taken": gettext_lazy(
        "An earlier row has this NIK, under another register number. It would be saved without NIK."
    ),
    "nik_known": gettext_lazy("This NIK is in custody here under another register number. Saving changes the number."),
    "nik_elsewhere": gettext_lazy("This NIK is held at %(facility)s. That office must record the transfer first."),
    "stay_ended": gettext_lazy("This stay was ended here. Saving opens it again."),
    "impossible_date": gettext_lazy("%(label)s: this day does not exist or cannot be read. It is left empty."),
    "dates_out_of_order": gettext_lazy("The legal dates do not follow each other: 1/3, 1/2, 2/3, expiry."),
    "bad_sentence": gettext_lazy("The sentence cannot be read. It is left empty."),
    "standing_mismatch": gettext_lazy("The standing does not fit the class of the register number. The class holds."),
    "odd_characters": gettext_lazy(
        "%(label)s: there are unusual signs in it. It is saved exactly as written if you agree."
    ),
    "left_by_remark": gettext_lazy("The remark says that this person has left. Perhaps they are no longer here."),
}


# Codes that a page shows as words.
CODES: dict[str, Promise] = {
    "male": gettext_lazy("Male"),
    "female": gettext_lazy("Female"),
    "sentenced": gettext_lazy("Sentenced person"),
    "remand": gettext_lazy("Remand detainee"),
}


def refusal(code: str) -> str:
    """Why a file could not be read."""
    return str(REFUSALS[code])


def reason(found: Mapping[str, Any], *, row: int, columns: Mapping[str, str]) -> str:
    """Why a row is not simply saved, with its cell."""
    field = found.get("field") or ""
    sentence = str(_REASONS[found["code"]]) % {"label": FIELDS.get(field, ""), "facility": found.get("facility", "")}
    cell = next((f"{letter}{row}" for letter, name in columns.items() if field in name.split("+")), "") if field else ""
    return _("%(sentence)s (Cell %(cell)s.)") % {"sentence": sentence, "cell": cell} if cell else sentence


def summary(counts: Mapping[str, int], *, committed: bool) -> str:
    """What a reading found, or what saving it did."""
    saved = counts.get("new", 0) + counts.get("changed", 0)
    if committed:
        return ngettext("%(n)s row is saved.", "%(n)s rows are saved.", saved) % {"n": saved}
    return ngettext(
        "%(n)s row can be saved. Nothing has changed yet.", "%(n)s rows can be saved. Nothing has changed yet.", saved
    ) % {"n": saved}
