"""Backups that are not as they were made, and restores that are cut off: the house that is there stays, or the new one is whole."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from bekal.embedded import sharing, swapping
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, start_or_join
from bekal.embedded.owner import connect_as_owner
from bekal.embedded.refusals import Refused
from bekal.foundation.keeping import backups, manifest, recovery, restoring
from bekal.foundation.keeping.manifest import DATABASE, FILES, KEYS
from tests.commands.conftest import AT

ROOT = Path(__file__).resolve().parents[2]
KNOWN: dict[str, set[str]] = {}


def _opened(place: Path, passphrase: str) -> restoring.Opened:
    """The backup, checked and opened."""
    return restoring.open_backup(place, restoring.check_backup(place, known=KNOWN), passphrase)


def _restore(place: Path, passphrase: str, home: Path, **more: bool) -> restoring.Restored:
    told: list[str] = []
    return restoring.restore(_opened(place, passphrase), home, at=AT, say=told.append, is_for_tests=True, **more)


def _names(home: Path) -> list[str]:
    """The people who are in a house, as its owner sees them."""
    cluster = Cluster(home, is_for_tests=True)
    start_or_join(cluster)
    try:
        with connect_as_owner(embedded_environment(cluster)) as connection:
            return [name for (name,) in connection.execute("select full_name from people_person order by 1").fetchall()]
    finally:
        leave(cluster)


def _changed(place: Path, sql: str, home: Path) -> None:
    cluster = Cluster(home, is_for_tests=True)
    start_or_join(cluster)
    try:
        with connect_as_owner(embedded_environment(cluster)) as connection:
            connection.execute(sql)
    finally:
        leave(cluster)


def _cut(place: Path) -> None:
    with (place / DATABASE).open("r+b") as file:
        file.truncate(file.seek(0, 2) - 100)


def _altered(place: Path) -> None:
    with (place / KEYS).open("r+b") as file:
        file.seek(40)
        byte = file.read(1)
        file.seek(40)
        file.write(bytes([byte[0] ^ 1]))


def _without_files(place: Path) -> None:
    (place / FILES).unlink()


def _rewritten(place: Path, **changes: object) -> None:
    told = json.loads((place / manifest.NAME).read_bytes())
    (place / manifest.NAME).write_text(json.dumps({**told, **changes}))


SPOILT = {
    "Cadangan terpotong: database.sealed": _cut,
    "Cadangan berubah: keys.sealed": _altered,
    "Cadangan tidak lengkap": _without_files,
    "tidak ada cadangan Bekal yang utuh": lambda place: (place / manifest.NAME).unlink(),
    "rusak atau bukan dari Bekal": lambda place: (place / manifest.NAME).write_text('{"name": "arsip lain"}'),
    "manifest.json rusak": lambda place: (place / manifest.NAME).write_text('{"format": 1}'),
    "bentuk 2": lambda place: _rewritten(place, format=2),
    "di sini Bekal": lambda place: _rewritten(place, migrations={"people": ["9999_later"]}),
    "tidak menyebut isi cadangan": lambda place: _rewritten(place, files={}),
    "tidak ditulis oleh rumah pemilik frasa ini": lambda place: _rewritten(place, tables={}),
    "isinya berubah": lambda place: (place / manifest.PROOF).unlink(),
}


def test_a_backup_that_is_not_as_it_was_made_is_refused_in_a_sentence(backed_up, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    monkeypatch.setitem(KNOWN, "people", {path.stem for path in ROOT.glob("bekal/people/migrations/0*.py")})
    said = {}

    for number, (sentence, spoil) in enumerate(SPOILT.items()):
        spoilt = tmp_path / str(number)
        shutil.copytree(place, spoilt)
        spoil(spoilt)
        with pytest.raises(Refused) as refusal:
            _opened(spoilt, passphrase)
        said[sentence] = str(refusal.value)

    assert {sentence: told for sentence, told in said.items() if sentence not in told} == {}
    assert all("\n" not in told for told in said.values())


WRITTEN_IN: tuple[dict[str, object], ...] = (
    {"migrations": ["people"]},
    {"migrations": {"people": [{}]}},
    {"files": {DATABASE: 1, FILES: [], KEYS: [0]}},
    {"recovery": "frasa"},
    {"recovery": {}},
    {"recovery": {"house": "x", "public": "é", "salt": "", "wrapped": ""}},
    {"recovery": {"house": "x", "public": "", "salt": "", "wrapped": "", "cost": 1 << 40}},
    {"recovery": {"house": "x", "public": "", "salt": "", "wrapped": "", "cost": "2"}},
)


def test_a_manifest_into_which_anything_was_written_is_refused_in_a_sentence(backed_up) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    whole = json.loads((place / manifest.NAME).read_bytes())

    for changes in WRITTEN_IN:
        _rewritten(place, **{**whole, **changes})
        with pytest.raises(Refused, match=r"manifest\.json rusak"):
            _opened(place, passphrase)


def test_what_was_swapped_between_two_backups_is_noticed(backed_up, home, tmp_path) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    environment = {**os.environ, "BEKAL_DATA": str(settings.DATA)}
    other = backups.make_backup(environment, into=tmp_path / "other", cause=backups.ASKED, at=AT)
    shutil.copy(other / DATABASE, place / DATABASE)
    told = json.loads((place / manifest.NAME).read_bytes())
    sums = json.loads((other / manifest.NAME).read_bytes())["files"][DATABASE]
    _rewritten(place, files={**told["files"], DATABASE: sums})

    with pytest.raises(Refused, match="isinya berubah"):
        _opened(place, passphrase)


def test_another_passphrase_opens_nothing(backed_up, home) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up

    for wrong in ("", passphrase[:-1], recovery.renew(settings.DATA)):
        with pytest.raises(Refused, match="Frasa pemulihan tidak cocok"):
            _opened(place, wrong)
    # A new passphrase of the house does not close what was made before.
    assert _opened(place, passphrase).manifest.facilities == ["Lapas Kelas IIB Melati"]


def test_the_house_that_was_there_is_saved_and_moved_aside(backed_up, home) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    _restore(place, passphrase, home)
    _changed(place, "update people_person set full_name = 'Sesudah Cadangan'", home)

    done = _restore(place, passphrase, home)

    assert _names(home) == ["Joko Prasetyo"]
    assert done.saved is not None and done.saved.parent == home / "backups"
    assert done.aside is not None and (done.aside / "pg18" / "PG_VERSION").exists()
    _restore(done.saved, passphrase, home)
    assert _names(home) == ["Sesudah Cadangan"]


def test_a_house_that_cannot_start_is_moved_aside_and_kept(backed_up, home) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    _restore(place, passphrase, home)
    (home / "pg18" / "global" / "pg_control").write_bytes(b"ruined")

    done = _restore(place, passphrase, home)

    assert _names(home) == ["Joko Prasetyo"]
    assert done.saved is None
    assert done.aside is not None and (done.aside / "pg18" / "global" / "pg_control").read_bytes() == b"ruined"


def test_another_house_is_replaced_only_when_somebody_says_so(backed_up, home, tmp_path) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    _restore(place, passphrase, home)
    known = recovery.read(home)
    assert known is not None
    recovery.keep(home, recovery.Recovery(**{**vars(known), "house": "another"}))
    _changed(place, "update people_person set full_name = 'Rumah Lain'", home)

    with pytest.raises(Refused, match="dari rumah lain"):
        _restore(place, passphrase, home)
    assert _names(home) == ["Rumah Lain"]

    _restore(place, passphrase, home, replaces_another=True)
    assert _names(home) == ["Joko Prasetyo"]


def test_a_running_house_is_not_replaced(backed_up, home) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    with sharing.alone(home) as holders:
        sharing.join(holders)

    with pytest.raises(Refused, match="sedang berjalan"):
        _restore(place, passphrase, home)


def test_a_row_that_is_missing_after_restoring_keeps_the_old_house(backed_up, home, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    counted = restoring.dumping.counts
    monkeypatch.setattr(restoring.dumping, "counts", lambda connection: {**counted(connection), "people_person": 7})

    with pytest.raises(Refused, match="people_person"):
        _restore(place, passphrase, home)

    assert not (home / "pg18").exists() and not swapping.draft(home).exists()


RESTORING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bekal.foundation.keeping import restoring
place, home, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
backup = restoring.open_backup(place, restoring.check_backup(place, known={}), passphrase)
print("begun", flush=True)
restoring.restore(backup, home, at=datetime.now(UTC), say=lambda said: None, is_for_tests=True)
"""


