"""One sheet on which what many people answered is typed: a hall, a batch, or one person alone.

It stands beside the forms of this app because pages of the floors above use it too: they give it their people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.core.inputs import DayInput
from bekal.people import consents
from bekal.people.choices import ConsentAnswer, ConsentKind, ConsentProof
from bekal.people.models import Person
from bekal.people.operations import Asked


@dataclass(frozen=True)
class Occasion:
    """What an answer may be limited to, and for which of the people the occasion tells a health fact (primary keys)."""

    public_id: UUID
    title: str
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """One person of the sheet: where they stand, and what was typed."""

    person: Person
    standing: consents.Standing
    typed: str


class ConsentSheet(forms.Form):
    """The question, the day and the proof for everybody on the sheet; the answers stand in its lines."""

    # Chosen by a link and not in the form: the words above the answers must be those of the question that is saved.
    kind = forms.ChoiceField(choices=ConsentKind.choices, widget=forms.HiddenInput)
    reach = forms.ChoiceField(label=gettext_lazy("For"), widget=forms.RadioSelect)
    given_on = forms.DateField(label=gettext_lazy("Answered on"), widget=DayInput())
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=DayInput(),
        required=False,
        help_text=gettext_lazy("Empty: until it is withdrawn."),
    )
    proof = forms.ChoiceField(label=gettext_lazy("Proof"), choices=ConsentProof.choices, widget=forms.RadioSelect)
    witness_name = forms.CharField(label=gettext_lazy("Witness"), max_length=120, required=False)
    witness_post = forms.CharField(label=gettext_lazy("Post of the witness"), max_length=120, required=False)
    signed_form = forms.FileField(
        label=gettext_lazy("Scan of the signed form"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 5 MB. It can also be added later."),
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        people: Iterable[Person],
        today: date,
        kind: str = "",
        occasion: Occasion | None = None,
    ) -> None:
        asked = kind if kind in ConsentKind.values else ConsentKind.PHOTO
        reach = "ini" if occasion else "umum"
        initial = {"kind": asked, "reach": reach, "given_on": today, "proof": ConsentProof.SIGNED}
        super().__init__(data, files, initial=initial)
        self.people, self.today, self.occasion = list(people), today, occasion
        if occasion is None:
            del self.fields["reach"]
        else:
            general = ("umum", _("All occasions"))
            self.fields["reach"].choices = [("ini", occasion.title), general]  # type: ignore[attr-defined]

    @property
    def question(self) -> str:
        """The kind that is typed, or the one that the page was opened with."""
        typed = self.data.get("kind", "") if self.is_bound else ""
        return typed if typed in ConsentKind.values else str(self.initial["kind"])

    @property
    def questions(self) -> list[tuple[str, str, bool]]:
        """Code and label of each question, and whether it is this one."""
        return [(code, str(label), code == self.question) for code, label in ConsentKind.choices]

    @property
    def text(self) -> consents.ConsentText:
        """What is read out."""
        return consents.text_on(self.question, self.today)

    @property
    def lines(self) -> list[Line]:
        """Everybody on the sheet, where they stand today, and what was typed for them."""
        use = self.occasion.public_id if self.occasion else None
        standings = consents.standings(self.people, self.question, on=self.today, use=use)
        return [Line(person, standings[person.pk], self._typed(person)) for person in self.people]

    def _typed(self, person: Person) -> str:
        answer = self.data.get(f"j-{person.public_id}", "") if self.is_bound else ""
        return answer if answer in ConsentAnswer.values else ""

    @property
    def answers(self) -> dict[Person, str]:
        """Who answered what; whoever was not asked is left out."""
        return {person: answer for person in self.people if (answer := self._typed(person))}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.answers:
            self.add_error(None, _("Nobody on the sheet has an answer yet. Choose yes or no in at least one row."))
        return data

    @property
    def asked(self) -> Asked:
        """What everybody on the sheet was asked."""
        data, file = self.cleaned_data, self.cleaned_data.get("signed_form")
        occasion = self.occasion if data.get("reach") == "ini" else None
        return Asked(
            kind=data["kind"],
            given_on=data["given_on"],
            until_on=data["until_on"],
            proof=data["proof"],
            witness_name=data["witness_name"],
            witness_post=data["witness_post"],
            occasion=occasion.public_id if occasion else None,
            occasion_title=occasion.title if occasion else "",
            hidden=occasion.hidden if occasion else frozenset(),
            signed_form=file.read() if file else b"",
        )
