"""The health page: one word for everybody, the rest for the head and the operator."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bekal.embedded.refusals import Refused
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.foundation.keeping import diary, examining, queries, reasons, recovery

HEALTH, DETAILS = "/sehat/", "/sehat/rinci/"


@pytest.fixture(autouse=True)
def data(db: None) -> Path:
    folder = Path(settings.DATA)
    folder.mkdir()
    return folder


@pytest.fixture
def recovered(data: Path) -> Path:
    recovery.renew(data)
    return data


def test_the_world_hears_one_word(melati: Facility) -> None:
    plain, program = Client().get(HEALTH), Client().get(HEALTH, headers={"Accept": "application/json"})

    assert (plain.status_code, plain.content.decode()) == (200, "baik\n")
    assert program.json() == {"ok": True}
    assert Client().post(HEALTH).status_code == 405


def test_a_full_disk_and_a_silent_database_are_not_well(melati: Facility, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("bekal.foundation.keeping.examining.rules.FULL", 10**18)
        assert Client().get(HEALTH).status_code == 503

    def silent() -> int:
        raise OperationalError("server at /run/secret did not answer")

    monkeypatch.setattr(queries, "server_version", silent)
    answer = Client().get(HEALTH, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content) == (503, b'{"ok": false}')


def test_the_head_reads_what_to_do(wira: User, pages_of, recovered: Path) -> None:  # type: ignore[no-untyped-def]
    diary.note_made(recovered, at=timezone.now() - timedelta(hours=50), place=recovered)

    page = pages_of(wira).get(DETAILS)

    assert "biarkan rumah berjalan pukul 21.00" in page.content.decode().lower()
    assert page.context["wrong"] >= 1
    told = pages_of(wira).get(DETAILS, {"format": "json"})
    assert told.status_code == 503
    assert {finding["name"] for finding in told.json()["findings"]} >= {"database", "disk", "clock", "backup", "work"}


def test_others_are_refused(sari: User, pages_of) -> None:  # type: ignore[no-untyped-def]
    assert pages_of(sari).get(DETAILS).status_code == 403
    assert Client().get(DETAILS).status_code == 302


def test_the_desk_shows_the_age_of_the_last_backup(wira: User, sari: User, pages_of, recovered: Path) -> None:  # type: ignore[no-untyped-def]
    diary.note_made(recovered, at=timezone.now() - timedelta(hours=5), place=recovered)

    assert "Cadangan terakhir: 5\xa0jam yang lalu." in pages_of(wira).get(reverse("desk:desk")).content.decode()
    assert "Cadangan terakhir" not in pages_of(sari).get(reverse("desk:desk")).content.decode()


@pytest.mark.parametrize(
    ("hours", "failed", "sentence"),
    [
        (5, None, ""),
        (49, None, "Cadangan terakhir lebih tua dari dua hari"),
        (5, Refused("Disk tempat /cadangan penuh.", reason="full", about="/cadangan"), "Disk tempat /cadangan penuh"),
        (5, Refused("Sebab lama tanpa kode."), "Sebab lama tanpa kode."),
    ],
)
def test_the_desk_warns_of_backups_that_are_old_or_failed(  # type: ignore[no-untyped-def]
    wira: User, pages_of, recovered: Path, hours: int, failed: Refused | None, sentence: str
) -> None:
    diary.note_made(recovered, at=timezone.now() - timedelta(hours=hours), place=recovered)
    if failed:
        diary.note_failed(recovered, at=timezone.now(), why=failed)

    waits = [wait for _urgency, group in pages_of(wira).get(reverse("desk:desk")).context["groups"] for wait in group]

    ours = [wait for wait in waits if wait.url == DETAILS]
    assert [sentence in f"{wait.what} {wait.why}" for wait in ours] == ([True] if sentence else [])


@pytest.mark.parametrize("reason", ["recovery", "full", "unwritable", "elsewhere", "database", "program", "empty"])
def test_why_a_backup_failed_is_said_in_the_language_of_the_reader(recovered: Path, reason: str) -> None:
    diary.note_failed(
        recovered, at=timezone.now(), why=Refused("Kalimat di terminal.", reason=reason, about="/media/usb")
    )
    known = diary.read(recovered)

    with translation.override("en"):
        english = reasons.why(known)
    with translation.override("id"):
        indonesian = reasons.why(known)

    assert english != indonesian and "terminal" not in english + indonesian
    assert ("/media/usb" in english) is (reason in ("full", "unwritable", "elsewhere"))


def test_every_reason_of_a_failed_backup_has_its_sentence() -> None:
    """Whoever adds a reason adds the words in which a page says it."""
    folder = Path(settings.ROOT) / "bekal" / "foundation" / "keeping"
    named = {
        code
        for name in ("backups.py", "nightly.py", "dumping.py")
        for code in re.findall(r'reason="(\w+)"', (folder / name).read_text(encoding="utf-8"))
    }

    unsaid = [code for code in named if not reasons.why(diary.Diary(reason=code))]
    assert len(named) == 7 and unsaid == []


def test_a_house_without_a_passphrase_says_so(wira: User, pages_of) -> None:  # type: ignore[no-untyped-def]
    page = pages_of(wira).get(reverse("desk:desk"))

    assert "Rumah ini belum dicadangkan" in page.content.decode()
    assert any("frasa pemulihan" in one.said for one in examining.check_backups(timezone.now()))


def test_a_check_that_cannot_be_done_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: object) -> list[object]:
        raise PermissionError(13, "Permission denied", "/secret")

    found = examining.look_over([broken], now=timezone.now())  # type: ignore[list-item]

    assert [(one.is_ok, "PermissionError" in one.said) for one in found] == [(False, True)]
