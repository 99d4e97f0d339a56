"""Opening the database of the house for a command: start or join it, and migrate it if the code is newer."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from ending import end_tidily, end_undisturbed
from passphrase import have_recovery
from preparing import ROOT
from telling import say

from bekal.embedded.house import House, database
from bekal.embedded.owner import connect_as_owner
from bekal.embedded.refusals import Refused
from bekal.foundation.keeping.backups import BEFORE_MIGRATION, home_of, make_backup, thin
from bekal.foundation.keeping.diary import note_made
from bekal.foundation.keeping.dumping import is_empty

# The stamp of the last migration, in the data folder.
MIGRATED = "migrated"
MIGRATING = 7_262_026
APPLIED = "select md5(string_agg(app || ' ' || name, ',' order by app, name)) from django_migrations"


def _state(owner: psycopg.Connection) -> str:
    """What the code wants of the tables, and what the database says was done to them."""
    files = [*sorted((ROOT / "bekal").rglob("migrations/*.py")), ROOT / "requirements" / "run.txt"]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    try:
        found = owner.execute(APPLIED).fetchone()
    except psycopg.errors.UndefinedTable:
        found = None
    return f"{wanted} {found[0] if found else None}"


def _django_migrate(environment: dict[str, str], option: str) -> int:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", option]
    variables = {**os.environ, **environment, "BEKAL_AS": "owner"}
    return subprocess.run(command, env=variables, cwd=ROOT, stdout=sys.stderr, check=False).returncode


def _save_first(environment: dict[str, str]) -> None:
    """A backup before a new version changes the tables of a house in which somebody works.

    Raises:
        Refused: it could not be made; the tables are as they were.
    """
    if _django_migrate(environment, "--check") == 0 or os.environ.get("BEKAL_MIGRATE_WITHOUT_BACKUP") == "1":
        return
    data, now = Path(environment["BEKAL_DATA"]), datetime.now(UTC)
    have_recovery(data)
    say("Mencadangkan rumah sebelum tabelnya diubah …")
    try:
        place = make_backup(environment, into=home_of(data), cause=BEFORE_MIGRATION, at=now)
    except Refused as refusal:
        raise Refused(f"Versi baru ini belum mengubah data Anda, karena cadangan gagal dibuat. {refusal}") from refusal
    note_made(data, at=now, place=place)
    thin(home_of(data), cause=BEFORE_MIGRATION)


def _migrate(environment: dict[str, str]) -> None:
    """Bring the tables to where the code is; a stamp of the last time spares asking Django."""
    stamp = Path(environment["BEKAL_DATA"]) / MIGRATED
    with connect_as_owner(environment) as owner:
        # Two commands at once: the second waits, and finds the work done.
        owner.execute("select pg_advisory_lock(%s)", [MIGRATING])
        if stamp.exists() and stamp.read_text() == _state(owner):
            return
        if not is_empty(owner):
            _save_first(environment)
        say("Menyiapkan tabel basis data; di PC lama ini perlu beberapa menit …")
        if _django_migrate(environment, "--noinput"):
            raise Refused("Tabel basis data tidak dapat disiapkan; pesannya ada di atas. Data Anda tidak berubah.")
        stamp.write_text(_state(owner))


@contextmanager
def opened_house(*, migrated: bool = True) -> Iterator[House]:
    """The database, up and migrated, in this process's environment. A refusal is a sentence and exit code 1."""
    end_tidily()
    try:
        with database(ROOT) as house:
            try:
                os.environ.update(house.environment)
                if migrated:
                    _migrate(house.environment)
                yield house
            finally:
                end_undisturbed()
    except Refused as refusal:
        say(str(refusal))
        raise SystemExit(1) from refusal
