"""What officers type about a ceremony: checked here, saved by operations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.core.inputs import DayInput, TimeInput
from bekal.foundation.facilities.models import Official

MOST_BATCHES = 8


class BatchChoice(forms.ModelChoiceField):
    """A batch by its programme and number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


class OfficialChoice(forms.ModelChoiceField):
    """An official by name and post."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.post}"


class CeremonyForm(forms.Form):
    """The plan of a closing. The batches are chosen in the order in which they are called."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    starts_at = forms.TimeField(label=gettext_lazy("Hour"), widget=TimeInput())
    place = forms.CharField(label=gettext_lazy("Place"), max_length=80)
    signatory = OfficialChoice(label=gettext_lazy("Who signs the certificates"), queryset=Official.objects.none())
    handed_over_by = forms.CharField(
        label=gettext_lazy("Who hands them over"),
        help_text=gettext_lazy("Name and post as the minutes will say; it can be changed at each handing over."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, user: User, ceremony: Ceremony | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facility = user.facility_here
        signatory = self.fields["signatory"]
        signatory.queryset = Official.objects.filter(facility_id=facility).order_by("-is_head", "name", "pk")  # type: ignore[attr-defined]
        batches = queries.batches_to_close(user, besides=ceremony)
        for place in range(1, min(batches.count(), MOST_BATCHES) + 1):
            label = _("Batch, called as number %(n)s") % {"n": place}
            self.fields[f"batch_{place}"] = BatchChoice(label=label, queryset=batches, required=place == 1)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        chosen: list[Batch] = [
            entered.pop(name) for name in list(entered) if name.startswith("batch_") and entered[name] is not None
        ]
        if len({batch.pk for batch in chosen}) < len(chosen):
            raise ValidationError(_("A batch was chosen twice."))
        return {**{name: value for name, value in entered.items() if not name.startswith("batch_")}, "batches": chosen}

    @staticmethod
    def initial_of(ceremony: Ceremony) -> dict[str, Any]:
        """What the form shows of a plan."""
        rows = queries.batches_of(ceremony)
        facts = ("title", "held_on", "starts_at", "place", "signatory")
        return {
            **{fact: getattr(ceremony, fact) for fact in facts},
            **{f"batch_{place}": row.batch for place, row in enumerate(rows, start=1)},
            "handed_over_by": rows[0].handed_over_by if rows else "",
        }


class AgendaLineForm(forms.Form):
    """A line of the running order; a line without a title falls away."""

    item = forms.UUIDField(widget=forms.HiddenInput, required=False)
    starts_at = forms.TimeField(
        label=gettext_lazy("Hour"),
        widget=TimeInput({"aria-label": gettext_lazy("Hour")}),
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("What happens"),
        max_length=120,
        widget=forms.TextInput({"aria-label": gettext_lazy("What happens")}),
        required=False,
    )
    in_charge = forms.CharField(
        label=gettext_lazy("Who leads it"),
        max_length=120,
        widget=forms.TextInput({"aria-label": gettext_lazy("Who leads it")}),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=160,
        widget=forms.TextInput({"aria-label": gettext_lazy("Note")}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("title") and not entered.get("starts_at") and not self.errors:
            raise ValidationError({"starts_at": _("Say at what hour this begins.")})
        return entered


AgendaForms = formset_factory(AgendaLineForm, extra=3)
