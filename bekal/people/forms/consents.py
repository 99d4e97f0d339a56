"""What officers type about consents outside the sheet of answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.people.choices import ConsentKind, WithdrawnThrough


class ConsentListForm(forms.Form):
    """Filters of the list; what does not fit is as if it were not asked."""

    jenis = forms.ChoiceField(
        label=gettext_lazy("Question"), choices=[("", gettext_lazy("All")), *ConsentKind.choices], required=False
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            ("berlaku", gettext_lazy("Consents")),
            ("menolak", gettext_lazy("Does not consent")),
            ("dicabut", gettext_lazy("Withdrawn")),
            ("habis", gettext_lazy("Ran out")),
        ],
        required=False,
    )


class WithdrawalForm(forms.Form):
    withdrawn_on = forms.DateField(label=gettext_lazy("Withdrawn on"), widget=DayInput())
    through = forms.ChoiceField(label=gettext_lazy("Through"), choices=WithdrawnThrough.choices)
    received_post = forms.CharField(
        label=gettext_lazy("Received by"), max_length=120, help_text=gettext_lazy("The post, such as Wali.")
    )


class ScanForm(forms.Form):
    scan = forms.FileField(
        label=gettext_lazy("Scan of the signed form"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    @property
    def content(self) -> Any:
        return self.cleaned_data["scan"].read()
