"""Two officers on one batch at the same time, each at a window of their own: nothing typed is lost, and both see what stands."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import House, sheet_to_mark, sign_in, violations


def _at(house: House, window: Any, username: str, path: str) -> Page:
    page: Page = window()
    sign_in(page, house, username)
    page.goto(house.url + path)
    return page


def _mark(page: Page, row: int, key: str) -> None:
    page.locator(f"main .attend input[data-key={key}]").nth(row).check(force=True)


def _save(page: Page) -> None:
    with page.expect_navigation():
        page.click("main .saved button.btn-primary")


@pytest.mark.browser
def test_two_officers_on_one_sheet_both_see_what_they_differ_on(house_of_demo: House, window: Any) -> None:
    sari = _at(house_of_demo, window, "sari", "/")
    path = sheet_to_mark(sari, house_of_demo, rows=2).removeprefix(house_of_demo.url)
    budi = _at(house_of_demo, window, "budi", path)
    sari.goto(house_of_demo.url + path)

    _mark(sari, 0, "T")
    sari.locator("main select.reason").first.select_option("sick")
    _save(sari)
    _mark(budi, 0, "T")
    budi.locator("main select.reason").first.select_option("court")
    _mark(budi, 1, "T")
    budi.locator("main select.reason").nth(1).select_option("permission")
    _save(budi)

    assert "Dua isian berbeda" in budi.inner_text("main")
    assert violations(budi) == []
    sari.reload()
    assert sari.locator("main select.reason").first.input_value() == "sick"
    # The row on which they did not differ is saved.
    assert sari.locator("main select.reason").nth(1).input_value() == "permission"

    with budi.expect_navigation():
        budi.locator("main button:has-text('Pakai isian saya')").first.click()
    sari.reload()
    assert sari.locator("main select.reason").first.input_value() == "court"
    house_of_demo.manage("verify_audit")
