"""Attendance, a sheet and a hearing with the keyboard alone, in light and in dark; tags before a reader that is cut off."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, sign_in, violations

FOCUSED = "selector => !!document.activeElement && document.activeElement.matches(selector)"
# A batch whose only session is today, with three people in it.
TODAY = """
import json
from datetime import time, timedelta
from django.utils import timezone
from bekal.delivery.programmes import operations, queries
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.rules import Decision
from bekal.foundation.accounts.models import User, Posting
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.people.models import Custody
facility, at = Facility.objects.get(code="DEMO"), timezone.now()
day = facility.day_of(at)
def officer(name):
    user = User.objects.get(username=name)
    user.posting = Posting.objects.filter(user=user).order_by("pk").first()
    return user
with entered(scope_of(system_user())):
    budi, dewi, wira, sari = (officer(name) for name in ("budi", "dewi", "wira", "sari"))
    programme = operations.create_programme(
        facility=facility, kind="training", title="Barista", certificate_title="Barista", hours_jp=4, by=budi, at=at)
    place = Place.objects.get(facility=facility, name="Aula")
    plan = BatchPlan(
        code="BR1", capacity=3, place=place, starts_on=day, ends_on=day, weekdays=[1,2,3,4,5,6,7],
        starts_at=time(0, 0), ends_at=time(0, 1), jp_per_session=4)
    batch = operations.create_batch(programme=programme, plan=plan, by=budi, at=at)
    here = Custody.objects.filter(facility=facility, ended_on=None, person__facility=facility, person__enrolments=None)
    people = [stay.person for stay in here.filter(person__nominations=None).select_related("person").order_by("-pk")[:3]]
    nominated = [
        operations.nominate(batch=batch, person=p, exception_reason="Contoh", by=sari, at=at) for p in people]
    members = [{"name": "Dewi", "post": "Ketua"}]
    hearing = operations.call_hearing(
        facility=facility, held_on=day, place="Aula", members=members, nominations=nominated, by=dewi, at=at)
    operations.decide_hearing(
        hearing=hearing, decisions={n.public_id: Decision(True) for n in nominated}, by=dewi, at=at)
    decree = operations.draft_decree(batch=batch, by=wira, at=at)
    operations.sign_decree(
        decree=decree, signatory=Official.objects.filter(facility=facility, is_head=True).first(), by=wira, at=at)
    operations.start_batch(batch=batch, by=budi, at=at)
    session = queries.sessions_of(batch).get()
    codes = [row.tag.code for row in queries.on_list(session)]
print(json.dumps({"session": str(session.public_id), "codes": codes}))
"""


def _tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Go on with Tab until the focus is there, as somebody without a mouse would."""
    for _press in range(most):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def _follow(page: Page, selector: str) -> None:
    _tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _darken(page: Page, is_dark: bool) -> None:
    if is_dark:
        page.click("text=Tampilan gelap")
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


@pytest.mark.browser
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_attendance_by_keyboard_alone(house_of_demo: House, window: Any, is_dark: bool) -> None:
    made = json.loads(house_of_demo.manage("shell", "-c", TODAY).strip().splitlines()[-1])
    page = window()
    sign_in(page, house_of_demo, "sari")
    _darken(page, is_dark)
    page.goto(f"{house_of_demo.url}/program/pertemuan/{made['session']}/")

    _tab_to(page, "[data-marks] [data-key='H']")
    for key in ("h", "t", "p"):
        page.keyboard.press(key)
    _tab_to(page, "select.reason")
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.value") == "sick"
    _follow(page, ".saved button.btn-primary")

    text = page.inner_text("main")
    assert "3 dari 3 terisi" in text
    assert violations(page) == []
    _follow(page, ".saved button[form=undo]")
    assert "0 dari 3 terisi" in page.inner_text("main")


@pytest.mark.browser
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_a_sheet_of_paper_by_keyboard_alone(house_of_demo: House, window: Any, is_dark: bool) -> None:
    page = window()
    sign_in(page, house_of_demo, "sari")
    _darken(page, is_dark)
    page.goto(f"{house_of_demo.url}/program/ketik/")
    code = page.locator("main tbody th a").first.inner_text()
    _tab_to(page, "#id_code")
    page.keyboard.type(code.lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")

    _tab_to(page, "[data-keying] [data-column='0']")
    rows = page.locator("[data-keying] tbody tr").count()
    before = page.locator("[data-present='0']").inner_text()
    page.keyboard.press("s")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "S"
    page.keyboard.press("h")
    for _row in range(rows - 1):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "jumlah-0"
    page.keyboard.type(before)
    assert violations(page) == []
    _follow(page, ".saved button.btn-primary")

    assert "Tersimpan" in page.inner_text("main")


@pytest.mark.browser
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_a_hearing_by_keyboard_alone(house_of_demo: House, window: Any, is_dark: bool) -> None:
    page = window()
    sign_in(page, house_of_demo, "dewi")
    _darken(page, is_dark)
    page.goto(f"{house_of_demo.url}/program/sidang/baru/")
    _tab_to(page, "[name=place]")
    page.keyboard.type("Aula")
    _tab_to(page, "[name=members]")
    page.keyboard.type("Dewi Anggraini, Ketua TPP")
    _follow(page, "main form .btn-primary")

    _tab_to(page, "[data-marks] [data-key='T'], [data-marks] input[value='']")
    rows = page.locator("[data-marks] tbody tr").count()
    for row in range(rows):
        page.keyboard.press("x" if row == 0 else "t")
    _follow(page, ".saved button.btn-primary")

    assert page.locator("tr.clash").count() == 1
    assert violations(page) == []
    _tab_to(page, "input[aria-invalid='true']")
    page.keyboard.type("Belum memenuhi syarat")
    _follow(page, ".saved button.btn-primary")
    assert "BA-TPP" in page.inner_text("main")


@pytest.mark.browser
def test_tags_before_a_reader_wait_for_the_network_and_count_once(house_of_demo: House, window: Any) -> None:
    made = json.loads(house_of_demo.manage("shell", "-c", TODAY).strip().splitlines()[-1])
    first, second, third = made["codes"]
    page = window(is_cut=True)
    sign_in(page, house_of_demo, "sari")
    page.goto(f"{house_of_demo.url}/program/pertemuan/{made['session']}/pindai/")

    def scan(code: str, end: str = "Enter") -> None:
        page.keyboard.type(code)
        page.keyboard.press(end)

    assert page.evaluate(FOCUSED, "#id_code")
    scan(first)
    page.wait_for_selector("#told.good")
    assert page.inner_text("#there") == "1"
    page.route("**/pindai/", lambda route: route.abort())
    scan(second, "Tab")
    scan(second, "Tab")
    scan(third)
    expect(page.locator("#queue:not([hidden])")).to_contain_text("2")
    page.unroute("**/pindai/")
    expect(page.locator("#there")).to_have_text("3", timeout=15000)
    expect(page.locator("#queue:not([hidden])")).to_have_count(0)

    scan("BUKAN")
    page.wait_for_selector("#told.bad")
    page.reload()
    assert page.inner_text("#there") == "3"
    assert violations(page) == []
