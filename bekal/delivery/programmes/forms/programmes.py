"""Programmes, their modules, what they ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes.choices import CriterionRule, ProgrammeKind
from bekal.foundation.core.inputs import DayInput
from bekal.foundation.facilities import reference


class ProgrammeForm(forms.Form):
    """What is offered. The kind is chosen once."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ProgrammeKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    certificate_title = forms.CharField(
        label=gettext_lazy("Title on certificates"),
        help_text=gettext_lazy("People show it to employers: it names no prison and, for rehabilitation, no health."),
        max_length=120,
    )
    hours_jp = forms.IntegerField(label=gettext_lazy("Hours in JP"), min_value=1, max_value=5000)
    minutes_per_jp = forms.IntegerField(label=gettext_lazy("Minutes of a JP"), min_value=1, max_value=120, initial=45)
    attendance_percent = forms.IntegerField(
        label=gettext_lazy("Completed from this percent of held hours"), min_value=0, max_value=100, initial=80
    )
    attendance_basis = forms.CharField(
        label=gettext_lazy("Basis of this percent"),
        help_text=gettext_lazy("The letter or rule that says so. Without one the page says: not verified."),
        max_length=200,
        required=False,
    )
    standard = forms.CharField(label=gettext_lazy("Standard followed"), max_length=120, required=False)
    is_verdict_only = forms.BooleanField(
        label=gettext_lazy("The check page says only whether a certificate is genuine"), required=False
    )
    is_active = forms.BooleanField(label=gettext_lazy("Offered"), required=False, initial=True)
    read_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("is_active", "read_version") if is_new else ("kind",):
            del self.fields[name]


class ModuleForm(forms.Form):
    """A line of the modules; one without a title falls away."""

    module = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("Module"), max_length=160, required=False)
    hours_jp = forms.IntegerField(label=gettext_lazy("JP"), min_value=1, max_value=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("title") and not data.get("hours_jp"):
            self.add_error("hours_jp", gettext_lazy("A module has hours."))
        return data


class _Lines(forms.BaseFormSet):
    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines that have a title, in their order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]


ModuleFormSet = forms.formset_factory(ModuleForm, formset=_Lines, extra=3, max_num=60)


class CriterionForm(forms.Form):
    """What a programme asks from a day on."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"), choices=CriterionRule.choices)
    value = forms.CharField(
        label=gettext_lazy("Value"),
        help_text=gettext_lazy(
            "A number, 1/3, 1/2, 2/3, or words such as Sentenced or Narcotics; several with commas between."
        ),
        max_length=60,
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=200)
    is_verified = forms.BooleanField(label=gettext_lazy("The basis was read and is in force"), required=False)


class ReferenceForm(forms.Form):
    """A criterion taken over from the reference table, with its basis."""

    code = forms.ChoiceField(label=gettext_lazy("From the reference table"))
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in reference.rows("eligibility_criteria") if row["programme_kind"] == kind]
        self.fields["code"].choices = [(row["code"], reference.label_of(row, "title")) for row in rows]  # type: ignore[attr-defined]

    @property
    def criterion(self) -> dict[str, Any]:
        """What the chosen row says, as `operations.add_criterion` takes it."""
        row = reference.by_code("eligibility_criteria")[self.cleaned_data["code"]]
        return {
            "rule": row["rule"],
            "value": row["value"],
            "basis": row["basis"],
            "is_verified": row["verified"] == "yes",
            "from_on": self.cleaned_data["from_on"],
        }
