"""What officers say of rosters: the file, its columns, the day of reading, the decision on a row."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.people.choices import DoubtDecision
from bekal.people.previews import Column
from bekal.people.roster import FIELD_NAMES

MOST_BYTES = 30 * 1024 * 1024


class RosterFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with the list"),
        help_text=gettext_lazy(
            "XLSX, XLS, ODS or CSV, as your office sends it. Nothing is saved before you have seen it."
        ),
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 30 MB. Save the list alone as XLSX and choose it again."))
        return file


class MappingForm(forms.Form):
    """As what each column of a file is read. Clinical columns and row numbers are never offered."""

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [*FIELD_NAMES.items(), ("unknown", _("Do not read"))]
        for column in columns:
            if not column.is_fixed:
                label = _("Column %(letter)s is read as") % {"letter": column.letter}
                named = forms.Select({"aria-label": label})
                field = forms.ChoiceField(label=label, choices=choices, initial=column.read_as, widget=named)
                self.fields[f"kolom_{column.letter}"] = field

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField | None]]:
        """Each column with its choice, or without one."""
        return [(column, None if column.is_fixed else self[f"kolom_{column.letter}"]) for column in self.columns]

    @property
    def mapping(self) -> dict[str, str]:
        """The chosen field of each column by its letter."""
        chosen = {column.letter: column.read_as for column in self.columns}
        for column in self.columns:
            if not column.is_fixed:
                chosen[column.letter] = self.cleaned_data[f"kolom_{column.letter}"]
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            fields = [name for field in data.values() for name in field.split("+") if field != "unknown"]
            if not {"full_name", "register_number"} <= set(fields):
                self.add_error(None, _("One column must be the name and one the register number."))
            if len(fields) != len(set(fields)):
                self.add_error(None, _("Two columns cannot be read as the same thing."))
        return data

    @property
    def first_error(self) -> str:
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class ReadOnForm(forms.Form):
    legal_dates_read_on = forms.DateField(
        label=gettext_lazy("Legal dates read from SDP on"),
        widget=DayInput(),
        help_text=gettext_lazy("Remission can move them. The day of reading is kept with them."),
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[(value, label) for value, label in DoubtDecision.choices if value != "waiting"]
    )
