"""What officers type about a facility: checked here, saved by operations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bekal.foundation.core.inputs import DayInput
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.choices import FacilityKind, Zone


def _regencies() -> list[tuple[str, str]]:
    return [("", "")] + [(row["code"], f"{row['name']} ({row['code']})") for row in reference.rows("regencies")]


def _classes() -> list[tuple[str, str]]:
    return [("", "")] + reference.choices("facility_classes", "name")


class PapersForm(forms.Form):
    """What stands on letterheads and on what people take with them."""

    name = forms.CharField(label=_("Name of the facility"), max_length=160)
    facility_class = forms.ChoiceField(label=_("Class"), choices=_classes, required=False)
    address = forms.CharField(label=_("Address"), widget=forms.Textarea({"rows": 2}), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    letterhead = forms.CharField(
        label=_("Lines above the name on letters"), widget=forms.Textarea({"rows": 3}), required=False
    )
    issuer_name = forms.CharField(
        label=_("Neutral name on certificates"),
        max_length=120,
        help_text=_("Employers read it. Choose a name that does not say prison."),
    )
    issue_place = forms.CharField(label=_("Place of issue"), max_length=80, help_text=_("A town, such as Tabanan."))
    asks_at = forms.CharField(
        label=_("Office to ask about a certificate"),
        max_length=200,
        required=False,
        help_text=_("Printed while the check page cannot be reached from outside."),
    )


class LogoForm(forms.Form):
    logo = forms.FileField(label=_("Logo for letters (PNG, at most 300 KB)"), required=False)


class FacilityForm(PapersForm):
    """All that an empty house must know of its first facility."""

    code = forms.CharField(label=_("Code for letters' numbers"), max_length=12)
    kind = forms.ChoiceField(label=_("Kind"), choices=FacilityKind.choices)
    zone = forms.ChoiceField(label=_("Time zone"), choices=Zone.choices)
    regency_code = forms.ChoiceField(label=_("Regency or city"), choices=_regencies)
    field_order = ("name", "code", "kind", "facility_class", "regency_code", "zone")

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class RoomForm(forms.Form):
    """How many a place takes, and whether batches share it."""

    capacity = forms.IntegerField(label=_("Room for"), min_value=1, max_value=5000)
    is_shared = forms.BooleanField(label=_("Several batches may be here at the same time"), required=False)


class PlaceForm(RoomForm):
    name = forms.CharField(label=_("Place"), max_length=80)
    field_order = ("name",)


class OfficialForm(forms.Form):
    name = forms.CharField(label=_("Name with titles"), max_length=120)
    nip = forms.CharField(label=_("NIP"), max_length=18, required=False)
    post = forms.CharField(label=_("Post"), max_length=120)
    is_head = forms.BooleanField(label=_("Head of the facility"), required=False)
    is_acting = forms.BooleanField(label=_("Acting (Plt.)"), required=False)
    acting_basis = forms.CharField(label=_("Letter of order, number and date"), max_length=160, required=False)
    from_on = forms.DateField(label=_("Signs from"), widget=DayInput())


class HolidayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DayInput())
    name = forms.CharField(label=_("Why there are no sessions"), max_length=120)
