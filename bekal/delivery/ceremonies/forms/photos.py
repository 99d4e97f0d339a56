"""Pictures coming in, and who is in them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.delivery.ceremonies import queries
from bekal.delivery.ceremonies.models import Ceremony, Photo
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.people.models import Person
from bekal.people.queries import by_register_number
from bekal.people.roster import read_register_number

MOST_AT_ONCE = 30


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PictureFiles(forms.FileField):
    """One or many files, chosen at once on a phone."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = list(data) if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_AT_ONCE:
            raise ValidationError(
                _("At most %(n)s pictures at once. Send the others after these.") % {"n": MOST_AT_ONCE}
            )
        return [super(PictureFiles, self).clean(each, initial) for each in files]


class PhotosForm(forms.Form):
    """Pictures, and what they show."""

    batch = forms.ChoiceField(label=gettext_lazy("What they show"), required=False)
    pictures = PictureFiles(
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP; several at once, at most 25 MB each. Place and hour that a phone writes into them are left out."
        ),
        widget=_ManyFiles({"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, ceremony: Ceremony, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batches: dict[str, Batch] = {str(row.batch.public_id): row.batch for row in queries.batches_of(ceremony)}
        field: Any = self.fields["batch"]
        field.choices = [
            ("", _("The whole hall, or several batches")),
            *((key, row.name) for key, row in self.batches.items()),
        ]

    def clean_batch(self) -> Batch | None:
        return self.batches.get(self.cleaned_data["batch"])


class MarksForm(forms.Form):
    """Who can be recognised in a picture."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who can be recognised"), widget=forms.CheckboxSelectMultiple, required=False
    )
    register_number = forms.CharField(
        label=gettext_lazy("Somebody else of this house, by register number"), max_length=24, required=False
    )
    is_nobody = forms.BooleanField(label=gettext_lazy("Nobody can be recognised"), required=False)

    def __init__(self, *args: Any, photo: Photo, people: Sequence[Person], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.user = {str(person.public_id): person for person in people}, user
        field: Any = self.fields["people"]
        field.choices = [(key, person.full_name) for key, person in self.known.items()]

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        people = [self.known[key] for key in entered.get("people", [])]
        if typed := entered.pop("register_number", "").strip():
            number = read_register_number(typed)
            found = by_register_number(self.user, number).first() if number else None
            if found is None:
                raise ValidationError(
                    {"register_number": _("Nobody here has this register number. Its form is: B.I 12/2026.")}
                )
            people.append(found)
        return {**entered, "people": list({person.pk: person for person in people}.values())}


class DestroyForm(forms.Form):
    """Why a picture is destroyed."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)
