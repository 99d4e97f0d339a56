"""A passkey, with an authenticator of Chromium in place of a finger: made, used, renamed, taken away."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD, PHONE, House, sign_in, violations


def _with_authenticator(page: Page) -> Page:
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def _confirm(page: Page) -> None:
    """Whatever concerns one's access asks who is there."""
    if "/masuk/ulang/" in page.url:
        page.fill("main [name=password]", PASSWORD)
        page.click("main button[type=submit]")


def _make_passkey(page: Page, house: House) -> None:
    page.goto(f"{house.url}/akun/faktor/")
    page.click("text=Tambah kunci sandi")
    _confirm(page)
    page.fill("main [name=name]", "PC bengkel")
    with page.expect_navigation():
        page.click("main button:has-text('Buat kunci sandi')")


@pytest.mark.browser
def test_a_passkey_is_made_and_opens_the_house_in_place_of_the_password(house_of_demo: House, window: Any) -> None:
    page = _with_authenticator(window())
    sign_in(page, house_of_demo, "sari")
    _make_passkey(page, house_of_demo)
    assert "Kode cadangan" in page.inner_text("main h1")
    page.goto(f"{house_of_demo.url}/akun/faktor/webauthn/")
    assert "PC bengkel" in page.inner_text("main table")
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []

    page.click("details.me summary")
    page.click("form[data-ends-session] button")
    page.goto(f"{house_of_demo.url}/program/angkatan/")
    with page.expect_navigation(url=f"{house_of_demo.url}/program/angkatan/"):
        page.click("text=Masuk dengan kunci sandi")
    page.click("details.me summary")

    assert "Sari" in page.inner_text("details.me")


@pytest.mark.browser
def test_whoever_has_a_passkey_does_not_come_in_by_the_password_alone(house_of_demo: House, window: Any) -> None:
    page = _with_authenticator(window())
    sign_in(page, house_of_demo, "sari")
    _make_passkey(page, house_of_demo)
    page.context.clear_cookies()

    page.goto(f"{house_of_demo.url}/akun/masuk/")
    page.fill("#id_login", "sari")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]:has-text('Masuk')")
    page.wait_for_url(f"{house_of_demo.url}/akun/faktor/authenticate/")
    assert violations(page) == []
    with page.expect_navigation(url=f"{house_of_demo.url}/"):
        page.click("text=Pakai kunci sandi")
    assert "Sari" in page.inner_text("details.me")


@pytest.mark.browser
def test_a_passkey_is_renamed_and_taken_away_again(house_of_demo: House, window: Any) -> None:
    page = _with_authenticator(window())
    sign_in(page, house_of_demo, "sari")
    _make_passkey(page, house_of_demo)

    page.goto(f"{house_of_demo.url}/akun/faktor/webauthn/")
    page.click("main table a:has-text('Ganti nama')")
    page.fill("main [name=name]", "PC aula")
    assert violations(page) == []
    page.click("main button[type=submit]")
    page.click("main table a:has-text('Hapus')")
    assert "PC aula" in page.inner_text("main")
    assert violations(page) == []
    page.click("main button[type=submit]")

    assert "Belum ada kunci sandi" in page.inner_text("main")
