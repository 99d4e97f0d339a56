"""What a reader's page sends: a code, the key of the reading, its instant; or a picture of a tag."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy


class ReadingForm(forms.Form):
    """One reading. Typed by hand it has no key and no instant: both are made here, from the instant given."""

    code = forms.CharField(
        label=gettext_lazy("Code of the tag"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # Milliseconds since 1970, as browsers count.
    read_at = forms.IntegerField(required=False, min_value=0, max_value=253402300799999, widget=forms.HiddenInput)

    def reading(self, now: datetime) -> dict[str, Any]:
        """What the operation takes."""
        told = self.cleaned_data["read_at"]
        key: UUID = self.cleaned_data["key"] or uuid4()
        read_at = datetime.fromtimestamp(told / 1000, UTC) if told else now
        return {"code": self.cleaned_data["code"], "key": key, "read_at": read_at}


class TagPictureForm(forms.Form):
    """A picture of a tag, from a camera or a file."""

    picture = forms.FileField(
        label=gettext_lazy("Picture of a tag"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