def test_a_restore_that_is_killed_leaves_the_old_house_or_the_new_one(backed_up, home) -> None:  # type: ignore[no-untyped-def]
    place, passphrase = backed_up
    _restore(place, passphrase, home)
    _changed(place, "update people_person set full_name = 'Rumah Lama'", home)
    seen = set()

    for wait in (0.3, 1.5, 3.0):
        command = [sys.executable, "-c", RESTORING, str(place), str(home), passphrase]
        restorer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert restorer.stdout is not None and restorer.stdout.readline() == b"begun\n"
        time.sleep(wait)
        restorer.send_signal(signal.SIGKILL)
        restorer.communicate()
        names = _names(home)
        seen.add(names[0])
        assert names in (["Rumah Lama"], ["Joko Prasetyo"]), f"killed after {wait} s"

    _restore(place, passphrase, home)
    assert _names(home) == ["Joko Prasetyo"]
    assert "Rumah Lama" in seen
    assert not swapping.draft(home).exists()


@pytest.mark.parametrize("moved", range(len(swapping.PARTS) * 2))
def test_a_swap_that_is_cut_off_between_two_moves_is_carried_through(tmp_path, monkeypatch, moved) -> None:  # type: ignore[no-untyped-def]
    home = tmp_path / "var"
    for part in swapping.PARTS:
        for folder, word in ((home, "old"), (swapping.draft(home), "new")):
            (folder / part).mkdir(parents=True)
            (folder / part / "word").write_text(word)
    aside = swapping.decide(home, stamp="now")
    renames, real = iter(range(100)), Path.rename

    def cut(path: Path, target: Path) -> Path:
        if next(renames) == moved:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        swapping.carry_through(home)
    monkeypatch.undo()

    swapping.carry_through(home)

    assert {(home / part / "word").read_text() for part in swapping.PARTS} == {"new"}
    assert {(aside / part / "word").read_text() for part in swapping.PARTS} == {"old"}
    assert not swapping.is_decided(home)
