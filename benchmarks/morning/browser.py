"""A browser without JavaScript: cookies, pages, forms. Standard library alone: nothing but the house is tested."""

import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy

SECONDS = 30


class Unanswered(Exception):
    """The house gave no answer, or one that says that it failed: whoever asked does not know what was done."""


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what it would send, what may be chosen."""

    action: str
    names: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    is_multipart: bool = False


@dataclass(frozen=True)
class File:
    """A file to send."""

    name: str
    content: bytes


class _Reader(HTMLParser):
    """Reads the forms and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self._form = Form(given.get("action", ""), is_multipart="multipart" in given.get("enctype", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(value)
            if "selected" in given:
                form.names[self._select] = [value]
        elif tag == "textarea" and name:
            form.names.setdefault(name, [""])
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                form.choices.setdefault(name, []).append(value)
                if "checked" in given:
                    form.names.setdefault(name, []).append(value)
            elif kind not in ("submit", "button", "file"):
                form.names[name] = [value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


@dataclass
class Page:
    """An answer: where it came from in the end, its text, its forms and links."""

    status: int
    path: str
    text: str

    def __post_init__(self) -> None:
        reader = _Reader()
        reader.feed(self.text)
        self.forms, self.links = reader.forms, reader.links

    def form(self, having: str) -> Form:
        """The form with a field of this name, or that goes to an address with this end."""
        for form in self.forms:
            if having in {*form.names, *form.choices} or (having and form.action.endswith(having)):
                return form
        raise LookupError(f"{self} has no form {having}")

    def upload(self) -> Form:
        """The form that takes a file."""
        for form in self.forms:
            if form.is_multipart:
                return form
        raise LookupError(f"{self} takes no file")

    def __str__(self) -> str:
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        notes = re.findall(r'class="(?:notice|alert)[^"]*"[^>]*>(.*?)</div>', self.text, re.DOTALL)
        said = re.sub(r"<[^>]+>", " ", " ".join([heading[1] if heading else "", *notes]))
        return f"{self.path} ({self.status}: {' '.join(said.split())})"

    def has_form(self, having: str) -> bool:
        """Whether `form` would find one."""
        return any(having in {*form.names, *form.choices} or form.action.endswith(having) for form in self.forms)


class Browser:
    """One person at one machine."""

    def __init__(self, house: str) -> None:
        self.house = house
        # Cookies of localhost: the jar's rules want a dot in a name.
        policy = DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainLiberal)
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar(policy)))

    def get(self, path: str) -> Page:
        """Open a page.

        Raises:
            Unanswered: no answer came.
        """
        return self._ask(urllib.request.Request(self._url(path)))

    def send(self, page: Page, form: Form, *, file: tuple[str, File] | None = None, **changes: str | list[str]) -> Page:
        """Send a form with changes, and follow where it leads.

        Raises:
            Unanswered: no answer came; perhaps it was done.
        """
        values = {
            **form.names,
            **{name: given if isinstance(given, list) else [given] for name, given in changes.items()},
        }
        pairs = [(name, value) for name, several in values.items() for value in several]
        if file is None:
            body, kind = urllib.parse.urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = _multipart(pairs, *file)
        url = urllib.parse.urljoin(self._url(page.path), form.action or page.path)
        asked = urllib.request.Request(url, data=body, headers={"Content-Type": kind, "Referer": self._url(page.path)})
        return self._ask(asked)

    def _url(self, path: str) -> str:
        return urllib.parse.urljoin(self.house, path)

    def _ask(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return Page(answer.status, urllib.parse.urlsplit(answer.url).path, answer.read().decode())
        except urllib.error.HTTPError as wrong:
            if wrong.code >= 500:
                raise Unanswered(str(wrong.code)) from wrong
            return Page(wrong.code, urllib.parse.urlsplit(wrong.url or "").path, wrong.read().decode(errors="replace"))
        except (OSError, http.client.HTTPException) as wrong:
            raise Unanswered(str(wrong)) from wrong


def _multipart(pairs: list[tuple[str, str]], name: str, file: File) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in pairs
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file.content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
