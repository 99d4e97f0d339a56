"""What a stranger types or uploads to check a certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_BYTES = 5 * 1024 * 1024


class CheckForm(forms.Form):
    """A code, a file, or both: then the file is compared with what was issued under the code."""

    kode = forms.CharField(
        label=gettext_lazy("Code below the QR picture"),
        help_text=gettext_lazy(
            "Twelve letters and digits, such as K7QM-4XTD-9F2A. Capital or small makes no difference."
        ),
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "form-control code", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    berkas = forms.FileField(
        label=gettext_lazy("Or the PDF file"),
        help_text=gettext_lazy("The file is only compared, then dropped. At most 5 MB."),
        allow_empty_file=True,
        required=False,
        widget=forms.ClearableFileInput({"accept": "application/pdf"}),
    )

    def clean_berkas(self) -> Any:
        file = self.cleaned_data["berkas"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. A certificate is smaller."))
        return file

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if not self.errors and not entered.get("kode") and entered.get("berkas") is None:
            raise forms.ValidationError(_("Type the code, or choose the PDF file."))
        return entered
