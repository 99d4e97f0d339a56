"""Passkeys: a key that the officer's own PC or phone keeps, in place of the password. They belong to a name, never to figures."""

import ipaddress
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.accounts.backends import UsernameOrNipBackend


def are_offered(host: str, *, is_secure: bool) -> bool:
    """Whether a browser lets a page of this host ask for passkeys: a name, by TLS or on this very PC (WebAuthn Level 2, 5.1.3)."""
    name = split_domain_port(host)[0].strip("[]")
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return False
    return is_secure or name == "localhost"


def offered_to(request: HttpRequest) -> bool:
    """Whether the page of this request may speak of passkeys; also asked by the page that refuses a strange name."""
    with suppress(DisallowedHost):
        return are_offered(request.get_host(), is_secure=request.is_secure())
    return False


def _by_name(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if offered_to(request):
            return view(request, *args, **kwargs)
        messages.error(
            request, _("Passkeys work only where the house is opened by its name, not by an address in figures.")
        )
        return redirect("mfa_index" if request.user.is_authenticated else "account_login")

    return named


add, sign_in, confirm = map(_by_name, (views.add_webauthn, views.login_webauthn, views.reauthenticate_webauthn))


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey. It always stands in place of the password, so the PC or phone must have asked for its owner."""

    passwordless = None
    name = forms.CharField(
        label=gettext_lazy("Name of this passkey"),
        help_text=gettext_lazy("So that you know it again, such as: the PC in the workshop."),
        max_length=60,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return dict(super().clean())


class PasskeySignInForm(LoginWebAuthnForm):
    """Coming in by passkey. A sign-in that the password would not open, the passkey does not open either."""

    def clean_credential(self) -> Authenticator:
        found = super().clean_credential()
        if not UsernameOrNipBackend().user_can_authenticate(found.user):
            raise get_adapter().validation_error("incorrect_code")
        return found
