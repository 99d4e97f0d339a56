"""Sessions: when, where, taught by whom; those that make up for one; instructors from outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes import queries
from bekal.foundation.core.inputs import DayInput, TimeInput
from bekal.foundation.facilities.models import Facility
from bekal.foundation.facilities.queries import places_of


class SessionForm(forms.Form):
    """A session on the timetable."""

    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    starts_at = forms.TimeField(label=gettext_lazy("Begins at"), widget=TimeInput())
    ends_at = forms.TimeField(label=gettext_lazy("Ends at"), widget=TimeInput())
    jp = forms.IntegerField(label="JP", min_value=1, max_value=24)
    place = forms.ModelChoiceField(label=gettext_lazy("Place"), queryset=None)
    officers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Officers who teach"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    instructors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Instructors from outside"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["place"].queryset = places_of(facility)
        fields["place"].label_from_instance = lambda row: f"{row.name} ({row.capacity})"
        fields["officers"].queryset = queries.teachers_of(facility.pk)
        fields["officers"].label_from_instance = lambda row: row.name
        fields["instructors"].queryset = queries.instructors_of(facility)
        fields["instructors"].label_from_instance = lambda row: f"{row.name} ({row.agency})"
        if not fields["instructors"].queryset:
            del fields["instructors"]


class InstructorForm(forms.Form):
    """Somebody from outside who teaches here."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=120)


class MakeUpRuleForm(forms.Form):
    """Whether hours that are made up count, from a day on, and what says so."""

    does_count = forms.TypedChoiceField(
        label=gettext_lazy("Hours made up in catch-up sessions"),
        choices=[("ya", gettext_lazy("count towards completion")), ("tidak", gettext_lazy("do not count"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    most_percent = forms.IntegerField(
        label=gettext_lazy("At most so many percent of the held hours"), min_value=0, max_value=100, initial=100
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    basis = forms.CharField(label=gettext_lazy("Basis"), max_length=200)
    is_verified = forms.BooleanField(label=gettext_lazy("The basis was read and is in force"), required=False)
