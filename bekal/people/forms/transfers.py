"""What officers type about transfers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.foundation.facilities.models import Facility
from bekal.people.choices import Standing
from bekal.people.roster import read_register_number


class TransferForm(forms.Form):
    """To where somebody is to be transferred, why, and by which letter."""

    destination = forms.ModelChoiceField(
        Facility.objects.none(), to_field_name="public_id", label=gettext_lazy("To"), empty_label=gettext_lazy("Choose")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Both offices read it. Write nothing about health."),
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Number of the letter"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The approval of the regional office or the directorate, if there is one already."),
    )
    letter_on = forms.DateField(label=gettext_lazy("Date of the letter"), widget=DayInput(), required=False)
    planned_on = forms.DateField(label=gettext_lazy("Planned day"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, facilities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"].queryset = facilities  # type: ignore[attr-defined]
        self.fields["destination"].label_from_instance = lambda facility: facility.name  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why a transfer is refused, withdrawn or turned back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class ArrivalForm(forms.Form):
    """The new stay of somebody who arrived; sentence and dates travel along."""

    register_number = forms.CharField(
        label=gettext_lazy("New register number"), max_length=24, help_text=gettext_lazy("As in B.I 12/2026.")
    )
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), choices=Standing.choices)
    arrived_on = forms.DateField(label=gettext_lazy("Arrived on"), widget=DayInput())
    block = forms.CharField(label=gettext_lazy("Block and cell"), max_length=40, required=False)

    def clean_register_number(self) -> str:
        return known_register_number(self.cleaned_data["register_number"])


def known_register_number(typed: str) -> str:
    """The register number in its one form.

    Raises:
        ValidationError: it is none.
    """
    number = read_register_number(typed)
    if number is None:
        raise ValidationError(_('"%(typed)s" is not a register number. Its form is: B.I 12/2026.') % {"typed": typed})
    return number


class TransferListForm(forms.Form):
    """Filters of the list; what does not fit is as if it were not asked."""

    arah = forms.ChoiceField(
        label=gettext_lazy("Direction"),
        choices=[("", gettext_lazy("All")), ("keluar", gettext_lazy("Out")), ("masuk", gettext_lazy("In"))],
        required=False,
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), ("terbuka", gettext_lazy("Open")), ("selesai", gettext_lazy("Ended"))],
        required=False,
    )
