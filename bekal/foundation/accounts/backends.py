"""Sign-in by username or by NIP, whichever the officer types."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from bekal.foundation.accounts.models import SYSTEM_USERNAME, User


class UsernameOrNipBackend(BaseBackend):
    """Finds an active person by username (any case) or NIP (spaces ignored) and checks the password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        typed = (username or "").strip()
        person = User.objects.filter(Q(username=typed.lower()) | Q(nip=typed.replace(" ", "") or None)).first()
        if person is None or person.username == SYSTEM_USERNAME:
            # As slow as a wrong password, so that the time does not tell which names exist.
            User().set_password(password or "")
            return None
        return person if person.check_password(password or "") and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
