"""The database goes away while a form is being filled in: nothing typed is lost, and nothing comes back that was saved."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.browser.conftest import DESK, PHONE, House, sign_in, violations

FORM = "/warga-binaan/terima/"


def _owner(house: House) -> psycopg.Connection:
    kept = house.environment
    return psycopg.connect(
        host=kept["BEKAL_DB_HOST"],
        port=kept.get("BEKAL_DB_PORT") or 5432,
        dbname="postgres",
        user=kept["BEKAL_DB_OWNER"],
        password=kept["BEKAL_DB_OWNER_PASSWORD"],
        autocommit=True,
    )


@contextmanager
def _away(house: House) -> Iterator[None]:
    """Nobody can reach the house's database for as long as the block lasts."""
    name = sql.Identifier(house.environment["BEKAL_DB_NAME"])
    with _owner(house) as owner:
        owner.execute(sql.SQL("alter database {} allow_connections false").format(name))
        owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = %s",
            [house.environment["BEKAL_DB_NAME"], os.environ["BEKAL_DB_APP"]],
        )
        time.sleep(0.2)
        try:
            yield
        finally:
            owner.execute(sql.SQL("alter database {} allow_connections true").format(name))


def _fill(page, name: str, number: str) -> None:  # type: ignore[no-untyped-def]
    page.fill("[name=full_name]", name)
    page.fill("[name=register_number]", number)
    page.fill("[name=admitted_on]", "2026-11-20")
    page.select_option("[name=standing]", "sentenced")


@pytest.mark.browser
def test_a_form_survives_the_database_and_its_draft_goes_when_it_is_saved(house_of_demo, window) -> None:  # type: ignore[no-untyped-def]
    page = window(DESK, is_away=True)
    sign_in(page, house_of_demo, "ratna")
    page.goto(house_of_demo.url + FORM)
    _fill(page, "Gusti Putu Lanang", "B.I 901/2026")

    with _away(house_of_demo):
        page.click("main form[method=post] button[type=submit]")
        page.wait_for_selector("text=belum tersimpan")
        assert violations(page) == []
        page.set_viewport_size(PHONE)
        assert violations(page) == []
        with page.expect_navigation():
            page.click("main button:has-text('Kirim lagi')")
        page.wait_for_selector("text=belum tersimpan")
    with page.expect_navigation():
        page.click("main button:has-text('Kirim lagi')")

    assert "Gusti Putu Lanang" in page.inner_text("main")
    assert not page.url.endswith(FORM)
    page.goto(house_of_demo.url + FORM)
    assert page.input_value("[name=full_name]") == ""


@pytest.mark.browser
def test_who_leaves_the_page_finds_the_form_as_it_was(house_of_demo, window) -> None:  # type: ignore[no-untyped-def]
    page = window(DESK, is_away=True)
    sign_in(page, house_of_demo, "ratna")
    page.goto(house_of_demo.url + FORM)
    _fill(page, "Gusti Putu Lanang", "B.I 902/2026")

    with _away(house_of_demo):
        page.click("main form[method=post] button[type=submit]")
        page.wait_for_selector("text=belum tersimpan")
    page.goto(house_of_demo.url + "/")
    page.goto(house_of_demo.url + FORM)

    assert page.input_value("[name=full_name]") == "Gusti Putu Lanang"
    assert page.input_value("[name=register_number]") == "B.I 902/2026"
