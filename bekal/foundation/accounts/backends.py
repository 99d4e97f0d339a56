"""Sign-in by username or by NIP, whichever the officer types."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from bekal.foundation.accounts.models import SYSTEM_USERNAME, User


def normal_form(typed: str) -> str:
    """What somebody typed as username or NIP, in the one spelling that is looked up and counted."""
    return "".join(typed.split()).lower()


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name under which axes counts failures: another spelling is no further chance."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal_form(str(typed))[:255]


class UsernameOrNipBackend(BaseBackend):
    """Finds an active person by username (any case) or NIP (spaces ignored) and checks the password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        typed = normal_form(username or "")
        person = User.objects.filter(Q(username=typed) | Q(nip=typed or None)).first()
        if person is None or person.username == SYSTEM_USERNAME:
            # As slow as a wrong password, so that the time does not tell which names exist.
            User().set_password(password or "")
            return None
        return person if person.check_password(password or "") and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
