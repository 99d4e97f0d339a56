"""Batches, their sessions, leaving them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes import queries
from bekal.delivery.programmes.choices import BatchStatus, ProgrammeKind
from bekal.delivery.programmes.plans import BatchPlan
from bekal.foundation.core.days import ENGLISH_WEEKDAYS
from bekal.foundation.core.inputs import DayInput, TimeInput
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility
from bekal.foundation.facilities.queries import places_of

_NAMES = {
    "Monday": gettext_lazy("Monday"),
    "Tuesday": gettext_lazy("Tuesday"),
    "Wednesday": gettext_lazy("Wednesday"),
    "Thursday": gettext_lazy("Thursday"),
    "Friday": gettext_lazy("Friday"),
    "Saturday": gettext_lazy("Saturday"),
    "Sunday": gettext_lazy("Sunday"),
}
WEEKDAYS = [(number, _NAMES[name]) for number, name in enumerate(ENGLISH_WEEKDAYS, start=1)]


class BatchForm(forms.Form):
    """A batch: seats, place, span, weekly pattern, who teaches."""

    code = forms.RegexField(
        r"^[A-Z0-9]{1,12}$",
        label=gettext_lazy("Short code"),
        help_text=gettext_lazy("For tags and lists, such as TB2: capital letters and digits."),
        required=False,
    )
    capacity = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=500)
    place = forms.ModelChoiceField(label=gettext_lazy("Place"), queryset=None)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput())
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.TimeField(label=gettext_lazy("Begins at"), widget=TimeInput())
    ends_at = forms.TimeField(label=gettext_lazy("Ends at"), widget=TimeInput())
    jp_per_session = forms.IntegerField(label=gettext_lazy("JP of a session"), min_value=1, max_value=24)
    teacher = forms.ModelChoiceField(label=gettext_lazy("Teacher"), queryset=None, required=False)
    teacher_note = forms.CharField(label=gettext_lazy("Others who teach"), max_length=120, required=False)
    standard = forms.CharField(label=gettext_lazy("Standard followed"), max_length=120, required=False)
    provider_decree = forms.CharField(
        label=gettext_lazy("Decree of the Directorate General on this year's providers"),
        help_text=gettext_lazy("For rehabilitation."),
        max_length=120,
        required=False,
    )
    is_verdict_only = forms.BooleanField(
        label=gettext_lazy("The check page says only whether a certificate is genuine"), required=False
    )
    read_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, teacher = self.fields["place"], self.fields["teacher"]
        place.queryset, teacher.queryset = places_of(facility), queries.teachers_of(facility.pk)  # type: ignore[attr-defined]
        place.label_from_instance = lambda row: f"{row.name} ({row.capacity})"  # type: ignore[attr-defined]
        teacher.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]

    @property
    def plan(self) -> BatchPlan:
        """What the operations take: everything but the version."""
        return BatchPlan(**{name: self.cleaned_data[name] for name in BatchPlan.names()})


class BatchFilterForm(forms.Form):
    """Which batches the list shows. Titles and codes only: a name does not belong into an address."""

    cari = forms.CharField(label=gettext_lazy("Programme or code"), max_length=60, required=False)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("All")), *BatchStatus.choices], required=False
    )
    jenis = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("All")), *ProgrammeKind.choices], required=False
    )
    tahun = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].choices = [("", gettext_lazy("All")), *((year, year) for year in years)]  # type: ignore[attr-defined]

    @property
    def filters(self) -> dict[str, Any]:
        """The filters as `queries.batches_of` takes them; what cannot be read filters nothing."""
        self.is_valid()
        data = self.cleaned_data
        names = {"words": "cari", "status": "keadaan", "kind": "jenis", "year": "tahun"}
        return {name: data[field] for name, field in names.items() if data.get(field)}


class ReasonForm(forms.Form):
    """Why something is called off."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class ExitForm(forms.Form):
    """How somebody leaves a batch before its end."""

    exit_kind = forms.ChoiceField(label=gettext_lazy("How"))
    exit_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Asked for removals and for whoever withdrew."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("Choose")), *reference.choices("exit_kinds")]
        self.fields["exit_kind"].choices = choices  # type: ignore[attr-defined]


class DepartureForm(forms.Form):
    """On which day somebody departed to another facility."""

    departed_on = forms.DateField(label=gettext_lazy("Departed on"), widget=DayInput())
