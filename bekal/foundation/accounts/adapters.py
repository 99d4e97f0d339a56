"""How sign-in (allauth) fits this house: accounts are made by the head, never by oneself."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

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
    """Names the person in the authenticator by username: the secret's file may be seen by others."""

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        """Secrets of second factors lie encrypted, as a NIK does."""
        return b64encode(seal(text.encode(), bound_to=SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), bound_to=SECRETS).decode()
