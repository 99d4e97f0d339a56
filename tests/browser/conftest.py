"""A real house for a real browser: pages and worker as processes of their own, on a copy of the demo story."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from bekal import testing_database
from bekal.web.demo.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
# Only what is wrong is put together: most of the time of axe goes into listing what is well.
WCAG = "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
# What root needs, and what keeps Chromium from asking hosts of its own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class House:
    """A running house: its address, and hands to do in it what is not done in a browser."""

    def __init__(self, url: str, environment: dict[str, str]) -> None:
        self.url, self.environment = url, environment

    def manage(self, *arguments: str) -> str:
        """Run a command in the house."""
        command = [sys.executable, "-m", "django", *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout


def _environment(database: str, data: Path, port: int = 8000) -> dict[str, str]:
    return {
        **os.environ,
        "BEKAL_DB_NAME": database,
        "BEKAL_DATA": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "bekal.settings",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="session")
def demo_database(template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo story, told once a session, with the keys that belong to it."""
    data = tmp_path_factory.mktemp("demo-data")
    name = f"bekal_story_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with testing_database.copy_of(template_database, name):
        House("", _environment(name, data)).manage("demo")
        yield name, data


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(database: str, data: Path) -> Iterator[House]:
    port = _free_port()
    environment = _environment(database, data, port)
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command += ["--log-level", "warning", "bekal.wsgi:application"]
    log = (data / "pages.log").open("wb")
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        for _try in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield House(f"http://localhost:{port}", environment)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


@pytest.fixture
def house_of_demo(demo_database: tuple[str, Path]) -> Iterator[House]:
    """The demo house on the morning of its closing, in a copy of this test's own."""
    story, data = demo_database
    with testing_database.copy_of(story, f"{story}_copy") as name, _serving(name, data) as house:
        yield house


@pytest.fixture
def empty_house(template_database: str, tmp_path: Path) -> Iterator[House]:
    """A house in which nobody is yet."""
    name = f"bekal_empty_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with testing_database.copy_of(template_database, name), _serving(name, tmp_path) as house:
        yield house


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a window of a size; pages that fail, complain or reach for another host fail the test."""
    opened, complaints = [], []

    def open_window(
        size: dict[str, int] = DESK, *, dark: bool = False, is_cut: bool = False, is_away: bool = False
    ) -> Page:
        context = chromium.new_context(viewport=size, accept_downloads=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        away = "503" if is_away else "never"
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if _complains(said, is_cut=is_cut) and away not in said.text else None
            ),
        )
        page.on(
            "response",
            lambda got: (
                complaints.append(f"{got.status} {got.url}") if got.status >= 500 and str(got.status) != away else None
            ),
        )
        page.on("request", lambda ask: None if _ours(ask.url) else complaints.append(f"asks {ask.url}"))
        opened.append(context)
        return page

    yield open_window
    for context in opened:
        context.close()
    assert complaints == []


def _complains(said: ConsoleMessage, *, is_cut: bool) -> bool:
    """Whether the browser complains; of the network not where the test cuts it."""
    # Two officers on one row: the page that asks which entry stands is answered as a conflict.
    return said.type == "error" and "409 (Conflict)" not in said.text and not (is_cut and "net::ERR_" in said.text)


def _ours(url: str) -> bool:
    return url.startswith(("http://localhost", "data:", "blob:", "about:"))


def sign_in(page: Page, house: House, username: str, password: str = PASSWORD) -> None:
    """Come in by the door."""
    page.goto(f"{house.url}/akun/masuk/")
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{house.url}/")


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, WCAG 2.2 A and AA, and whether it is wider than its window."""
    page.evaluate(AXE)
    # At its end, where the bar that saves lies over no row: whatever it half covers can be scrolled out from under it.
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    found = page.evaluate(
        f"async () => (await axe.run(document, {WCAG}))"
        ".violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)"
    )
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([f"{width} px wider than the window"] if width > 0 else [])]


def sheet_to_mark(page: Page, house: House, *, rows: int = 1) -> str:
    """The address of a session in which the officer may mark so many people today; looked for beside the window, not in it."""
    for batch in _links(page, f"{house.url}/program/angkatan/", "/program/angkatan/"):
        for sheet in _links(page, f"{batch}pertemuan/", "/program/pertemuan/"):
            found = _read(page, sheet)
            open_rows = found.xpath(
                "//main//*[contains(@class, 'attend')]//fieldset[not(@disabled)]//input[@data-key='T']"
            )
            if len(open_rows) >= rows and found.xpath("//main//*[contains(@class, 'saved')]//button"):
                return sheet
    raise LookupError("the demo has no such session that may be marked today")


def _read(page: Page, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.request.get(address).text(), base_url=address)


def _links(page: Page, address: str, part: str) -> list[str]:
    """The addresses of single things of a kind to which a page links, each once, in the page's order."""
    found = _read(page, address)
    found.make_links_absolute()
    links = [link for link in found.xpath("//main//a/@href") if part in link]
    return list(dict.fromkeys(link for link in links if link.count("/") == 6))
