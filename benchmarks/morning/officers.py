"""What the twenty do, each at a browser of their own: again and again until the house says that it is done."""

import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from benchmarks.morning.browser import Browser, File, Page, Unanswered
from benchmarks.morning.promises import Admitted, Closed, Decided, Imported, Marked, Promise
from benchmarks.morning.setting import PASSWORD, Work, as_letters

ROWS = 12
AGAIN_SECONDS = 1.0
# Whoever gets no answer for so long gives up: the house did not come back.
PATIENCE_SECONDS = 900


class Morning:
    """What was acknowledged so far, by whom, and what went wrong."""

    def __init__(self, house: str) -> None:
        self.house = house
        self.is_over = threading.Event()
        self.kept: list[Promise] = []
        self.unanswered = 0
        self.faults: list[str] = []
        self._lock = threading.Lock()

    def acknowledge(self, promise: Promise) -> None:
        with self._lock:
            self.kept.append(promise)

    def say(self, fault: str) -> None:
        with self._lock:
            self.faults.append(fault)
        self.is_over.set()


class Officer(threading.Thread):
    """An officer who does one deed after the other; a deed is done when the house has said so."""

    def __init__(self, morning: Morning, work: Work, username: str) -> None:
        super().__init__(daemon=True, name=username)
        self.morning, self.work, self.username = morning, work, username
        self.browser = Browser(morning.house)

    def deeds(self) -> Iterator[Callable[[], Promise | None]]:
        raise NotImplementedError

    def run(self) -> None:
        try:
            self._until_answered(self._come_in)
            for deed in self.deeds():
                if self.morning.is_over.is_set():
                    return
                if promise := self._until_answered(deed):
                    self.morning.acknowledge(promise)
        except Exception as wrong:
            self.morning.say(f"{self.name}: {type(wrong).__name__}: {wrong}")

    def _until_answered(self, deed: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return deed()
            except Unanswered:
                self.morning.unanswered += 1
                if time.monotonic() > deadline:
                    raise
                time.sleep(AGAIN_SECONDS)

    def _come_in(self) -> None:
        page = self.browser.get("/akun/masuk/")
        if page.has_form("login"):
            page = self.browser.send(page, page.form("login"), login=self.username, password=PASSWORD)
        if page.path != "/":
            raise LookupError(f"not let in: {page}")


class Records(Officer):
    """Admits people by hand, and every third time brings a list. A list that is still being read at the end is no promise."""

    def deeds(self) -> Iterator[Callable[[], Promise | None]]:
        for turn in itertools.count(1):
            yield (lambda turn=turn: self._import(turn)) if turn % 3 == 0 else (lambda turn=turn: self._admit(turn))  # type: ignore[misc]

    def _admit(self, turn: int) -> Promise:
        number = f"B.I {20000 + turn}/2026"
        page = self.browser.get("/warga-binaan/terima/")
        done = self.browser.send(
            page,
            page.form("full_name"),
            full_name=f"Ketut Pagi {as_letters(turn)}",
            register_number=number,
            standing="sentenced",
        )
        # Asked once more after no answer came, the house says that the number is in use: then it was done.
        if done.path == page.path and number not in done.text:
            raise LookupError(f"{number} was not admitted: {done}")
        return Admitted(self.work.code, number)

    def _import(self, turn: int) -> Promise | None:
        numbers = tuple(f"B.I {30000 + turn * 100 + row}/2026" for row in range(ROWS))
        lines = ["No;Nama;No. Register;Golongan"]
        lines += [
            f"{row + 1};Made Daftar {as_letters(turn * 100 + row)};{numbers[row]};Narapidana" for row in range(ROWS)
        ]
        page = self.browser.get("/warga-binaan/impor/")
        file = File(f"pagi-{turn}.csv", "\r\n".join(lines).encode())
        page = self.browser.send(page, page.upload(), file=("file", file))
        if not re.fullmatch(r"/warga-binaan/impor/[0-9a-f-]{36}/", page.path):
            raise LookupError(f"the list was not read: {page}")
        while not page.has_form("simpan/"):
            # The worker reads the file meanwhile.
            if self.morning.is_over.wait(0.5):
                return None
            page = self._until_page(page.path)
        while page.has_form("simpan/"):
            page = self._save(page)
        return Imported(self.work.code, numbers)

    def _save(self, page: Page) -> Page:
        try:
            return self.browser.send(page, page.form("simpan/"), legal_dates_read_on=date.today().isoformat())
        except Unanswered:
            time.sleep(AGAIN_SECONDS)
            # Perhaps it was asked for: the page says so.
            return self._until_page(page.path)

    def _until_page(self, path: str) -> Page:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.browser.get(path)
            except Unanswered:
                if time.monotonic() > deadline:
                    raise
                time.sleep(AGAIN_SECONDS)


class Trainer(Officer):
    """Marks all of a session present, then all of it ill, then present: each save changes every row."""

    def deeds(self) -> Iterator[Callable[[], Promise | None]]:
        for turn in itertools.count():
            session, round_ = self.work.sessions[turn % len(self.work.sessions)], turn // len(self.work.sessions)
            yield lambda session=session, round_=round_: self._mark(session, is_present=round_ % 2 == 0)  # type: ignore[misc]

    def _mark(self, session: str, *, is_present: bool) -> Promise:
        page = self.browser.get(f"/program/pertemuan/{session}/")
        form = page.form("versi")
        keys = [name.removeprefix("h-") for name in form.choices if name.startswith("h-")]
        mark, changes = "h" if is_present else "t", {"ada": "ya"}
        for key in keys:
            form.names.pop(f"a-{key}", None)
            changes |= {f"h-{key}": mark} | ({} if is_present else {f"r-{key}": form.choices[f"r-{key}"][1]})
        saved = self.browser.send(page, form, **changes)
        if saved.status == 409:
            # What came without an answer was saved after all: read the page and say it again.
            raise Unanswered("409")
        if saved.status != 200 or saved.form("versi").names.get(f"h-{key}") != [mark]:
            raise LookupError(f"the sheet was not saved: {saved}")
        return Marked(session, is_present)


class Board(Officer):
    """Calls a hearing for two nominations and decides upon them."""

    def deeds(self) -> Iterator[Callable[[], Promise | None]]:
        while self._until_answered(self._waits):
            yield self._hear

    def _waits(self) -> bool:
        return bool(self._open_hearing()) or "usulan" in self.browser.get("/program/sidang/baru/").text

    def _open_hearing(self) -> str:
        """The hearing that was called and not decided yet, if there is one."""
        for row in self.browser.get("/program/sidang/").text.split("<tr>")[1:]:
            if 'class="state soon"' in row and (found := re.search(r'href="(/program/sidang/[0-9a-f-]{36}/)"', row)):
                return found[1]
        return ""

    def _hear(self) -> Promise:
        path = self._open_hearing() or self._call()
        page = self.browser.get(path)
        form = page.form("putuskan/")
        keys = [name for name in form.choices if name.startswith("p-")]
        decided = self.browser.send(page, form, **dict.fromkeys(keys, "ya"))
        if "BA-TPP" not in decided.text:
            raise LookupError(f"the hearing was not decided: {decided}")
        return Decided(path.rsplit("/", 2)[1], len(keys))

    def _call(self) -> str:
        page = self.browser.get("/program/sidang/baru/")
        form = page.form("usulan")
        waiting = form.choices.get("usulan", [])
        called = self.browser.send(
            page,
            form,
            place="Aula",
            members="Dewi Contoh, Ketua TPP",
            held_on=form.names["held_on"],
            usulan=waiting[:2],
        )
        if called.path == page.path:
            raise LookupError(f"the hearing was not called: {called}")
        return called.path


class Head(Officer):
    """Closes a batch, one ceremony after the other, at the pace at which certificates come."""

    def deeds(self) -> Iterator[Callable[[], Promise | None]]:
        for ceremony in self.work.ceremonies:
            yield lambda ceremony=ceremony: self._close(ceremony)  # type: ignore[misc]
            self.morning.is_over.wait(4)

    def _close(self, ceremony: str) -> Promise:
        path = f"/acara/{ceremony}/"
        page = self.browser.get(f"{path}tutup/")
        if page.has_form("csrfmiddlewaretoken"):
            sending = next((form for form in page.forms if form.action in ("", f"{path}tutup/")), None)
            if sending is not None:
                self.browser.send(page, sending)
        if f"{path}tutup/" in self.browser.get(path).links:
            raise LookupError("the batches were not closed")
        return Closed(ceremony)


def twenty(morning: Morning, works: list[Work]) -> list[Officer]:
    """The officers of all facilities."""
    return [
        officer(morning, work, username)
        for work in works
        for officer, username in (
            (Records, work.records),
            (Trainer, work.trainer),
            (Board, work.board),
            (Head, work.head),
        )
    ]
