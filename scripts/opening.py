"""Opening the database of the house for a command: start or join it, and migrate it if the code is newer."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from ending import end_tidily, end_undisturbed
from preparing import ROOT
from telling import say

from bekal.embedded.house import House, database
from bekal.embedded.refusals import Refused

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


def _migrate(environment: dict[str, str]) -> None:
    """Bring the tables to where the code is; a stamp of the last time spares asking Django."""
    stamp = Path(environment["BEKAL_DATA"]) / MIGRATED
    with psycopg.connect(
        host=environment["BEKAL_DB_HOST"],
        port=environment["BEKAL_DB_PORT"],
        dbname=environment["BEKAL_DB_NAME"],
        user=environment["BEKAL_DB_OWNER"],
        password=environment["BEKAL_DB_OWNER_PASSWORD"],
        autocommit=True,
    ) as owner:
        # Two commands at once: the second waits, and finds the work done.
        owner.execute("select pg_advisory_lock(%s)", [MIGRATING])
        if stamp.exists() and stamp.read_text() == _state(owner):
            return
        say("Menyiapkan tabel basis data …")
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--noinput"]
        done = subprocess.run(
            command, env={**os.environ, **environment, "BEKAL_AS": "owner"}, cwd=ROOT, stdout=sys.stderr, check=False
        )
        if done.returncode:
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
