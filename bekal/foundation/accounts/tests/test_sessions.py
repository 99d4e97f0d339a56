"""A session whose database goes away."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError

from bekal.foundation.accounts.sessions import SessionStore


@pytest.fixture
def session(db: None) -> SessionStore:
    store = SessionStore()
    store["hat"] = 1
    store.save()
    return store


def test_a_lost_database_is_not_called_a_deleted_session(
    session: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_given: object, **_named: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(Session, "save", lost)

    with pytest.raises(OperationalError):
        session.save()


def test_a_session_that_was_ended_elsewhere_still_counts_as_ended(session: SessionStore) -> None:
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
