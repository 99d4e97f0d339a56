"""The database of a house, embedded or on a server, as environment variables that the settings read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bekal.embedded import roles, sharing, swapping
from bekal.embedded.cluster import PORT, Cluster
from bekal.embedded.handover import handed_over
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep
from bekal.embedded.server import server_environment


@dataclass
class House:
    """A database that is up: what the settings must know of it, and its cluster if it is one of ours."""

    environment: dict[str, str]
    cluster: Cluster | None = None

    def revive(self) -> bool:
        """Start an embedded server again if it died; whether it had."""
        if self.cluster is None or not self.cluster.has_died():
            return False
        with sharing.alone(self.cluster.home):
            if not self.cluster.answers():
                self.cluster.start()
        return True


def data_folder(root: Path) -> Path:
    """`BEKAL_DATA`, or `var` in the checkout."""
    return Path(os.environ.get("BEKAL_DATA") or root / "var").resolve()


def start_or_join(cluster: Cluster) -> None:
    """Use the cluster: start its server unless another process of the house did.

    Raises:
        Refused: the data cannot be used; nothing was changed.
    """
    try:
        with sharing.alone(cluster.home) as holders:
            try:
                if swapping.is_decided(cluster.home):
                    cluster.stop()
                    swapping.carry_through(cluster.home)
                _start_and_furnish(cluster)
                sharing.join(holders)
            except BaseException:
                if not any(holders.iterdir()):
                    cluster.stop()
                raise
    except OSError as wrong:
        raise Refused(
            f"Folder data {wrong.filename or cluster.home} tidak dapat dipakai ({wrong.strerror}). "
            "Jalankan sebagai pemiliknya, atau pilih folder lain dengan BEKAL_DATA."
        ) from wrong


def _start_and_furnish(cluster: Cluster) -> None:
    is_new = not cluster.answers()
    if is_new:
        cluster.start()
    with cluster.connect() as connection:
        has_database = roles.has_database(connection)
        if has_database and not is_new:
            return
        roles.make_role(connection, roles.OWNER, keep(cluster.secrets, "owner"), may_create=cluster.is_for_tests)
        roles.make_role(connection, roles.APP, keep(cluster.secrets, "app"))
        if cluster.is_for_tests:
            # A test's own database goes away also where a process of the test still holds it.
            connection.execute(f"grant pg_signal_backend to {roles.OWNER}")
        for name in ("template1", roles.DATABASE) if has_database else ("template1",):
            with cluster.connect(name) as inside:
                roles.furnish(inside)
        if not has_database:
            roles.make_database(connection)


def leave(cluster: Cluster) -> None:
    """Stop using the cluster; the last one to leave stops its server."""
    with sharing.alone(cluster.home) as holders:
        if sharing.leave(holders):
            cluster.stop()


def embedded_environment(cluster: Cluster) -> dict[str, str]:
    """What the settings must know of a running embedded cluster."""
    owner = (roles.OWNER, keep(cluster.secrets, "owner"))
    app = (roles.APP, keep(cluster.secrets, "app"))
    return handed_over(cluster.home, str(cluster.socket), PORT, roles.DATABASE, owner, app)


@contextmanager
def database(root: Path) -> Iterator[House]:
    """The database of the house for as long as the block lasts."""
    data = data_folder(root)
    if url := os.environ.get("DATABASE_URL"):
        with sharing.alone(data):
            swapping.carry_through(data)
        yield House(server_environment(data, url))
        return
    cluster = Cluster(data)
    start_or_join(cluster)
    try:
        yield House(embedded_environment(cluster), cluster)
    finally:
        leave(cluster)
