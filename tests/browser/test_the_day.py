"""The whole day by hand, in a real browser: from a roster that arrives to a stranger's phone on which a certificate is checked."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from bekal.foundation.core.days import ZONES
from tests.browser.conftest import PHONE, House, sign_in, violations

ROSTER = Path(__file__).resolve().parents[1] / "data" / "rosters" / "01-rapi.xlsx"
PEOPLE = ("Gede Pranata Contoh", "Made Lubis Contoh", "Ketut Artana Contoh")


def _today() -> date:
    from django.utils import timezone

    return timezone.now().astimezone(ZONES["WITA"]).date()


def _fill(page: Page, **values: Any) -> None:
    for name, value in values.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.click("main form button.btn-primary[type=submit]")


class Day:
    """Each officer at a window of their own."""

    def __init__(self, house: House, window: Any) -> None:
        self.house, self.window = house, window
        self.windows: dict[str, Page] = {}

    def at(self, username: str, path: str) -> Page:
        if username not in self.windows:
            self.windows[username] = self.window()
            sign_in(self.windows[username], self.house, username)
        page = self.windows[username]
        page.goto(path if path.startswith("http") else self.house.url + path)
        return page


@pytest.fixture
def day(house_of_demo: House, window: Any) -> Day:
    return Day(house_of_demo, window)


def _import_roster(day: Day) -> None:
    page = day.at("ratna", "/warga-binaan/impor/")
    page.set_input_files("main input[type=file]", str(ROSTER))
    _send(page)
    assert "42" in page.inner_text("main")
    page.locator("main button:has-text('42')").first.click()
    page.wait_for_load_state()
    page.fill("#cari", "wayan budiarso")
    page.press("#cari", "Enter")
    page.wait_for_load_state()
    assert "I Wayan Budiarsa" in page.inner_text("main")


def _admit(day: Day) -> None:
    """Three more by hand, who stay long enough to take part."""
    for place, name in enumerate(PEOPLE):
        page = day.at("ratna", "/warga-binaan/terima/")
        _fill(page, full_name=name, register_number=f"B.I {9000 + place}/2026", standing="sentenced")
        _send(page)
        assert name in page.inner_text("main h1")


def _offer(day: Day) -> str:
    """A programme with modules and a batch; gives the address of the batch."""
    page = day.at("budi", "/program/baru/")
    _fill(
        page, kind="training", title="Barista", certificate_title="Penyeduh Kopi", hours_jp=4, attendance_basis="Contoh"
    )
    _send(page)
    programme = page.url
    page.goto(f"{programme}modul/")
    page.locator("main input[name$=title]").first.fill("Menyeduh")
    page.locator("main input[name$=hours_jp]").first.fill("4")
    _send(page)
    page.goto(f"{programme}angkatan/baru/")
    today = _today().isoformat()
    _fill(
        page,
        code="BR1",
        capacity=3,
        starts_on=today,
        ends_on=today,
        starts_at="00:00",
        ends_at="00:01",
        jp_per_session=4,
    )
    page.locator("main [name=place]").select_option(index=1)
    page.locator(f"main input[name=weekdays][value='{_today().isoweekday()}']").check()
    _send(page)
    return page.url


def _propose(day: Day, batch: str) -> None:
    for name in PEOPLE:
        page = day.at("sari", f"{batch}usulkan/")
        page.fill("main #words", name)
        page.press("main #words", "Enter")
        page.wait_for_load_state()
        row = page.locator("main tbody tr", has_text=name)
        with page.expect_navigation():
            row.locator("td").last.locator("a, button").first.click()
        if page.locator("main [name=exception_reason]").count():
            _fill(page, exception_reason="Tanggal hukum menyusul dari SDP")
            _send(page)
    page.goto(batch)
    assert all(name in page.inner_text("main") for name in PEOPLE)


def _hear(day: Day) -> None:
    page = day.at("dewi", "/program/sidang/baru/")
    _fill(page, held_on=_today().isoformat(), place="Aula", members="Dewi Anggraini, Ketua TPP")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    _send(page)
    for choice in page.locator("main input[type=radio][value=ya]").all():
        choice.check(force=True)
    assert violations(page) == []
    with page.expect_navigation():
        page.click("main button:has-text('Putuskan')")
    assert "BA-TPP" in page.inner_text("main")


def _decree(day: Day, batch: str) -> None:
    page = day.at("budi", f"{batch}sk/rancang/")
    _send(page)
    page = day.at("wira", page.url)
    _send(page)
    assert "SK-" in page.inner_text("main")


def _teach(day: Day, batch: str) -> None:
    page = day.at("budi", batch)
    with page.expect_navigation():
        page.click("main button:has-text('Mulai')")
    page.goto(f"{batch}pertemuan/")
    page.locator("main a[href*='/program/pertemuan/']").first.click()
    page.wait_for_load_state()
    page.locator("main input[type=radio][data-key=H]").first.focus()
    for _row in PEOPLE:
        page.keyboard.press("h")
    with page.expect_navigation():
        page.click("main .saved button.btn-primary")
    assert "3 dari 3" in page.inner_text("main")


def _close(day: Day) -> str:
    page = day.at("wira", "/acara/baru/")
    _fill(page, title="Penutupan Barista", held_on=_today().isoformat(), starts_at="09:00", place="Aula")
    page.locator("main [name=signatory]").select_option(index=1)
    page.locator("main [name=batch_1]").select_option(index=1)
    _send(page)
    ceremony = page.url
    page.goto(f"{ceremony}tutup/")
    assert "3" in page.inner_text("main")
    _send(page)
    day.house.manage("work", "--once")
    page.goto(ceremony)
    assert "3" in page.inner_text("main")
    return ceremony


def _hand_over(day: Day, ceremony: str) -> None:
    page = day.at("wira", ceremony)
    with page.expect_navigation():
        page.locator("main a[aria-label$='BR1']").first.click()
    with page.expect_navigation():
        page.locator("main button:has-text('Terima')").first.click()
    page.goto(f"{ceremony}akhiri/")
    _send(page)
    assert "BA-" in page.inner_text("main")


def _check(day: Day) -> None:
    page = day.at("wira", "/sertifikat/")
    with page.expect_navigation():
        page.locator("main tbody tr", has_text=PEOPLE[0]).locator("a").first.click()
    code = page.locator("main a[href*='/periksa/']").first.get_attribute("href") or ""
    stranger = day.window(PHONE)
    stranger.goto(day.house.url + "/periksa/" + code.rsplit("/periksa/", 1)[1])
    text = stranger.inner_text("body")
    assert PEOPLE[0] in text
    assert "Penyeduh Kopi" in text
    assert not any(word in text.lower() for word in ("lapas", "narapidana", "bekal", "pemasyarakatan"))
    assert violations(stranger) == []


@pytest.mark.browser
def test_from_a_roster_to_a_certificate_checked_on_a_phone(day: Day) -> None:
    _import_roster(day)
    _admit(day)
    batch = _offer(day)
    _propose(day, batch)
    _hear(day)
    _decree(day, batch)
    _teach(day, batch)
    ceremony = _close(day)
    _hand_over(day, ceremony)
    _check(day)
    for command in ("verify_audit", "check_invariants"):
        day.house.manage(command)


@pytest.mark.browser
def test_first_run_opens_an_empty_house(empty_house: House, window: Any) -> None:
    token = empty_house.manage("first_run_token").strip()
    page = window()
    page.goto(empty_house.url)
    assert "/akun/mulai/" in page.url
    assert violations(page) == []
    _fill(
        page,
        token=token,
        role="head",
        title="Kepala Lapas",
        username="kepala",
        password="kopi tubruk 44",
        again="kopi tubruk 44",
    )
    page.locator("[name=name]").first.fill("I Made Kepala")
    upt = {
        "name": "Lapas Kelas IIB Kamboja",
        "code": "KMB",
        "issuer_name": "Balai Karya Kamboja",
        "issue_place": "Kamboja",
    }
    for name, value in upt.items():
        page.fill(f"[name=upt-{name}]", value)
    page.select_option("[name=upt-kind]", "lapas")
    page.select_option("[name=upt-zone]", "WITA")
    page.select_option("[name=upt-regency_code]", "51.02")
    _send(page)

    sign_in(page, empty_house, "kepala", "kopi tubruk 44")
    assert "Lapas Kelas IIB Kamboja" in page.inner_text("footer")
    page.goto(f"{empty_house.url}/akun/mulai/")
    assert page.url == f"{empty_house.url}/"
