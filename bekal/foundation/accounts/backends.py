"""Sign-in by username or by NIP, whichever the officer types."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from bekal.foundation.accounts.coming_in import who_comes_in
from bekal.foundation.accounts.models import SYSTEM_USERNAME, User
from bekal.foundation.core.encryption import blind_index

COUNTED = "accounts.tries"


def normal_form(typed: str) -> str:
    """What somebody typed as username or NIP, in the one spelling that is looked up and counted."""
    return "".join(typed.split()).lower()


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The sign under which axes counts failures: another spelling is no further chance, and what was typed cannot be read back
    from it (people type their password here by mistake).
    """
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return blind_index(normal_form(str(typed)), purpose=COUNTED).hex()


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
        return person if person.check_password(password or "") and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, person: User) -> bool:
        """A closed sign-in opens nothing, nor one of the demo on the office's network: everybody knows its password."""
        return person.is_active and not (settings.IS_OPEN and person.is_demo)

    def get_user(self, user_id: int) -> User | None:
        person = who_comes_in(user_id)
        return person if person and self.user_can_authenticate(person) else None
