"""How sign-in (allauth) fits this house: accounts are made by the head, never by oneself."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.accounts.models import User
from bekal.foundation.core.encryption import seal, unseal

SECRETS = "accounts.second_factor"


class HouseAdapter(DefaultAccountAdapter):
    """No sign-up and no letters: the head makes an account and hands over its first password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """The house writes to nobody."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the person in the app and in the passkey by username: others may see them there."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This was not accepted. Try once more, or choose another way."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The house as a passkey knows it: by the name under which it was opened, without the port."""
        return {"id": split_domain_port(context.request.get_host())[0], "name": "Bekal"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {"id": user_pk_to_url_str(user).encode(), "name": user.username, "display_name": user.username}

    def generate_authenticator_name(self, user: User, kind: Authenticator.Type) -> str:
        """What a passkey is called whose owner gave it no name."""
        number = Authenticator.objects.filter(user=user, type=kind).count() + 1
        return _("Passkey %(n)s") % {"n": number}

    def encrypt(self, text: str) -> str:
        """Secrets of second factors lie encrypted, as a NIK does."""
        return b64encode(seal(text.encode(), bound_to=SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), bound_to=SECRETS).decode()
