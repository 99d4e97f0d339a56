"""Sessions in the database. What Django calls a deleted session may be a database that went away: that is said as what it is."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """As Django's, but a lost database stays a lost database (503 or 500), and does not become an unreadable request (400)."""

    def save(self, must_create: bool = False) -> Any:
        try:
            return super().save(must_create)
        except UpdateError as gone:
            if isinstance(gone.__context__, OperationalError):
                raise gone.__context__ from None
            raise
