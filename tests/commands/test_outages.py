"""Database stopped, disk full, both in earnest: pages say so, lose nothing that was typed, and work again by themselves."""

import html
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from bekal.conftest import PASSWORD
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment
from bekal.embedded.owner import connect_as_owner
from bekal.foundation.keeping import restoring
from tests.commands.conftest import AT

ROOT = Path(__file__).resolve().parents[2]
ADMIT = "/warga-binaan/terima/"


class Browser:
    """A browser without JavaScript."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, fields: list[tuple[str, str]] | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, page and where it ended."""
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.url + path, data=data, headers={"Referer": self.url, **headers})
        try:
            with self._opener.open(request, timeout=40) as answer:
                return answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.url

    def sign_in(self, username: str) -> None:
        form = _fields(self.ask("/akun/masuk/")[1])
        status, page, _url = self.ask("/akun/masuk/", [*form, ("login", username), ("password", PASSWORD)])
        assert status == 200 and "Keluar" in page

    def admit(self, number: int, remark: str = "") -> tuple[int, str, str]:
        form = dict(_fields(self.ask(ADMIT)[1]))
        typed = {"full_name": f"Warga Baru {number}", "register_number": f"B.I {number}/2026", "standing": "sentenced"}
        typed |= {"admitted_on": "2026-11-20", "remark": remark}
        return self.ask(ADMIT, list((form | typed).items()))


def _fields(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the page's main form, and its token."""
    inner = page[page.index("<main") :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inner)
    return [(name, html.unescape(value)) for name, value in found]


@pytest.fixture
def house(backed_up, home: Path) -> Iterator[Cluster]:  # type: ignore[no-untyped-def]
    """A house of the test's own, restored from a backup, with its database up."""
    place, passphrase = backed_up
    backup = restoring.open_backup(place, restoring.check_backup(place, known={}), passphrase)
    restoring.restore(backup, home, at=AT, say=lambda _said: None, is_for_tests=True)
    cluster = Cluster(home, is_for_tests=True)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def browser(house: Cluster, free_port: int, tmp_path: Path) -> Iterator[Browser]:
    """The pages of that house as the house itself serves them, and a browser before them."""
    environment = {**os.environ, **embedded_environment(house), "BEKAL_DB_POOL": "1", "PORT": str(free_port)}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(free_port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "bekal.wsgi:application",
    ]
    with (tmp_path / "said").open("wb") as said:
        pages = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
    there = Browser(f"http://127.0.0.1:{free_port}")
    try:
        _until(lambda: there.ask("/sehat/")[0] == 200, seconds=60)
        yield there
    finally:
        pages.terminate()
        pages.wait(30)


def _until(happened, seconds: float = 30) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while True:
        try:
            if happened():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def _names(house: Cluster) -> list[str]:
    with connect_as_owner(embedded_environment(house)) as owner:
        found = owner.execute("select full_name from people_person where full_name like 'Warga Baru%' order by 1")
        return [name for (name,) in found.fetchall()]


def test_a_stopped_database_loses_nothing_that_was_sent(house: Cluster, browser: Browser, tmp_path: Path) -> None:
    browser.sign_in("lestari")
    token = _fields(browser.ask(ADMIT)[1])
    house.stop()

    begun = time.monotonic()
    looked, page, _url = browser.ask("/warga-binaan/")
    assert (looked, "Basis data tidak menjawab" in page) == (503, True)
    assert time.monotonic() - begun < 12
    assert browser.ask("/sehat/")[:2] == (503, "tidak baik\n")
    assert browser.ask("/sehat/", Accept="application/json")[1] == '{"ok": false}'
    typed = [("full_name", "Warga Baru 1"), ("register_number", "B.I 1/2026"), ("standing", "sentenced")]
    typed += [("admitted_on", "2026-11-20"), ("remark", 'kata "dalam" <kutip> & dua\nbaris')]
    sent, page, _url = browser.ask(ADMIT, token + typed)
    assert sent == 503 and "belum tersimpan" in page
    kept = _fields(page)
    assert set(typed) <= {(name, value.replace("\r\n", "\n")) for name, value in kept}

    house.start()
    _until(lambda: browser.ask("/sehat/")[0] == 200)
    status, page, url = browser.ask(ADMIT, kept)

    assert status == 200 and "Warga Baru 1" in page and url.endswith("/") and ADMIT not in url
    assert _names(house) == ["Warga Baru 1"]
    said = (tmp_path / "said").read_text()
    assert "outage database" in said
    assert not any(word in said for word in ("Warga Baru", "Traceback", "B.I 1"))


def test_passwords_are_not_handed_back(house: Cluster, browser: Browser) -> None:
    form = _fields(browser.ask("/akun/masuk/")[1])
    house.stop()

    status, page, _url = browser.ask("/akun/masuk/", [*form, ("login", "lestari"), ("password", PASSWORD)])

    assert status == 503
    assert PASSWORD not in page and "kata sandi" in page


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A disk of its own under the house, small enough to be filled: a file system in memory, which only root may mount."""
    asked = ["mount", "-t", "tmpfs", "-o", "size=400m,mode=0755", "tmpfs", str(home.parent)]
    if os.geteuid() != 0 or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("a disk that can be filled needs the right to mount one")
    yield home.parent
    subprocess.run(["umount", "--lazy", str(home.parent)], check=True)


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        while True:
            if not file.write(bytes(4096)):
                return


def test_a_full_disk_is_said_and_nothing_is_half_done(small_disk: Path, house: Cluster, browser: Browser) -> None:
    browser.sign_in("lestari")
    assert browser.admit(1)[0] == 200
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        _fill(filler)

    answers: dict[int, int] = {}
    said = ""
    for number in range(2, 400):
        answers[number], page, _url = browser.admit(number, remark="catatan panjang " * 12)
        if answers[number] != 200:
            said = page
            break
    assert "Disk penuh" in said, f"{answers.popitem()} after {len(answers)}"
    assert browser.ask("/sehat/")[0] == 503

    filler.unlink()
    if house.has_died():
        house.start()
    _until(lambda: browser.ask("/sehat/")[0] == 200)
    assert browser.admit(900)[0] == 200
    taken = [number for number, status in answers.items() if status == 200]
    assert _names(house) == sorted(f"Warga Baru {number}" for number in [1, *taken, 900])
    with connect_as_owner(embedded_environment(house)) as owner:
        assert restoring.dumping.broken_links(owner) == []
