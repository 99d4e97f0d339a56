"""The text for the press, and the day on which it went out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput

LONGEST = 20_000


class PressForm(forms.Form):
    """Title and text, an empty line between paragraphs."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=240)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("An empty line parts paragraphs. People stand here by number and post, never by name."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 18}),
    )
    is_namesake = forms.BooleanField(
        label=gettext_lazy("A name in this text belongs to somebody else, not to a person of this house"),
        required=False,
    )

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].replace("\r\n", "\n")
        return body

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if "body" in entered and not any(letter.isalpha() for letter in entered["body"]):
            raise ValidationError({"body": _("A text has words.")})
        return entered


class ReleaseForm(forms.Form):
    """When the text went to the press."""

    released_on = forms.DateField(label=gettext_lazy("Sent on"), widget=DayInput())
