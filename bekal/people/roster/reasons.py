"""Why a row is doubtful or rejected: a code for programs, and one sentence for the officer, in one table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIELD_NAMES: dict[str, Promise] = {
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

REJECTING = ("missing_name", "missing_register_number", "bad_register_number", "register_number_taken")
SENTENCES: dict[str, Promise] = {
    "missing_name": gettext_lazy("The name is empty{cell}. Fill it in in the file, then upload it again."),
    "missing_register_number": gettext_lazy(
        "The register number is empty{cell}. Fill it in in the file, then upload it again."
    ),
    "bad_register_number": gettext_lazy("{written} is not a register number{cell}. Its form is: B.I 12/2026."),
    "register_number_taken": gettext_lazy(
        "This number is used by {earlier} already, with another name or day of birth."
    ),
    "repeated_row": gettext_lazy("The same as {earlier}."),
    "nik_damaged": gettext_lazy("Excel damaged the NIK: {written}{cell}. It is left empty; the rest can be saved."),
    "nik_mismatch": gettext_lazy("The NIK tells another day of birth or sex{cell}."),
    "nik_taken": gettext_lazy("This NIK is used by {earlier} already, with another register number."),
    "impossible_date": gettext_lazy("{name}: {written} is not a day that exists{cell}. It is left empty."),
    "dates_out_of_order": gettext_lazy("The days of 1/3, 1/2, 2/3 and expiry are not in order."),
    "bad_sentence": gettext_lazy("{written} cannot be read as the length of a sentence{cell}. It is left empty."),
    "standing_mismatch": gettext_lazy(
        "The column of the standing differs from the kind of register{cell}. The kind of register is used."
    ),
    "odd_characters": gettext_lazy(
        "{name} holds unusual characters{cell}. It is saved exactly as written if you agree."
    ),
    "left_by_remark": gettext_lazy("The remark says {written}{cell}. Perhaps this person has left."),
}


@dataclass(frozen=True)
class Reason:
    """One reason: its code, the field it is about, and where in the file it stands, as written."""

    code: str
    field: str | None = None
    cell: str | None = None
    written: str | None = None
    # The number of the earlier row that says the same, or holds the number.
    earlier: int | None = None

    @property
    def sentence(self) -> str:
        """What the officer reads."""
        return str(SENTENCES[self.code]).format(
            cell=_(" (cell %(cell)s)") % {"cell": self.cell} if self.cell else "",
            written=f'"{self.written}"' if self.written else _("This entry"),
            earlier=_("row %(n)s") % {"n": self.earlier} if self.earlier else _("another row"),
            name=FIELD_NAMES.get(self.field or "", _("This entry")),
        )
