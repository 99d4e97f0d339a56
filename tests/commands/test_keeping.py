"""scripts/manage doctor, the nightly backup, and the backup before a new version: as an operator meets them."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import nights
import pytest
from django.conf import settings
from django.utils import timezone

from bekal.embedded import roles
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import leave, start_or_join
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep
from bekal.foundation.keeping import backups, diary, nightly, recovery, restoring
from tests.commands.conftest import AT

ROOT = Path(__file__).resolve().parents[2]


def _manage(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BEKAL_", "DATABASE_", "PG"))}
    variables = {"BEKAL_DATA": str(home), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "bekal.settings", **more}
    command = [sys.executable, str(ROOT / "scripts" / "managing.py"), *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def restored(backed_up, home: Path) -> Path:  # type: ignore[no-untyped-def]
    place, secret = backed_up
    backup = restoring.open_backup(place, restoring.check_backup(place, known={}), secret)
    restoring.restore(backup, home, at=AT, say=lambda _said: None, is_for_tests=True)
    return home


def _sql(home: Path, *statements: str) -> None:
    """Done to the database by somebody who may do anything, past triggers too."""
    cluster = Cluster(home, is_for_tests=True)
    start_or_join(cluster)
    try:
        with cluster.connect(roles.DATABASE) as mighty:
            for statement in statements:
                mighty.execute(statement)
    finally:
        leave(cluster)


def _wrong(home: Path) -> dict[str, str]:
    """What the doctor finds not well, each with what to do."""
    asked = _manage(home, "doctor", "--json")
    told = json.loads(asked.stdout)
    assert asked.returncode == (0 if told["ok"] else 1), asked.stderr
    assert all(finding["todo"] for finding in told["findings"] if not finding["is_ok"])
    return {finding["name"]: finding["todo"] for finding in told["findings"] if not finding["is_ok"]}


def test_the_doctor_finds_what_is_wrong_and_says_what_to_do(restored: Path) -> None:
    diary.note_made(restored, at=timezone.now(), place=restored)
    well = _wrong(restored)
    # The machine that tests us may have a small disk, or a late clock: not this house's matter.
    usual = set(well) & {"disk", "clock"}
    assert set(well) == usual

    shutil.rmtree(restored / "keys" / "fields", ignore_errors=True)
    (restored / "secrets" / "owner").chmod(0o644)
    (restored / "recovery" / "recovery.json").unlink()
    _sql(restored, "delete from django_migrations where app = 'jobs'")
    found = _wrong(restored)

    assert {"keys", "backup", "tables"} <= set(found)
    assert "chmod" in found["keys"] and "recovery_passphrase" in found["backup"] and "./run" in found["tables"]


HAPPENED = (
    "insert into audit_event (facility, at, code, actor_role, subject_kind, payload)"
    " select 0, now(), 'uji.coba', '', '', '{}' from generate_series(1, 3)"
)


def test_the_doctor_notices_a_trail_that_somebody_rewrote(restored: Path) -> None:
    diary.note_made(restored, at=timezone.now(), place=restored)
    _sql(restored, HAPPENED)
    assert "trail" not in _wrong(restored)

    _sql(restored, "set session_replication_role = replica", "update audit_event set code = 'lain' where seq = 2")

    assert "verify_audit" in _wrong(restored)["trail"]


def test_the_doctor_comes_also_where_the_database_cannot_start(restored: Path) -> None:
    (restored / "pg18" / "PG_VERSION").write_text("17\n")

    asked = _manage(restored, "doctor")

    assert asked.returncode == 1
    assert "PostgreSQL 17" in asked.stdout and "scripts/manage restore" in asked.stdout
    assert "Traceback" not in asked.stderr


def test_a_new_version_takes_a_backup_before_it_changes_the_tables(restored: Path) -> None:
    # As an older version left it: its last step is undone, and its stamp is gone.
    undone = _manage(restored, "migrate", "jobs", "0001")
    assert undone.returncode == 0, undone.stderr

    first = _manage(restored, "verify_audit")
    second = _manage(restored, "verify_audit")

    assert first.returncode == 0, first.stderr
    assert "Mencadangkan rumah sebelum tabelnya diubah" in first.stderr
    assert "Mencadangkan" not in second.stderr
    kept = backups.kept_in(backups.home_of(restored))
    assert [one.cause for one in kept] == [backups.BEFORE_MIGRATION]
    assert diary.read(restored).made_at is not None


@pytest.fixture
def environment(fresh_database, joko) -> dict[str, str]:  # type: ignore[no-untyped-def]
    keep(settings.DATA / "secrets", "sessions")
    recovery.renew(settings.DATA)
    return {**os.environ, "BEKAL_DATA": str(settings.DATA)}


def test_fourteen_nights_are_kept_here_and_on_the_other_disk(  # type: ignore[no-untyped-def]
    environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, home = tmp_path / "usb", backups.home_of(settings.DATA)
    other.mkdir()
    monkeypatch.setenv(nightly.ELSEWHERE, str(other))
    # Sixteen nights that were, as far as their names and manifests go.
    first = nightly.make_nightly(environment, now=AT - timedelta(days=17))
    for number in range(16, 0, -1):
        for folder in (home, other):
            shutil.copytree(folder / first.name, folder / f"{AT - timedelta(days=number):%Y-%m-%d-%H%M%S}-nightly")

    last = nightly.make_nightly(environment, now=AT)

    for folder in (home, other):
        kept = backups.kept_in(folder)
        assert len(kept) == 14 and kept[-1].place.name == last.name
    assert diary.read(settings.DATA).made_at == AT
    assert diary.read(settings.DATA).failed_at is None


def test_a_disk_that_is_not_there_is_said_and_costs_no_nights(environment, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(nightly.ELSEWHERE, str(tmp_path / "usb"))

    for hours in range(3):
        with pytest.raises(Refused, match="BEKAL_BACKUP_TO"):
            nightly.make_nightly(environment, now=AT + timedelta(hours=hours))
    known = diary.read(settings.DATA)
    assert len(backups.kept_in(backups.home_of(settings.DATA))) == 1
    assert (known.made_at, known.failed_at) == (AT, AT + timedelta(hours=2))
    assert "BEKAL_BACKUP_TO" in known.sentence

    (tmp_path / "usb").mkdir()
    nightly.make_nightly(environment, now=AT + timedelta(hours=3))

    assert len(backups.kept_in(tmp_path / "usb")) == 1
    assert diary.read(settings.DATA).failed_at is None


def test_a_backup_without_room_leaves_nothing_and_is_noted(environment, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bekal.foundation.keeping.sealed_files.SealedWriter.write", full)

    with pytest.raises(Refused, match="penuh"):
        nightly.make_nightly(environment, now=AT)

    home = backups.home_of(settings.DATA)
    assert [path.name for path in home.iterdir()] == ["diary.json"]
    assert "penuh" in diary.read(settings.DATA).sentence


def test_the_running_house_makes_the_backup_when_it_is_due(environment, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("BEKAL_DATA", str(settings.DATA))
    monkeypatch.setattr(nights, "FIRST_LOOK_SECONDS", 0)
    monkeypatch.setattr(nights, "LOOK_SECONDS", 0)
    watch = nights.Nights(settings.DATA)

    watch.look()
    assert watch.process is None, "a house that got its passphrase a moment ago has missed no night"

    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(settings.DATA / recovery.PLACE, (old, old))
    watch.look()
    assert watch.process is not None
    assert watch.process.wait(60) == 0
    watch.look()

    assert watch.process is None
    assert [one.cause for one in backups.kept_in(backups.home_of(settings.DATA))] == [backups.NIGHTLY]


def _shown(data: Path, said: Path, **variables: str) -> str:
    """What is shown when a house starts, with standard error in a file."""
    command = f"from pathlib import Path; from passphrase import have_recovery; have_recovery(Path({str(data)!r}))"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}", **variables}
    with said.open("ab") as file:
        subprocess.run([sys.executable, "-c", command], cwd=ROOT, env=environment, stderr=file, check=True)
    return said.read_text()


def test_the_passphrase_is_shown_once(tmp_path: Path) -> None:
    first = _shown(tmp_path, tmp_path / "first")
    again = _shown(tmp_path, tmp_path / "again")

    assert "Frasa pemulihan cadangan" in first and "kertas" in first
    assert again == ""


def test_the_passphrase_is_not_written_into_the_journal(tmp_path: Path) -> None:
    said = tmp_path / "journal"
    said.touch()
    known = said.stat()

    told = _shown(tmp_path, said, JOURNAL_STREAM=f"{known.st_dev}:{known.st_ino}")

    assert "scripts/manage recovery_passphrase" in told
    assert recovery.read(tmp_path) is None
