"""Opening the database of the house for a command: start or join it, and migrate it if the code is newer."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bekal.embedded.house import database
from bekal.embedded.refusals import Refused
from preparing import ROOT, say


def _migrations_key() -> str:
    files = sorted((ROOT / "bekal").rglob("migrations/*.py")) + [ROOT / "requirements" / "run.txt"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _migrate(environment: dict[str, str]) -> None:
    """Bring the tables to where the code is; asked of a stamp that carries the database's name."""
    stamp = Path(environment["BEKAL_DATA"]) / "migrated"
    where = f"{environment['BEKAL_DB_HOST']} {environment['BEKAL_DB_PORT']} {environment['BEKAL_DB_NAME']}"
    wanted = f"{where} {_migrations_key()}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Menyiapkan tabel basis data …")
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--noinput"]
    done = subprocess.run(command, env={**os.environ, **environment, "BEKAL_AS": "owner"}, cwd=ROOT, stdout=sys.stderr)
    if done.returncode:
        raise Refused("Tabel basis data tidak dapat disiapkan; pesannya ada di atas. Data Anda tidak berubah.")
    stamp.write_text(wanted)


@contextmanager
def opened_house() -> Iterator[None]:
    """The database, up and migrated, in this process's environment. A refusal is a sentence and exit code 1."""
    try:
        with database(ROOT) as environment:
            os.environ.update(environment)
            _migrate(environment)
            yield
    except Refused as refusal:
        say(str(refusal))
        raise SystemExit(1) from refusal
