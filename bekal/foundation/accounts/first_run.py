"""The first page of an empty house: with the token from the terminal, the facility and its first officer."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bekal.foundation.accounts import operations
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.forms import NewPasswordForm, OfficerForm
from bekal.foundation.accounts.models import User
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.forms import FacilityForm
from bekal.foundation.facilities.models import Facility
from bekal.foundation.facilities.operations import open_facility


class TokenForm(forms.Form):
    token = forms.CharField(
        label=gettext_lazy("Token from the terminal"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )


class FirstOfficerForm(OfficerForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(Role.HEAD.value, Role.HEAD.label), (Role.OPERATOR.value, Role.OPERATOR.label)],
        help_text=gettext_lazy("Either may make the sign-ins of the other officers."),
    )
    title = forms.CharField(label=gettext_lazy("Post"), max_length=120)


@transaction.atomic
def open_house(*, token: str, facility: dict[str, Any], officer: dict[str, Any], password: str, at: datetime) -> User:
    """Open an empty house: its facility and the first officer, who may make the sign-ins of the others."""
    if Facility.objects.exists():
        raise RuleBroken(_("This house is open already."))
    operations.spend_first_run_token(token=token, at=at)
    opened = open_facility(**facility, by=None, at=at)
    role, title = officer.pop("role"), officer.pop("title")
    user = operations.create_officer(
        **officer, password=password, facility=opened, by=None, at=at, must_change_password=False
    )
    operations.add_posting(
        user=user,
        role=role,
        title=title,
        facility=opened,
        from_on=opened.day_of(at),
        until_on=None,
        is_acting=False,
        basis="",
        by=None,
        at=at,
    )
    return user


@sensitive_post_parameters()
@never_cache
def first_run(request: HttpRequest) -> HttpResponse:
    """Shown while the house is empty, and never after."""
    if Facility.objects.exists():
        return redirect("desk:desk")
    data = request.POST or None
    token, facility, officer, password = (
        TokenForm(data),
        FacilityForm(data, prefix="upt"),
        FirstOfficerForm(data),
        NewPasswordForm(data),
    )
    parts = [token, facility, officer, password]
    if request.method == "POST" and sum(form.is_valid() for form in parts) == len(parts):
        try:
            open_house(
                token=token.cleaned_data["token"],
                facility=facility.cleaned_data,
                officer=dict(officer.cleaned_data),
                password=password.cleaned_data["password"],
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form = next((form for form in parts if refusal.field in form.fields), token)
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The house is open. Sign in."))
            return redirect("account_login")
    return render(
        request,
        "accounts/first_run.html",
        {"token_form": token, "facility_form": facility, "officer_form": officer, "password_form": password},
    )
