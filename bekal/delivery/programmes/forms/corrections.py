"""Corrections: what a mark or a session shall say instead, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes.choices import Participation, SessionStatus
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.facilities import reference

WHY = gettext_lazy("What is wrong, and what shows it: a note of the clinic, the signed sheet, a letter.")


class MarkCorrectionForm(forms.Form):
    """What a mark shall say instead."""

    present = forms.ChoiceField(
        label=gettext_lazy("Present?"),
        choices=[("h", gettext_lazy("Present")), ("t", gettext_lazy("Not"))],
        widget=forms.RadioSelect,
    )
    absence_reason = forms.ChoiceField(label=gettext_lazy("If not, reason"), required=False)
    participation = forms.ChoiceField(
        label=gettext_lazy("Took part?"), choices=[("", "–"), *Participation.choices], required=False
    )
    counted_jp = forms.IntegerField(label=gettext_lazy("JP counted"), min_value=0, max_value=24, required=False)
    reason = forms.CharField(label=gettext_lazy("Why the correction"), help_text=WHY, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *reference.choices("absence_reasons")]
        self.fields["absence_reason"].choices = choices  # type: ignore[attr-defined]

    @property
    def mark(self) -> Mark:
        """What was chosen; what does not belong to it is left out."""
        data = self.cleaned_data
        if data["present"] == "t":
            return Mark(False, data["absence_reason"])
        return Mark(True, "", data["participation"] or Participation.ACTIVE, data["counted_jp"] or 0)


class SessionCorrectionForm(forms.Form):
    """What shall be said of a session instead."""

    status = forms.ChoiceField(
        label=gettext_lazy("Was it held?"),
        choices=[pair for pair in SessionStatus.choices if pair[0] != SessionStatus.PLANNED],
        widget=forms.RadioSelect,
    )
    held_jp = forms.IntegerField(label=gettext_lazy("If in part, JP"), min_value=1, max_value=24, required=False)
    note = forms.CharField(label=gettext_lazy("If not, why"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Why the correction"), help_text=WHY, max_length=300)

    @staticmethod
    def shown(session: Session) -> dict[str, Any]:
        return {"status": session.status, "held_jp": session.held_jp, "note": session.note}


class DecisionForm(forms.Form):
    """Accepted or refused; a refusal says why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Asked when refused."),
        max_length=200,
        required=False,
    )
