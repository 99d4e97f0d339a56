"""Every page that a link leads to, of every officer: accessible in light and dark, at both widths, in both languages.

What is looked at, so that it stays affordable. A page is known by its shape, its address without the row that it names, and looked
at once, by the first officer who comes there. It is loaded twice, once in each language, and axe runs four times over it, so that
each theme meets each width, and each language both themes and both widths:

| language | theme | width | rules |
| --- | --- | --- | --- |
| Indonesian | light | 1366 | all of WCAG 2.2 A and AA |
| Indonesian | dark | 390 | all |
| English | light | 390 | all |
| English | dark | 1366 | those that depend on colour and place |

That every link of every officer opens, and tells nothing that they may not know, is walked without a browser in tests/crawl.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AXE, DESK, PHONE, WCAG, House, sign_in

OFFICERS = ["wira", "ratna", "nyoman", "budi", "dewi", "ayu", "sari", "agung", "oka"]
ROSTER = Path(__file__).resolve().parents[1] / "data" / "rosters" / "01-rapi.xlsx"
# One page of each kind is looked at: the same template with other rows tells nothing new.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/periksa/)[A-Z0-9-]+")
# Downloads, and papers that open as PDF.
LEFT_ALONE = re.compile(
    r"/(keluar|static|media)/|xlsx|csv|pdf|docx|/berkas/|/surat/$|/tanda/|/lembar/|/cetak-|/berita-acara/|/gambar/"
)
PLACE_AND_COLOUR = (
    "{resultTypes: ['violations'], "
    "runOnly: {type: 'rule', values: ['color-contrast', 'target-size', 'scrollable-region-focusable']}}"
)
# What axe does not ask: a label that meets the control of another form, and words that stand letter below letter.
TWICE = """[...document.querySelectorAll('[id]')].map(one => one.id)
    .filter((id, place, all) => all.indexOf(id) !== place).map(id => `the id ${id} stands twice`)"""
LETTERS = """(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
    while (walk.nextNode()) {
        const text = walk.currentNode, words = text.data.trim().split(/[\\s/-]+/), range = document.createRange()
        if (!text.data.trim() || text.parentElement.closest('.visually-hidden, svg, script, style, option')) continue
        range.selectNodeContents(text)
        // A fingerprint is broken wherever the line ends.
        if (words.some(word => word.length > 30)) continue
        const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top))).size
        if (lines > words.length + 1) found.push(`${words.length} words on ${lines} lines: ${text.data.trim().slice(0, 40)}`)
    }
    return found
})()"""
FOUND = "violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)"


def _shape(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", ID.sub("…", address.split("?")[0].split("#")[0]))


class Look:
    """What was looked at, and what was found wrong."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def reached(self, page: Page, starts: list[str]) -> Iterator[str]:
        """Addresses of pages of a shape that nobody has looked at yet, each open in the window when it is given."""
        waiting, passed = [self.house.url + start for start in starts], set()
        while waiting:
            address = waiting.pop(0).split("#")[0]
            shape = _shape(address)
            if shape in passed or not address.startswith(self.house.url) or LEFT_ALONE.search(address):
                continue
            passed.add(shape)
            # Whether it is a page at all is asked first: a browser would open a paper in a window of its own.
            answer = page.request.get(address)
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            if answer.status >= 400:
                self.wrong.append(f"{answer.status} {shape}")
                continue
            waiting += [self.house.url + unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text())]
            # Looked at with another officer's eyes: only its links are of interest.
            if shape not in self.seen:
                self.seen.add(shape)
                page.goto(address)
                yield address

    def at(self, page: Page, *, theme: str, size: dict[str, int], rules: str = WCAG) -> None:
        """Axe over the page that is open, in a theme and a width; and whether it is wider than its window."""
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if theme == "dark" and page.locator("body.public").count():
            # Pages for the world have one theme.
            return
        page.evaluate(f"document.documentElement.dataset.bsTheme = '{theme}'")
        # Colours on their way from one theme to the other are those of neither.
        page.evaluate("document.getAnimations().forEach(moving => moving.finish())")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        found = page.evaluate(f"async () => (await axe.run(document, {rules})).{FOUND}")
        found += page.evaluate(TWICE) + page.evaluate(LETTERS)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        # What is to be printed is as wide as paper.
        found += [f"{wider} px wider than the window"] if wider > 0 and "/cetak" not in page.url else []
        said = f"{_shape(page.url)} {page.locator('html').get_attribute('lang')} {theme} {size['width']}"
        self.wrong += [f"{said}: {one}" for one in found]

    def through(self, page: Page, starts: list[str]) -> None:
        """Everything that links lead to from these pages, in both languages."""
        addresses = []
        for address in self.reached(page, starts):
            addresses.append(address)
            self.at(page, theme="light", size=DESK)
            self.at(page, theme="dark", size=PHONE)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(self.house.url + starts[0])
        self.speak(page, "English")
        for address in addresses:
            page.goto(address)
            self.at(page, theme="light", size=PHONE)
            self.at(page, theme="dark", size=DESK, rules=PLACE_AND_COLOUR)
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(self.house.url + starts[0])
        self.speak(page, "Indonesia")

    def speak(self, page: Page, language: str) -> None:
        """Ask for a language at the foot of the page that is open."""
        with page.expect_navigation():
            page.locator("footer button", has_text=language).click()


@pytest.fixture
def look(house_of_demo: House) -> Look:
    return Look(house_of_demo)


def _read_a_roster(look: Look, page: Page) -> None:
    page.goto(look.house.url + "/warga-binaan/impor/")
    page.set_input_files("main input[type=file]", str(ROSTER))
    with page.expect_navigation():
        page.click("main form button.btn-primary[type=submit]")


def _close_the_batches(look: Look, page: Page) -> None:
    page.goto(look.house.url + "/acara/")
    page.goto(page.locator("main tbody a").first.evaluate("link => link.href") + "tutup/")
    with page.expect_navigation():
        page.click("main form button.btn-primary[type=submit]")
    look.house.manage("work", "--once")


@pytest.mark.browser
def test_every_page_of_every_officer_is_accessible(look: Look, window) -> None:  # type: ignore[no-untyped-def]
    windows = {}
    for username in OFFICERS:
        windows[username] = window(DESK)
        sign_in(windows[username], look.house, username)
    _read_a_roster(look, windows["ratna"])
    for username, page in windows.items():
        look.through(page, ["/", "/warga-binaan/impor/"] if username == "ratna" else ["/"])
    _close_the_batches(look, windows["wira"])
    for username in ("wira", "budi"):
        look.seen -= {shape for shape in look.seen if shape.startswith(("/acara/…/", "/sertifikat/"))}
        look.through(windows[username], ["/acara/", "/sertifikat/", "/surat/"])

    assert not look.wrong, "\n".join(sorted(set(look.wrong)))
    assert len(look.seen) > 60


@pytest.mark.browser
def test_what_strangers_reach_is_accessible(look: Look, window) -> None:  # type: ignore[no-untyped-def]
    page = window(DESK)
    look.through(page, ["/akun/masuk/", "/periksa/", "/periksa/ABCD-EFGH-JKLM/"])

    assert not look.wrong, "\n".join(sorted(set(look.wrong)))
