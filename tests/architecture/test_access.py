"""Every URL for every role: opened or refused, as the one table of roles says."""

import re
import uuid
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.accounts.roles import ROLES, may

# Pages that need no permission, each with its reason.
OPEN_TO_ALL = {
    "site:ask": "the public check page",
    "site:code": "the public check page",
    "keeping:health": "one word for a machine that watches the house",
    "accounts:language": "a stranger may read in English",
    "accounts:come-in-again": "opened by somebody who cannot sign in",
    "accounts:first-run": "opened in an empty house, with its token",
    "account_login": "the door",
    "desk:desk": "sends strangers to the door",
}
OPEN_TO_SIGNED_IN = {
    "guides:front",
    "guides:guide",
    "accounts:switch-posting",
    "accounts:appearance",
    "accounts:password",
    "accounts:no-posting",
    "jobs:job",
    "account_logout",
    "account_reauthenticate",
}
OUTSIDE = (Role.SYSTEM,)


def _patterns(
    resolver: URLResolver, prefix: str = "", names: str = ""
) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from _patterns(entry, path, space)
        elif isinstance(entry, URLPattern):
            yield f"{names}{entry.name}", path, entry.callback, entry.pattern.converters


ALL = sorted(_patterns(get_resolver()), key=lambda row: row[0])
GUARDED = [row for row in ALL if hasattr(row[2], "permission")]


def _url(path: str, converters: dict[str, Any]) -> str:
    samples = {
        "UUIDConverter": str(uuid.UUID(int=7)),
        "IntConverter": "7",
        "StringConverter": "xlsx",
        "SlugConverter": "xlsx",
    }
    for name, converter in converters.items():
        path = re.sub(rf"<[^<>]*\b{name}>", samples[type(converter).__name__], path)
    # A path written as an expression: its first choice stands for all.
    path = re.sub(r"\(\?P<\w+>([^|)]+)[^)]*\)", r"\1", path)
    return "/" + re.sub(r"[\^$\\]", "", path)


def _ask(browser: Client, url: str) -> Any:
    """Open a page, or press the button that it is for."""
    answer = browser.get(url)
    return browser.post(url) if answer.status_code == 405 else answer


def test_every_page_is_guarded_or_on_a_short_list() -> None:
    rest = {name for name, *_row in ALL if not name.startswith("mfa_")} - {row[0] for row in GUARDED}

    assert rest - set(OPEN_TO_ALL) - OPEN_TO_SIGNED_IN == set()


@pytest.fixture
def cast(melati, house, now, within) -> dict[Role, User]:  # type: ignore[no-untyped-def]
    people = {}
    for role in Role:
        if role in OUTSIDE:
            continue
        user = User.objects.create(
            username=f"uji-{role.value.replace('_', '-')}", name=role.label, must_change_password=False, created_at=now
        )
        with within(house):
            Posting.objects.create(user=user, role=role, title="Uji", facility=melati, from_on=date(2025, 1, 1))
        people[role] = user
    return people


def test_each_role_opens_its_pages_and_is_refused_the_others(cast, pages_of) -> None:  # type: ignore[no-untyped-def]
    wrong = []
    for role, user in cast.items():
        browser = pages_of(user)
        for name, path, view, converters in GUARDED:
            status = _ask(browser, _url(path, converters)).status_code
            expected_refusal = not may(role, view.permission)
            if (status == 403) != expected_refusal or status >= 500:
                wrong.append(f"{role} {name}: {status}")
    assert wrong == [], wrong


def test_a_stranger_is_sent_to_the_door(melati) -> None:  # type: ignore[no-untyped-def]
    browser = Client()
    for name, path, _view, converters in GUARDED:
        answer = _ask(browser, _url(path, converters))
        assert answer.status_code == 302 and answer["Location"].startswith("/akun/masuk/"), name


def test_every_permission_exists_and_has_a_role() -> None:
    named = set()
    for config in apps.get_app_configs():
        if config.name.startswith("bekal.") and find_spec(f"{config.name}.permissions"):
            module = import_module(f"{config.name}.permissions")
            named |= {value for key, value in vars(module).items() if key.isupper()}

    held = set().union(*ROLES.values())
    assert named == held
