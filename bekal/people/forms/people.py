"""What officers type about a person and a stay, and how they look for people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import rules
from bekal.people.choices import CustodyEnd, Sex, Standing
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.forms.transfers import known_register_number


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=False)


def _count(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


class PersonForm(forms.Form):
    """A person and a stay, as admission and correction ask for them."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=160)
    nik = forms.CharField(label=gettext_lazy("NIK"), max_length=24, required=False)
    birth_place = forms.CharField(label=gettext_lazy("Place of birth"), max_length=120, required=False)
    birth_on = _day(gettext_lazy("Day of birth"))
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=[("", "–"), *Sex.choices], required=False)
    register_number = forms.CharField(
        label=gettext_lazy("Register number"), max_length=24, help_text=gettext_lazy("As in B.I 12/2026.")
    )
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), choices=Standing.choices)
    admitted_on = _day(gettext_lazy("Day of admission"))
    block = forms.CharField(label=gettext_lazy("Block and cell"), max_length=40, required=False)
    offence = forms.CharField(label=gettext_lazy("Offence"), max_length=200, required=False)
    sentence_years = _count(gettext_lazy("Sentence: years"), 99)
    sentence_months = _count(gettext_lazy("Sentence: months"), 99)
    sentence_days = _count(gettext_lazy("Sentence: days"), 999)
    third_on = _day(gettext_lazy("1/3 of the sentence"))
    half_on = _day(gettext_lazy("1/2 of the sentence"))
    two_thirds_on = _day(gettext_lazy("2/3 of the sentence"))
    expires_on = _day(gettext_lazy("Expiry"))
    legal_dates_read_on = _day(gettext_lazy("Legal dates read on"))
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)
    version = forms.CharField(widget=forms.HiddenInput(), required=False)

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if not rules.search_name(name):
            raise ValidationError(_("A name has letters."))
        return name

    def clean_nik(self) -> str | None:
        typed = self.cleaned_data["nik"]
        try:
            return rules.digits_of_nik(typed) if typed.strip() else None
        except RuleBroken as refusal:
            raise ValidationError(refusal.message) from refusal

    def clean_register_number(self) -> str:
        return known_register_number(self.cleaned_data["register_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dates = [data.get(name) for name in ("third_on", "half_on", "two_thirds_on", "expires_on")]
        if any(dates) and not data.get("legal_dates_read_on") and "legal_dates_read_on" not in self.errors:
            self.add_error("legal_dates_read_on", _("Say on which day these dates were read: remission moves them."))
        return data

    @property
    def person(self) -> PersonFacts:
        """What was typed about the person."""
        return PersonFacts(**{name: self.cleaned_data[name] for name in PersonFacts.names()})

    @property
    def stay(self) -> StayFacts:
        """What was typed about the stay."""
        values = {name: self.cleaned_data[name] for name in StayFacts.names()}
        return StayFacts(**{**values, "offence": values["offence"] or None})


class EndForm(forms.Form):
    end_kind = forms.ChoiceField(label=gettext_lazy("How the stay ended"), choices=CustodyEnd.choices)
    ended_on = forms.DateField(label=gettext_lazy("On"), widget=DayInput())
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For a transfer: to which facility, and the letter's number."),
    )


class SearchForm(forms.Form):
    cari = forms.CharField(label=gettext_lazy("Name, register number or NIK"), max_length=160)


class ListForm(forms.Form):
    """Filters of the list; what does not fit is as if it were not asked."""

    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("di-dalam", gettext_lazy("In custody")), ("keluar", gettext_lazy("Left"))],
        required=False,
    )
    golongan = forms.ChoiceField(
        label=gettext_lazy("Standing"), choices=[("", gettext_lazy("All")), *Standing.choices], required=False
    )
    blok = forms.ChoiceField(label=gettext_lazy("Block"), required=False)

    def __init__(self, *args: Any, blocks: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blok"].choices = [("", _("All")), *((block, block) for block in blocks)]  # type: ignore[attr-defined]

    @property
    def has_left(self) -> bool:
        """Whether those who left are asked for."""
        return self.cleaned_data.get("keadaan") == "keluar"
