"""What officers type about certificates: checked here, saved by operations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bekal.delivery.certificates.choices import CertificateStatus


class ReasonForm(forms.Form):
    """Why a certificate is revoked or issued anew: kept in the archive, not shown on the public page."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For the archive of this office. The check page does not show it."),
        max_length=200,
    )


class FilterForm(forms.Form):
    """Which certificates the list shows. By number or code; a name does not belong into an address."""

    cari = forms.CharField(label=gettext_lazy("Number or code"), max_length=40, required=False)
    keadaan = forms.ChoiceField(label=gettext_lazy("Standing"), required=False)
    tahun = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keadaan"].choices = [("", gettext_lazy("All")), *CertificateStatus.choices]  # type: ignore[attr-defined]
        self.fields["tahun"].choices = [("", gettext_lazy("All")), *((year, year) for year in years)]  # type: ignore[attr-defined]
