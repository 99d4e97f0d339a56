"""The database as a stream of bytes and back, and what is known of it at one instant. Sees all rows, as the owner."""

import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from bekal.embedded.binaries import programs
from bekal.embedded.owner import connect_as_owner, for_programs
from bekal.embedded.refusals import Refused
from bekal.embedded.server_user import ServerUser
from bekal.foundation.audit.chain import HEADS, LINKS, Break, breaks_in

ROOT = Path(__file__).resolve().parents[3]
TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname"


class Writes(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> object: ...


@dataclass(frozen=True)
class Facts:
    """What the database held at the instant of a snapshot."""

    snapshot: str
    postgres: str
    tables: dict[str, int]
    chain: dict[str, list[Any]]
    migrations: dict[str, list[str]]
    facilities: list[str]


def bekal_version() -> str:
    """The version of this code."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table of the house."""
    found = {}
    for (name,) in connection.execute(TABLES).fetchall():
        row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name))).fetchone()
        found[name] = int(row[0]) if row else 0
    return found


def chain_ends(connection: psycopg.Connection) -> dict[str, list[Any]]:
    """Where the audit chain of each facility ends."""
    return {str(facility): [seq, bytes(digest).hex()] for facility, seq, digest in connection.execute(HEADS).fetchall()}


def broken_links(connection: psycopg.Connection) -> list[Break]:
    """The places at which the audit chains do not hold, none of them left out."""
    with connection.transaction(), connection.cursor("links") as rows:
        rows.itersize = 5000
        rows.execute(LINKS)
        return list(breaks_in(rows, connection.execute(HEADS).fetchall()))


def is_empty(connection: psycopg.Connection) -> bool:
    """Whether nobody has opened a house in this database yet."""
    known = connection.execute("select to_regclass('facilities_facility')").fetchone()
    if known is None or known[0] is None:
        return True
    return connection.execute("select 1 from facilities_facility limit 1").fetchone() is None


@contextmanager
def one_instant(environment: Mapping[str, str]) -> Iterator[Facts]:
    """What the database holds now; while the block lasts, a dump of the same snapshot can be taken."""
    with connect_as_owner(environment) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            if is_empty(connection):
                raise Refused("Rumah ini masih kosong: belum ada yang perlu dicadangkan.", reason="empty")
            row = connection.execute("select pg_export_snapshot()").fetchone()
            applied: dict[str, list[str]] = {}
            for app, name in connection.execute(
                "select app, name from django_migrations order by app, name"
            ).fetchall():
                applied.setdefault(app, []).append(name)
            names = connection.execute("select name from facilities_facility order by id limit 20").fetchall()
            version = connection.info.server_version
            yield Facts(
                snapshot=str(row[0]) if row else "",
                postgres=f"{version // 10000}.{version % 10000}",
                tables=counts(connection),
                chain=chain_ends(connection),
                migrations=applied,
                facilities=[name for (name,) in names],
            )


def dump(environment: Mapping[str, str], *, snapshot: str, user: ServerUser, into: Writes) -> None:
    """pg_dump of that snapshot, compressed, in PostgreSQL's custom format.

    Raises:
        Refused: pg_dump could not; nothing is whole then.
    """
    command = [str(programs(user) / "pg_dump"), "--format=custom", "--compress=gzip:5", f"--snapshot={snapshot}"]
    with subprocess.Popen(
        [*command, "--no-comments"], env=for_programs(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as dumping:
        assert dumping.stdout is not None and dumping.stderr is not None
        try:
            while data := dumping.stdout.read(1 << 20):
                into.write(data)
        except BaseException:
            dumping.kill()
            raise
        said = dumping.stderr.read().decode(errors="replace")
    if dumping.returncode:
        raise Refused(f"Basis data tidak dapat dicadangkan: {_first_line(said)}", reason="program")


def load(environment: Mapping[str, str], *, pieces: Iterable[bytes], user: ServerUser) -> None:
    """pg_restore into an empty database, as one transaction.

    Raises:
        Refused: it is not what pg_dump wrote, or does not fit this server.
    """
    command = [
        str(programs(user) / "pg_restore"),
        "--no-owner",
        "--no-comments",
        "--exit-on-error",
        "--single-transaction",
    ]
    with subprocess.Popen(
        [*command, "--dbname", environment["BEKAL_DB_NAME"]],
        env=for_programs(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as loading:
        assert loading.stdin is not None and loading.stderr is not None
        try:
            for piece in pieces:
                loading.stdin.write(piece)
            loading.stdin.close()
        except BrokenPipeError:
            # It has ended already; why, it says itself.
            pass
        except BaseException:
            loading.kill()
            raise
        said = loading.stderr.read().decode(errors="replace")
        loading.stdin = None
    if loading.returncode:
        raise Refused(f"Basis data tidak dapat dipulihkan: {_first_line(said)}")


def _first_line(said: str) -> str:
    """What a program of PostgreSQL says first; later lines may hold rows."""
    return next((line.strip() for line in said.splitlines() if "error:" in line), "programnya berhenti")[:200]
