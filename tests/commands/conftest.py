"""Clusters of a test's own, and the way to the scripts."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from bekal.embedded import swapping
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import leave, start_or_join
from bekal.embedded.secrets_kept import keep
from bekal.foundation.keeping import backups, recovery

AT = datetime(2026, 12, 8, 14, 0, tzinfo=UTC)

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))


def _gone(cluster: Cluster) -> None:
    cluster.stop()
    if cluster.process is not None:
        cluster.process.wait(30)
    # Where the test's folder is out of the server's reach, the data lie outside it.
    shutil.rmtree(cluster.folder.resolve(), ignore_errors=True)
    shutil.rmtree(cluster.socket, ignore_errors=True)


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A cluster of the test's own; with the mark `lasting` it writes to disk before it says so, as in an office."""
    cluster = Cluster(tmp_path / "var", is_for_tests=request.node.get_closest_marker("lasting") is None)
    yield cluster
    _gone(cluster)


@pytest.fixture(scope="module")
def running_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that is up, for all tests of a file that leave it as it is."""
    cluster = Cluster(tmp_path_factory.mktemp("running") / "var", is_for_tests=True)
    start_or_join(cluster)
    yield cluster
    leave(cluster)
    _gone(cluster)


@pytest.fixture
def backed_up(fresh_database, joko, lestari, tmp_path: Path) -> tuple[Path, str]:  # type: ignore[no-untyped-def]
    """A backup of a house in which Joko lives and Lestari keeps the registers; and its passphrase."""
    keep(settings.DATA / "secrets", "sessions")
    passphrase = recovery.renew(settings.DATA)
    environment = {**os.environ, "BEKAL_DATA": str(settings.DATA)}
    return backups.make_backup(environment, into=tmp_path / "disk", cause=backups.ASKED, at=AT), passphrase


@pytest.fixture
def home() -> Iterator[Path]:
    """The data folder of the house into which is restored; a short path that the server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="bekal-restore-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder / "var"
    for data in (folder / "var", swapping.draft(folder / "var")):
        cluster = Cluster(data)
        cluster.stop()
        shutil.rmtree(cluster.socket, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
