"""What security types about people who are kept apart."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.people.models import Custody, Person
from bekal.people.roster import read_register_number

_AREA = forms.Textarea(attrs={"rows": 3})


class PairForm(forms.Form):
    """Two people by their register numbers, and why. A number is typed, not chosen: a list of names would be read by others."""

    first = forms.CharField(label=gettext_lazy("Register number of one"), max_length=24)
    second = forms.CharField(label=gettext_lazy("Register number of the other"), max_length=24)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=_AREA,
        help_text=gettext_lazy("Read by security and the head alone. It is kept encrypted."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"), max_length=160, help_text=gettext_lazy("Such as the number of a report.")
    )
    since_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=DayInput(),
        required=False,
        help_text=gettext_lazy("Empty: until security ends it."),
    )

    def __init__(self, *args: Any, stays: QuerySet[Custody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stays = stays.filter(ended_on=None)

    def _person(self, name: str) -> Person:
        number = read_register_number(self.cleaned_data[name]) or self.cleaned_data[name].strip()
        stay = self.stays.filter(register_number=number).first()
        if stay is None:
            raise ValidationError(_("Nobody in custody here has this register number."))
        return stay.person

    def clean_first(self) -> Person:
        return self._person("first")

    def clean_second(self) -> Person:
        return self._person("second")

    @property
    def facts(self) -> dict[str, Any]:
        """What the operation asks for."""
        data = dict(self.cleaned_data)
        return {"one": data.pop("first"), "other": data.pop("second"), **data}


class WhyApartForm(forms.Form):
    """A reason that security and the head alone read."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=_AREA)


class ApartListForm(forms.Form):
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            ("berlaku", gettext_lazy("In force")),
            ("selesai", gettext_lazy("Ended")),
        ],
        required=False,
    )
