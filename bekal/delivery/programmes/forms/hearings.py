"""Nominations, hearings, decrees."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes.choices import DecreeKind
from bekal.delivery.programmes.models import Batch, Nomination
from bekal.delivery.programmes.rules import Decision
from bekal.foundation.core.inputs import DayInput
from bekal.foundation.facilities.models import Facility
from bekal.foundation.facilities.queries import officials_on

SECTIONS = ("menimbang", "mengingat", "memperhatikan", "memutuskan")
_AREA = forms.Textarea(attrs={"rows": 3})


def _parted(text: str) -> list[list[str]]:
    """Lines of `name, post`, parted at the first comma."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [[part.strip() for part in (line.partition(",")[0], line.partition(",")[2])] for line in lines]


class NominationForm(forms.Form):
    """Why somebody is proposed, and why though something is not met."""

    motive = forms.CharField(label=gettext_lazy("Why this person"), max_length=200, required=False)
    exception_reason = forms.CharField(
        label=gettext_lazy("Why all the same"),
        help_text=gettext_lazy("Asked where something is not met or not known."),
        max_length=200,
        required=False,
    )
    batch = forms.ModelChoiceField(label=gettext_lazy("Batch"), queryset=None, to_field_name="public_id")

    def __init__(
        self, *args: Any, batches: Iterable[Batch] | None = None, is_exception: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exception_reason"].required = is_exception
        if batches is None:
            del self.fields["batch"]
        else:
            field: Any = self.fields["batch"]
            field.queryset = batches
            field.label_from_instance = lambda row: f"{row.name} ({row.code})"


class HearingForm(forms.Form):
    """When and where the board sits, and who is there."""

    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    place = forms.CharField(label=gettext_lazy("Place"), max_length=80)
    members = forms.CharField(
        label=gettext_lazy("Members present"),
        help_text=gettext_lazy("One a line: name, post."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )

    def clean_members(self) -> list[dict[str, str]]:
        return [{"name": name[:120], "post": post[:120]} for name, post in _parted(self.cleaned_data["members"])]


def decisions_of(data: Mapping[str, Any], nominations: Iterable[Nomination]) -> dict[UUID, Decision]:
    """What was chosen for each nomination: `p-ID` is `ya` or `tidak`, `r-ID` the reason. The others stay open."""
    chosen = {}
    for nomination in nominations:
        key = nomination.public_id
        answer = data.get(f"p-{key}")
        if answer in ("ya", "tidak"):
            chosen[key] = Decision(answer == "ya", str(data.get(f"r-{key}", "")).strip()[:200])
    return chosen


class DecreeForm(forms.Form):
    """The sections of a decree, one point a line; for a team also its members."""

    tentang = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    menimbang = forms.CharField(label=gettext_lazy("Considering"), widget=_AREA, max_length=4000)
    mengingat = forms.CharField(label=gettext_lazy("In view of"), widget=_AREA, max_length=4000)
    memperhatikan = forms.CharField(label=gettext_lazy("Noting"), widget=_AREA, max_length=4000, required=False)
    memutuskan = forms.CharField(label=gettext_lazy("Decides"), widget=_AREA, max_length=4000)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("One a line: name, post."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )
    read_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == DecreeKind.PARTICIPANTS:
            del self.fields["team"]

    @staticmethod
    def shown(sections: Mapping[str, Any]) -> dict[str, str]:
        """The sections as the form shows them."""
        shown = {name: "\n".join(sections.get(name, [])) for name in SECTIONS}
        team = "\n".join(", ".join(member) for member in sections.get("team", []))
        return {"tentang": sections.get("tentang", ""), **shown, "team": team}

    @property
    def content(self) -> dict[str, Any]:
        """The sections as the decree keeps them."""
        lines = {
            name: [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()] for name in SECTIONS
        }
        return {"tentang": self.cleaned_data["tentang"], **lines}

    @property
    def team_members(self) -> list[tuple[str, str]]:
        return [(name, post) for name, post in _parted(self.cleaned_data.get("team", ""))]


class SignForm(forms.Form):
    """Who signs, of those in office today."""

    signatory = forms.ModelChoiceField(label=gettext_lazy("Signed by"), queryset=None)

    def __init__(self, *args: Any, facility: Facility, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["signatory"]
        field.queryset = officials_on(facility, today).filter(is_head=True)
        field.label_from_instance = lambda row: f"{'Plt. ' if row.is_acting else ''}{row.post}, {row.name}"
        field.initial = field.queryset.first()


class OutsideDecreeForm(forms.Form):
    """A decree that was made outside."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DecreeKind.choices)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=80)
    decided_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
