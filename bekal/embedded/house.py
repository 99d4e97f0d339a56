"""The database of a house, embedded or on a server, as environment variables that the settings read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from bekal.embedded import roles, sharing
from bekal.embedded.cluster import PORT, Cluster
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep

MAJOR_NUMBER = 180000


def data_folder(root: Path) -> Path:
    """`BEKAL_DATA`, or `var` in the checkout."""
    return Path(os.environ.get("BEKAL_DATA") or root / "var").resolve()


def _environment(
    data: Path, host: str, port: str, name: str, owner: tuple[str, str], app: tuple[str, str]
) -> dict[str, str]:
    return {
        "BEKAL_DATA": str(data),
        "BEKAL_SECRET_KEY": keep(data / "secrets", "sessions"),
        "BEKAL_DB_HOST": host,
        "BEKAL_DB_PORT": port,
        "BEKAL_DB_NAME": name,
        "BEKAL_DB_OWNER": owner[0],
        "BEKAL_DB_OWNER_PASSWORD": owner[1],
        "BEKAL_DB_APP": app[0],
        "BEKAL_DB_APP_PASSWORD": app[1],
    }


def start_or_join(cluster: Cluster) -> None:
    """Use the cluster: start its server unless another process of the house did."""
    with sharing.alone(cluster.home) as holders:
        if not cluster.answers():
            cluster.start()
            _furnish(cluster)
        sharing.join(holders)


def _furnish(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        roles.make_role(connection, roles.OWNER, keep(cluster.secrets, "owner"), may_create=cluster.is_for_tests)
        roles.make_role(connection, roles.APP, keep(cluster.secrets, "app"))
        if cluster.is_for_tests:
            # A test's own database goes away also where a process of the test still holds it.
            connection.execute(f"grant pg_signal_backend to {roles.OWNER}")
        if connection.execute("select 1 from pg_database where datname = %s", [roles.DATABASE]).fetchone():
            return
        with cluster.connect("template1") as template:
            roles.prepare_template(template)
        roles.make_database(connection, roles.DATABASE)


def leave(cluster: Cluster) -> None:
    """Stop using the cluster; the last one to leave stops its server."""
    with sharing.alone(cluster.home) as holders:
        if sharing.leave(holders):
            cluster.stop()


def embedded_environment(cluster: Cluster) -> dict[str, str]:
    """What the settings must know of a running embedded cluster."""
    owner = (roles.OWNER, keep(cluster.secrets, "owner"))
    app = (roles.APP, keep(cluster.secrets, "app"))
    return _environment(cluster.home, str(cluster.socket), str(PORT), roles.DATABASE, owner, app)


def server_environment(data: Path, url: str) -> dict[str, str]:
    """What the settings must know of a PostgreSQL server that `DATABASE_URL` names.

    The URL's role owns the database and may create roles; or the application's own role stands in `BEKAL_APP_DATABASE_URL`.

    Raises:
        Refused: the server cannot be reached, is older than 18, or lets us make no role.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            version = connection.info.server_version
            if version < MAJOR_NUMBER:
                raise Refused(
                    f"Server itu PostgreSQL {version // 10000}; Bekal memerlukan PostgreSQL 18 atau lebih baru."
                )
            app = _server_app(connection, data)
            for extension in roles.EXTENSIONS:
                connection.execute(f"create extension if not exists {extension}")
    except psycopg.Error as wrong:
        raise Refused(f"Server PostgreSQL di DATABASE_URL tidak dapat dipakai: {type(wrong).__name__}.") from wrong
    parts = urlsplit(url)
    owner = (unquote(parts.username or ""), unquote(parts.password or ""))
    return _environment(data, parts.hostname or "", str(parts.port or PORT), parts.path.lstrip("/"), owner, app)


def _server_app(connection: psycopg.Connection, data: Path) -> tuple[str, str]:
    if given := os.environ.get("BEKAL_APP_DATABASE_URL"):
        parts = urlsplit(given)
        return unquote(parts.username or ""), unquote(parts.password or "")
    password = keep(data / "secrets", "app")
    roles.make_role(connection, roles.APP, password)
    return roles.APP, password


@contextmanager
def database(root: Path) -> Iterator[dict[str, str]]:
    """The database of the house for as long as the block lasts, as environment variables."""
    data = data_folder(root)
    if url := os.environ.get("DATABASE_URL"):
        yield server_environment(data, url)
        return
    cluster = Cluster(data)
    start_or_join(cluster)
    try:
        yield embedded_environment(cluster)
    finally:
        leave(cluster)
