"""What officers type about records that are one person, or only look like it."""

from django import forms
from django.utils.translation import gettext_lazy

from bekal.people.forms.transfers import known_register_number


class LookAlikeForm(forms.Form):
    """The decision on two records that look alike: which one is kept, or that they are two people."""

    first = forms.UUIDField(widget=forms.HiddenInput())
    second = forms.UUIDField(widget=forms.HiddenInput())
    decision = forms.ChoiceField(choices=[("first", "first"), ("second", "second"), ("apart", "apart")])
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class JoinForm(forms.Form):
    """Which other record is the same person, by its register number."""

    register_number = forms.CharField(
        label=gettext_lazy("Register number of the other record"),
        max_length=24,
        help_text=gettext_lazy("As in B.I 12/2026."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def clean_register_number(self) -> str:
        return known_register_number(self.cleaned_data["register_number"])
