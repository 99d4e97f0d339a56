"""Clusters of a test's own, and the way to the scripts."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bekal.embedded.cluster import Cluster
from bekal.embedded.house import leave, start_or_join

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
