"""A PostgreSQL server that `DATABASE_URL` names, instead of the embedded one."""

import os
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bekal.embedded import roles
from bekal.embedded.handover import handed_over
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep

OLDEST = 18
# What a URL may say about the line to the server, and the variables by which libpq hears it from everybody after us.
LINE = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


def server_environment(data: Path, url: str) -> dict[str, str]:
    """What the settings must know of that server.

    The URL's role owns the database and may create roles; or the application's own role stands in `BEKAL_APP_DATABASE_URL`.

    Raises:
        Refused: the server cannot be reached, is too old, or has no plain role for the application.
    """
    said = _read(url, "DATABASE_URL")
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            _check_version(connection.info.server_version)
            roles.add_extensions(connection)
            with suppress(psycopg.errors.InsufficientPrivilege):
                roles.mark_leakproof(connection)
            app = _application(connection, data)
            known = connection.info
            owner = (known.user, known.password)
            environment = handed_over(data, known.host, known.port, known.dbname, owner, app)
    except psycopg.Error as wrong:
        reason = str(wrong).strip().splitlines()[-1]
        raise Refused(f"Server PostgreSQL di DATABASE_URL tidak dapat dipakai: {reason}") from wrong
    return environment | {LINE[word]: str(value) for word, value in said.items() if word in LINE}


def _read(url: str, name: str) -> dict[str, object]:
    try:
        return dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as wrong:
        raise Refused(f"{name} tidak dapat dibaca. Bentuknya: postgresql://peran:sandi@server:5432/bekal") from wrong


def _check_version(version: int) -> None:
    if version // 10000 < OLDEST:
        raise Refused(
            f"Server di DATABASE_URL PostgreSQL {version // 10000}; Bekal memerlukan PostgreSQL {OLDEST} atau lebih baru."
        )


def _application(connection: psycopg.Connection, data: Path) -> tuple[str, str]:
    """The application's role and its password: given, or made beside the owner and named for the database."""
    if given := os.environ.get("BEKAL_APP_DATABASE_URL"):
        said = _read(given, "BEKAL_APP_DATABASE_URL")
        name, password = str(said.get("user") or ""), str(said.get("password") or "")
    else:
        name, password = f"{connection.info.dbname}_app", keep(data / "secrets", "app")
        _make(connection, name, password)
    _check_plain(connection, name)
    return name, password


def _make(connection: psycopg.Connection, name: str, password: str) -> None:
    known = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    words = "alter role {} password {}" if known else "create role {} login password {}"
    try:
        connection.execute(sql.SQL(words).format(sql.Identifier(name), sql.Literal(password)))
    except psycopg.errors.InsufficientPrivilege as wrong:
        raise Refused(
            f"Peran di DATABASE_URL tidak boleh membuat peran {name}. Beri hak CREATEROLE, atau isi BEKAL_APP_DATABASE_URL."
        ) from wrong


def _check_plain(connection: psycopg.Connection, name: str) -> None:
    """The policies hold only for a role that is neither superuser nor owner."""
    found = connection.execute("select rolsuper or rolbypassrls from pg_roles where rolname = %s", [name]).fetchone()
    if found is None:
        raise Refused(f"Peran {name} di BEKAL_APP_DATABASE_URL tidak ada di server itu.")
    if found[0] or name == connection.info.user:
        raise Refused(f"Peran aplikasi {name} melewati penjagaan baris. Pakai peran biasa yang tidak memiliki apa pun.")
