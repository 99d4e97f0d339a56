"""Every page that a link leads to: it opens, it is accessible, it is not wider than its window, it loads nothing from outside."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, House, sign_in, violations

# One page of each kind is looked at: the same template with other rows tells nothing new.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Downloads, and papers that open as PDF.
LEFT_ALONE = re.compile(r"/(keluar|static)/|xlsx|csv|pdf|/berkas/|/surat/$|/tanda/|/lembar/|/cetak|/berita-acara/")
MOST = 40
# Shapes that were looked at: the same template for another officer is opened, and not measured once more.
LOOKED: set[str] = set()


def _shape(path: str) -> str:
    return re.sub(r"^https?://[^/]+", "", ID.sub("…", path.split("?")[0].split("#")[0]))


def _crawl(page, house: House, starts: list[str]):  # type: ignore[no-untyped-def]
    """The address of one page of each shape that links lead to, from the pages of `starts`."""
    waiting, seen = [house.url + start for start in starts], set()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        shape = _shape(address)
        if shape in seen or not address.startswith(house.url) or LEFT_ALONE.search(address):
            continue
        seen.add(shape)
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield address, answer.status
        waiting += page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")


@pytest.mark.browser
@pytest.mark.parametrize("username", ["wira", "ratna", "nyoman", "ayu", "budi", "sari", "dewi", "oka"])
def test_what_an_officer_can_reach_opens_and_is_accessible(house_of_demo, window, username) -> None:  # type: ignore[no-untyped-def]
    page = window(DESK)
    sign_in(page, house_of_demo, username)
    wrong = []
    for address, status in _crawl(page, house_of_demo, ["/", "/periksa/"]):
        if status >= 400:
            wrong.append(f"{status} {_shape(address)}")
            continue
        if _shape(address) in LOOKED:
            continue
        LOOKED.add(_shape(address))
        wrong += [f"{_shape(address)} {found}" for found in violations(page)]
        page.set_viewport_size(PHONE)
        wrong += [f"{_shape(address)} on a phone: {found}" for found in violations(page)]
        page.set_viewport_size(DESK)

    assert wrong == []


@pytest.mark.browser
def test_the_dark_view_is_accessible_too(house_of_demo, window) -> None:  # type: ignore[no-untyped-def]
    page = window(DESK)
    sign_in(page, house_of_demo, "budi")
    page.click("text=Tampilan gelap")
    wrong = []
    for address, _status in _crawl(page, house_of_demo, ["/", "/program/angkatan/"]):
        wrong += [f"{_shape(address)} {found}" for found in violations(page)]
        if len(wrong) > 20:
            break

    assert wrong == []
