"""The drill: a house is backed up here and restored as on another machine, by another user, with the passphrase from paper."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from bekal.embedded.secrets_kept import keep
from bekal.foundation.facilities.models import Facility
from bekal.foundation.keeping import backups, manifest, recovery
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.operations import make_paper
from bekal.foundation.papers.tests.samples import CERTIFICATE
from bekal.people import operations
from bekal.people.tests.factories import person_facts, stay_facts

ROOT = Path(__file__).resolve().parents[2]
NIK = "5102041708900004"
# What is asked of the restored house, in it and as its application.
QUESTIONS = f"""
import hashlib, json, sys
from datetime import datetime, UTC
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.audit.queries import breaks
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.models import Paper, PaperFile
from bekal.foundation.papers.operations import make_paper
from bekal.foundation.papers.seal_keys import certificates_of_house
from bekal.foundation.papers.verifying import signatures_of
from bekal.people.models import Person
house = system_user()
with entered(scope_of(house)):
    person = Person.objects.get(full_name="I Wayan Mudita")
    old = bytes(PaperFile.objects.get().pdf)
    new = make_paper(kind="certificate", template="sertifikat", data={CERTIFICATE!r}, facility=Facility.objects.get(),
                     is_confidential=False, by=house, at=datetime(2026, 12, 9, 3, 0, tzinfo=UTC))
    fresh = bytes(new.file.pdf)
    seals = [signatures_of(pdf, trusted=certificates_of_house())[0] for pdf in (old, fresh)]
    print(json.dumps({{
        "nik": person.nik,
        "old": hashlib.sha256(old).hexdigest(),
        "numbers": sorted(Paper.objects.values_list("sequence", flat=True)),
        "seals": [seal.is_valid and seal.is_whole and seal.is_of_house for seal in seals],
        "same_key": seals[0].fingerprint == seals[1].fingerprint,
    }}))
with entered(scope_of(house)):
    assert list(breaks()) == []
"""


@pytest.fixture
def backed_up(fresh_database, melati: Facility, lestari, within, now: datetime, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A house with a person, a NIK, a sealed paper and a file; its backup, its passphrase and what it held."""
    keep(settings.DATA / "secrets", "sessions")
    (settings.DATA / "files").mkdir()
    (settings.DATA / "files" / "foto.jpg").write_bytes(b"a picture")
    with within(lestari):
        operations.admit(facility=melati, person=person_facts(nik=NIK), stay=stay_facts(), by=lestari, at=now)
        paper = make_paper(
            kind=PaperKind.CERTIFICATE,
            template="sertifikat",
            data=CERTIFICATE,
            facility=melati,
            is_confidential=False,
            by=lestari,
            at=now,
        )
    passphrase = recovery.renew(settings.DATA)
    environment = {**os.environ, "BEKAL_DATA": str(settings.DATA)}
    place = backups.make_backup(environment, into=tmp_path / "disk", cause=backups.ASKED, at=now)
    return place, passphrase, bytes(paper.sha256).hex()


@pytest.fixture
def another_machine() -> Iterator[tuple[Path, dict[str, int]]]:
    """A folder of another user of the system, where root may become one; else of our own."""
    folder = Path(tempfile.mkdtemp(prefix="bekal-drill-", dir="/tmp"))
    somebody: dict[str, int] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        trial = [sys.executable, "-c", f"open({str(ROOT / 'run')!r})"]
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid}
        try:
            if subprocess.run(trial, cwd="/", capture_output=True, check=False, **who).returncode == 0:  # type: ignore[call-overload]
                somebody = who
                shutil.chown(folder, nobody.pw_uid, nobody.pw_gid)
        except PermissionError:
            pass
    yield folder, somebody
    shutil.rmtree(folder, ignore_errors=True)


def _manage(machine: tuple[Path, dict[str, int]], *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    folder, somebody = machine
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BEKAL_", "DATABASE_", "PG"))}
    variables = {
        "BEKAL_DATA": str(folder / "var"),
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "bekal.settings",
        **more,
    }
    command = [sys.executable, str(ROOT / "scripts" / "managing.py"), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **variables}, capture_output=True, text=True, check=False, **somebody
    )  # type: ignore[call-overload]


def _carried(place: Path, machine: tuple[Path, dict[str, int]]) -> Path:
    """The backup as it comes on a disk."""
    folder, somebody = machine
    carried = folder / place.name
    shutil.copytree(place, carried)
    for path in [carried, *carried.iterdir()]:
        if somebody:
            shutil.chown(path, somebody["user"], somebody["group"])
    return carried


def test_a_house_opens_on_another_machine_with_the_passphrase_alone(backed_up, another_machine) -> None:  # type: ignore[no-untyped-def]
    place, passphrase, sha256 = backed_up
    carried = _carried(place, another_machine)
    written = passphrase.lower().replace("-", " ").replace("0", "o")

    done = _manage(another_machine, "restore", str(carried), "--json", BEKAL_RECOVERY_PASSPHRASE=written)
    asked = _manage(another_machine, "shell", "--no-imports", "-c", QUESTIONS)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == sum(manifest.read(place).tables.values())
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == {
        "nik": NIK,
        "old": sha256,
        "numbers": [1, 2],
        "seals": [True, True],
        "same_key": True,
    }
    data = another_machine[0] / "var"
    assert (data / "files" / "foto.jpg").read_bytes() == b"a picture"
    assert (data / "secrets" / "sessions").read_text() == (settings.DATA / "secrets" / "sessions").read_text()


def test_the_passphrase_lies_nowhere_in_house_or_backup(backed_up) -> None:  # type: ignore[no-untyped-def]
    place, passphrase, _sha256 = backed_up
    kept = [path for folder in (place, settings.DATA) for path in folder.rglob("*") if path.is_file()]

    forms = {passphrase, passphrase.replace("-", ""), passphrase.lower()}
    assert [path for path in kept for form in forms if form.encode() in path.read_bytes()] == []


def test_nothing_personal_can_be_read_on_the_disk(backed_up) -> None:  # type: ignore[no-untyped-def]
    place, _passphrase, _sha256 = backed_up
    key = (settings.DATA / "keys" / "fields" / "1.key").read_bytes()

    for path in place.iterdir():
        content = path.read_bytes()
        assert not any(secret in content for secret in (b"Mudita", NIK.encode(), b"a picture", key)), path.name
        assert path.stat().st_mode & 0o077 == 0
