"""In the middle of attendance the sign-in expires, or the network goes: nothing that was typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import House, sheet_to_mark, sign_in

NOTICE = "Sambungan ke server putus"
EXPIRE = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


class Sheet:
    """The attendance of a session that may be entered today."""

    def __init__(self, page: Page, house: House) -> None:
        self.page, self.house = page, house
        self.address = sheet_to_mark(page, house)
        page.goto(self.address)
        self.row = page.locator("main table.attend tbody tr").first

    def mark_absent(self) -> None:
        """The first of the list was ill."""
        self.row.locator("input[data-key=T]").focus()
        self.page.keyboard.press("t")
        self.row.locator("input[data-key=T]").check(force=True)
        self.row.locator("select.reason").select_option(index=1)

    def is_marked(self) -> bool:
        return self.row.locator("input[data-key=T]").is_checked() and bool(
            self.row.locator("select.reason").input_value()
        )

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.click("main .saved button.btn-primary")

    def is_kept_by_the_house(self) -> bool:
        """What another window shows."""
        with self.page.context.expect_page() as opened:
            self.page.evaluate("address => window.open(address, '_blank', 'noopener')", self.address)
        other = Sheet.__new__(Sheet)
        other.page = opened.value
        other.page.wait_for_load_state()
        other.row = other.page.locator("main table.attend tbody tr").first
        try:
            return other.is_marked()
        finally:
            other.page.close()


@pytest.mark.browser
def test_the_sign_in_expires_in_the_middle_of_attendance(house_of_demo: House, window: Any) -> None:
    page = window()
    sign_in(page, house_of_demo, "budi")
    sheet = Sheet(page, house_of_demo)
    sheet.mark_absent()

    house_of_demo.manage("shell", "--no-imports", "-c", EXPIRE)
    sheet.save()
    assert "/akun/masuk/" in page.url
    assert "Isian formulir tadi tetap ada" in page.inner_text("main")
    page.fill("#id_login", "budi")
    page.fill("#id_password", "rumah contoh bekal")
    with page.expect_navigation(url=sheet.address):
        page.click("main button.btn-primary[type=submit]")

    assert "Isian Anda tadi ada lagi di sini" in page.inner_text("main")
    assert sheet.is_marked()
    assert not sheet.is_kept_by_the_house()
    sheet.save()
    assert sheet.is_kept_by_the_house()
    page.goto(sheet.address)
    assert "Isian Anda tadi ada lagi di sini" not in page.inner_text("main")


@pytest.mark.browser
def test_the_network_is_cut_in_the_middle_of_attendance(house_of_demo: House, window: Any) -> None:
    page = window(is_cut=True)
    sign_in(page, house_of_demo, "budi")
    sheet = Sheet(page, house_of_demo)

    page.context.set_offline(True)
    page.wait_for_selector(f"text={NOTICE}")
    sheet.mark_absent()
    page.click("main .saved button.btn-primary")
    assert page.url == sheet.address
    assert sheet.is_marked()

    page.context.set_offline(False)
    page.wait_for_selector(f"text={NOTICE}", state="detached")
    sheet.save()
    assert sheet.is_kept_by_the_house()


@pytest.mark.browser
def test_what_was_sent_into_a_cut_network_is_back_when_the_page_is_opened_again(
    house_of_demo: House, window: Any
) -> None:
    page = window(is_cut=True)
    sign_in(page, house_of_demo, "budi")
    sheet = Sheet(page, house_of_demo)
    sheet.mark_absent()

    # Cut between the click and the server, before the page could notice it.
    page.route("**/*", lambda route: route.abort("connectionrefused"))
    with page.expect_event("requestfailed"):
        page.click("main .saved button.btn-primary", no_wait_after=True)
    page.unroute("**/*")
    page.goto(sheet.address)

    assert "Isian Anda tadi ada lagi di sini" in page.inner_text("main")
    assert sheet.is_marked()
    sheet.save()
    assert sheet.is_kept_by_the_house()
