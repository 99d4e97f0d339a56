"""Guests, typed as one list; and who hands over what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.choices import GuestAnswer, GuestKind, TurnKind
from bekal.delivery.ceremonies.models import Ceremony, Guest
from bekal.foundation.facilities.models import Official


def _text(label: Any, length: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, widget=forms.TextInput({"aria-label": label}), required=False
    )


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select({"aria-label": label}), required=False)


class GuestForm(forms.Form):
    """A line of the list of guests; a line without name and post falls away."""

    guest = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = _choice(gettext_lazy("Kind"), GuestKind.choices)
    name = _text(gettext_lazy("Name"), 120)
    post = _text(gettext_lazy("Post"), 120)
    office = _text(gettext_lazy("Office or remark"), 160)
    answer = _choice(gettext_lazy("Answer"), GuestAnswer.choices)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        entered["kind"] = entered.get("kind") or GuestKind.GOVERNMENT
        entered["answer"] = entered.get("answer") or GuestAnswer.WAITING
        if entered.get("office") and not entered.get("name") and not entered.get("post"):
            raise ValidationError({"name": _("Say who comes from there: a name or a post.")})
        return entered

    @property
    def is_named(self) -> bool:
        """Whether somebody stands in this line."""
        return bool(self.cleaned_data.get("name") or self.cleaned_data.get("post"))

    @staticmethod
    def initial_of(guest: Guest) -> dict[str, Any]:
        """What a line shows of a guest."""
        facts = ("kind", "name", "post", "office", "answer")
        return {"guest": guest.public_id, **{fact: getattr(guest, fact) for fact in facts}}


GuestForms = formset_factory(GuestForm, extra=8, max_num=400, absolute_max=420)


class TurnsForm(forms.Form):
    """For each batch: who takes the tags back, who hands the certificates over."""

    def __init__(self, *args: Any, ceremony: Ceremony, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officials, guests = queries.givers_for(ceremony)
        self.givers: dict[str, Official | Guest] = {str(giver.public_id): giver for giver in [*officials, *guests]}
        choices = [
            ("", "–"),
            (_("Officials"), [(str(row.public_id), f"{row.name}, {row.post}") for row in officials]),
            (_("Guests"), [(str(row.public_id), _told(row)) for row in guests]),
        ]
        turns = queries.turns_of(ceremony)
        self.rows = []
        for row in queries.batches_of(ceremony):
            names = {}
            for what in TurnKind:
                name = f"{what}-{row.batch.public_id}"
                turn = turns.get((row.batch_id, what))
                giver = turn and (turn.official or turn.guest)
                label = f"{what.label}: {row.batch.name}"
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    initial=str(giver.public_id) if giver else "",
                    widget=forms.Select({"aria-label": label}),
                    required=False,
                )
                names[what] = name
            self.rows.append((row.batch, names))

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """Batch by batch: the batch and its two choices."""
        return [(batch, self[names[TurnKind.TAGS]], self[names[TurnKind.CERTIFICATES]]) for batch, names in self.rows]

    @property
    def chosen(self) -> dict[tuple[Any, str], Official | Guest | None]:
        """Who was chosen for each batch and kind of turn."""
        return {
            (batch, what): self.givers.get(self.cleaned_data[name])
            for batch, names in self.rows
            for what, name in names.items()
        }


def _told(guest: Guest) -> str:
    return ", ".join(part for part in (guest.name, guest.post, guest.office) if part)


class ReceiversForm(forms.Form):
    """For each batch that the officer sees: who comes forward, of those who consent to photos."""

    def __init__(self, *args: Any, ceremony: Ceremony, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may, chosen = queries.who_may_receive(ceremony), queries.receivers_of(ceremony)
        self.rows = {
            str(row.batch.public_id): (row.batch, may.get(row.batch_id, [])) for row in queries.batches_of(ceremony)
        }
        for key, (batch, enrolments) in self.rows.items():
            if not enrolments:
                continue
            now = chosen.get(batch.pk)
            self.fields[f"receiver-{key}"] = forms.ChoiceField(
                label=batch.name,
                choices=[("", "–"), *((str(each.public_id), each.person.full_name) for each in enrolments)],
                initial=str(now.public_id) if now else "",
                required=False,
            )

    @property
    def chosen(self) -> dict[Any, Any]:
        """Who was chosen for each batch shown."""
        found = {}
        for key, (batch, enrolments) in self.rows.items():
            if enrolments:
                picked = self.cleaned_data[f"receiver-{key}"]
                found[batch] = next((each for each in enrolments if str(each.public_id) == picked), None)
        return found
