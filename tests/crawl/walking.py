"""Walks through the house as a signed-in officer: follows links and forms, and reads what it gets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from lxml.html import HtmlElement

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.queries import postings_in_force
from bekal.foundation.accounts.roles import may
from bekal.foundation.core.scope import entered

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# What a page says beside its text.
SPEAKING = ("title", "alt", "aria-label", "placeholder", "data-label", "label", "data-confirm")
SILENT = {"script", "style", "svg"}


def _said(element: HtmlElement) -> Iterator[str]:
    """Text and speaking attributes, in their order; not what is the text of an Indonesian paper, whoever reads it."""
    if isinstance(element.tag, str) and element.tag not in SILENT and not _is_paper(element):
        yield element.text or ""
        for name in SPEAKING:
            yield element.get(name, "")
        for child in element:
            yield from _said(child)
            yield child.tail or ""


def _is_paper(element: HtmlElement) -> bool:
    return element.tag == "textarea" or (element.get("lang") == "id" and element.tag not in ("html", "button"))


@dataclass
class Answer:
    """What the house answered to one address."""

    address: str
    status: int
    kind: str
    body: bytes
    headers: dict[str, str]
    page: HtmlElement | None = None

    @property
    def shape(self) -> str:
        """The address without the row that it names."""
        return ID.sub("…", self.address.split("?")[0])

    def said(self) -> list[str]:
        """Every piece of text and every speaking attribute of the page, in its order."""
        pieces = _said(self.page) if self.page is not None else ()
        return [text for piece in pieces if (text := " ".join(piece.split()))]


@dataclass
class Walk:
    """One officer's way through all pages that links lead to, at most `per_shape` rows of each kind of page."""

    user: User
    client: Client
    per_shape: int = 3
    seen: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    # Forms whose button this officer may not press.
    forbidden_forms: list[str] = field(default_factory=list)

    def go(self, *starts: str) -> Iterator[Answer]:
        """Every answer, in the order in which links lead there."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0).split("#")[0]
            shape = ID.sub("…", re.sub(r"=[^&]*", "=", address))
            if address in self.asked or self.seen.get(shape, 0) >= self.per_shape:
                continue
            self.asked.add(address)
            self.seen[shape] = self.seen.get(shape, 0) + 1
            answer = self.ask(address)
            yield answer
            waiting += self._links(answer)

    def ask(self, address: str) -> Answer:
        """What the house answers."""
        got = self.client.get(address)
        body = b"".join(got) if got.streaming else got.content
        kind = got.headers.get("Content-Type", "").split(";")[0]
        page = lxml.html.document_fromstring(body.decode()) if kind == "text/html" and body.strip() else None
        return Answer(address, got.status_code, kind, body, dict(got.headers), page)

    def _links(self, answer: Answer) -> Iterator[str]:
        if "Location" in answer.headers:
            yield self._inside(answer, answer.headers["Location"])
        if answer.page is None:
            return
        for element in answer.page.iter("a", "form", "button", "img", "link"):
            address = element.get("href") or element.get("src") or element.get("hx-get")
            if element.tag == "form":
                yield from self._of_form(answer, element)
            elif element.get("formaction"):
                self._may_press(answer, element.get("formaction"))
            elif address:
                yield self._inside(answer, address)

    def _of_form(self, answer: Answer, form: HtmlElement) -> Iterator[str]:
        action = form.get("action") or answer.address
        if (form.get("method") or "get").lower() == "post":
            self._may_press(answer, action)
            return
        values = [(name, value or "") for name, value in form.form_values()]
        yield self._inside(answer, f"{action.split('?')[0]}?{urlencode(values)}")

    def _may_press(self, answer: Answer, action: str) -> None:
        try:
            view = resolve(urlsplit(urljoin(answer.address, action)).path).func
        except Resolver404:
            self.forbidden_forms.append(f"{answer.shape} leads nowhere: {ID.sub('…', action)}")
            return
        permission = getattr(view, "permission", None)
        if permission and not may(self.user.role_code, permission):
            self.forbidden_forms.append(f"{answer.shape} has a button for {permission}")

    @staticmethod
    def _inside(answer: Answer, address: str) -> str:
        """The address within the house, or a page that was walked already where it leads outside or is no page."""
        parts = urlsplit(urljoin(f"http://testserver{answer.address}", address))
        own = parts.hostname in ("testserver", "localhost") and not parts.path.startswith("/static/")
        return f"{parts.path}{'?' + parts.query if parts.query else ''}" if own else answer.address


def signed_in(username: str) -> tuple[User, Client]:
    """An officer of the demo house with the first of their hats on, and their browser."""
    user = User.objects.get(username=username)
    with transaction.atomic(), entered(scope_of(user)):
        user.posting = postings_in_force(user, at=timezone.now())[0]
    client = Client()
    client.force_login(user, backend="bekal.foundation.accounts.backends.UsernameOrNipBackend")
    return user, client
