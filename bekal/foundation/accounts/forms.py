"""What officers type about sign-ins: checked here, saved by operations."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.accounts import rules
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.inputs import DayInput

# Roles that a facility gives out; the others come from above it.
FACILITY_ROLES = [role for role in Role if role not in (Role.SYSTEM, Role.REGION, Role.NATION, Role.PARTNER)]


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("New password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=gettext_lazy("The same once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return str(password)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords differ."))
        return data


class ChangePasswordForm(NewPasswordForm):
    """One's own password, changed at a desk that somebody may have left open: whoever changes it knows the present one."""

    present = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")


class OfficerForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    username = forms.CharField(label=gettext_lazy("Username"), max_length=60)
    nip = forms.CharField(label=gettext_lazy("NIP"), max_length=24, required=False)

    def clean_nip(self) -> str:
        nip = "".join(self.cleaned_data["nip"].split())
        doubt = rules.nip_doubt(nip) if nip else None
        if doubt:
            raise ValidationError(doubt)
        return nip


class PostingForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[(role.value, role.label) for role in FACILITY_ROLES])
    title = forms.CharField(label=gettext_lazy("Post"), max_length=120)
    from_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    until_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput(), required=False)
    is_acting = forms.BooleanField(label=gettext_lazy("Acting (Plt.)"), required=False)
    basis = forms.CharField(label=gettext_lazy("Letter of order, number and date"), max_length=160, required=False)
