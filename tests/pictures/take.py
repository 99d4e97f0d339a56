"""Takes the pictures of the guides anew: `scripts/pictures`. No test: pytest lends its databases and its browser."""

import io
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.test.signals import template_rendered
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bekal import testing_database
from bekal.conftest import _point_at
from bekal.web.demo.cast import PASSWORD
from tests.browser.conftest import DESK, FLAGS, PHONE
from tests.pictures.house import ROOT, fixed, in_a_thread, served
from tests.pictures.taken import FOLDER, RECORD, digest

ROSTER = ROOT / "tests" / "data" / "rosters" / "01-rapi.xlsx"
COLOURS = 96


class Album:
    """Windows of each officer, and the pictures taken through them."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.url, self.browser = url, browser
        self.pages: dict[str, Page] = {}
        self.record: dict[str, dict[str, Any]] = {}
        self.shown: set[str] = set()
        self.lock = threading.Lock()

    def note(self, template: Any, **_more: Any) -> None:
        """A template was rendered for the page that is open now."""
        name = Path(getattr(template.origin, "name", "") or "")
        if name.is_relative_to(ROOT / "bekal"):
            with self.lock:
                self.shown.add(name.relative_to(ROOT).as_posix())

    def at(self, username: str, path: str = "/", size: dict[str, int] = DESK) -> Page:
        """A page as an officer sees it, or a stranger where there is no name."""
        if username not in self.pages:
            context = self.browser.new_context(viewport=size, reduced_motion="reduce", locale="id-ID")  # type: ignore[arg-type]
            self.pages[username] = context.new_page()
            if username and username != "stranger":
                page = self.pages[username]
                page.goto(f"{self.url}/akun/masuk/")
                page.fill("#id_login", username)
                page.fill("#id_password", PASSWORD)
                page.click("main button[type=submit]")
                page.wait_for_url(f"{self.url}/")
        page = self.pages[username]
        self.shown.clear()
        page.goto(path if path.startswith("http") else self.url + path)
        return page

    def take(self, name: str, page: Page, *, height: int = 900) -> None:
        """One picture, in few colours; what it was made of goes into the record."""
        page.evaluate("document.fonts.ready")
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement && document.activeElement.blur()")
        whole = page.evaluate("document.documentElement.scrollHeight")
        width = page.viewport_size["width"] if page.viewport_size else 1366
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, whole)}
        drawn = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(FOLDER / f"{name}.png", optimize=True)
        templates = sorted(self.shown)
        self.record[f"{name}.png"] = {"digest": digest(templates), "templates": templates}


@pytest.fixture
def browser_of_the_office() -> Iterator[Browser]:
    """Chromium as an Indonesian office has it: it writes days in its own way into fields."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*FLAGS, "--lang=id-ID"], env={**os.environ, "LANGUAGE": "id_ID"}
        )
        yield browser
        browser.close()


@pytest.fixture
def album(
    template_database: str,
    tmp_path: Path,
    django_db_setup: None,
    django_db_blocker: Any,
    browser_of_the_office: Browser,
) -> Iterator[Album]:
    before = settings.DATABASES["default"]["NAME"]
    with testing_database.copy_of(template_database, "bekal_pictures") as name, django_db_blocker.unblock():
        _point_at(name)
        with override_settings(DATA=tmp_path), fixed(), served() as url:
            in_a_thread("demo", day="2026-12-09")
            found = Album(url, browser_of_the_office)
            template_rendered.connect(found.note)
            yield found
            template_rendered.disconnect(found.note)
        _point_at(before)


def _first(page: Page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("href") or ""


def _send(page: Page, button: str = "main form button.btn-primary[type=submit]") -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def _records(album: Album) -> None:
    album.take("meja-registrasi", album.at("ratna"))
    page = album.at("ratna", "/warga-binaan/impor/")
    page.set_input_files("main input[type=file]", str(ROSTER))
    album.shown.clear()
    _send(page)
    album.take("impor", page)
    album.take("terima", album.at("ratna", "/warga-binaan/terima/"))


def _training(album: Album) -> str:
    page = album.at("budi", "/program/angkatan/")
    batch = _first(page, "main tbody a[href*='/angkatan/']:has-text('Angkatan II 2026')")
    album.take("angkatan", album.at("budi", batch))
    album.take("usulkan", album.at("sari", f"{batch}usulkan/"))
    page = album.at("budi", "/program/angkatan/")
    first = _first(page, "main tbody a[href*='/angkatan/']:has-text('Laundry'):has-text('Angkatan I 2026')")
    page = album.at("budi", f"{first}pertemuan/")
    album.take("kehadiran", album.at("sari", _first(page, "main tbody tr:last-child a[href*='/program/pertemuan/']")))
    return batch


def _board(album: Album, batch: str) -> None:
    page = album.at("dewi", "/program/sidang/baru/")
    page.fill("main [name=held_on]", "2026-12-09")
    page.fill("main [name=place]", "Aula")
    page.fill("main [name=members]", "Dewi Anggraini, Ketua TPP")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    album.take("sidang-baru", page)
    album.shown.clear()
    _send(page)
    album.shown.clear()
    page.reload()
    for choice in page.locator("main input[type=radio][value=ya]").all():
        choice.check(force=True)
    album.take("sidang", page)
    _send(page, "main button:has-text('Putuskan')")
    page = album.at("budi", f"{batch}sk/rancang/")
    _send(page)
    album.take("sk", album.at("wira", page.url))


def _head(album: Album) -> None:
    album.take("meja-kepala", album.at("wira"))
    ceremony = _first(album.at("wira", "/acara/"), "main tbody a")
    page = album.at("wira", f"{ceremony}tutup/")
    album.take("tutup", page)
    _send(page)
    in_a_thread("work", once=True)
    album.take("acara", album.at("wira", ceremony))
    page = album.at("budi", ceremony)
    album.take(
        "penyerahan",
        album.at("budi", _first(page, "main a[href*='/penyerahan/']:not([href*='cetak']):not([href*='ekspor'])")),
    )
    album.take("sertifikat", album.at("budi", "/sertifikat/"))


def _thread_and_check(album: Album) -> None:
    page = album.at("ratna", "/warga-binaan/")
    page.fill("#cari", "Joko Prasetyo")
    with page.expect_navigation():
        page.press("#cari", "Enter")
    if "/cari/" in page.url:
        album.at("ratna", _first(page, "main a:has-text('Joko Prasetyo')"))
    else:
        album.shown.clear()
        page.reload()
    album.take("perjalanan", page, height=1100)
    page = album.at("budi", "/sertifikat/")
    row = page.locator("main tbody tr", has_text="Joko Prasetyo")
    while not row.count():
        with page.expect_navigation():
            page.click("a[rel=next]")
    page = album.at("budi", row.locator("a").first.get_attribute("href") or "")
    code = _first(page, "main a[href*='/periksa/']")
    album.take("periksa", album.at("stranger", "/periksa/" + code.rsplit("/periksa/", 1)[1], PHONE), height=844)


def test_take_the_pictures(album: Album) -> None:
    steps: list[Callable[[Album], Any]] = [_records]
    album.take("masuk", album.at("", "/akun/masuk/"), height=700)
    for step in steps:
        step(album)
    batch = _training(album)
    _board(album, batch)
    _head(album)
    _thread_and_check(album)
    for old in FOLDER.glob("*.png"):
        if old.name not in album.record:
            old.unlink()
    RECORD.write_text(json.dumps(album.record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
