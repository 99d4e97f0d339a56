"""How sign-in (allauth) fits this house: accounts are made by the head, never by oneself."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from bekal.foundation.accounts.models import User


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
