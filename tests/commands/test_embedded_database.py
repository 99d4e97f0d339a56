"""The PostgreSQL that comes along: it survives, it is shared, it refuses with a sentence, and it keeps its secrets."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bekal.embedded import roles, sharing
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, server_environment, start_or_join
from bekal.embedded.refusals import Refused

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A cluster of the test's own; with the mark `lasting` it writes to disk before it says so, as in an office."""
    cluster = Cluster(tmp_path / "var", is_for_tests=request.node.get_closest_marker("lasting") is None)
    yield cluster
    cluster.stop()
    if cluster.process is not None:
        cluster.process.wait(30)
    # Where the test's folder is out of the server's reach, the data lie outside it.
    shutil.rmtree(cluster.folder.resolve(), ignore_errors=True)
    shutil.rmtree(cluster.socket, ignore_errors=True)


def test_the_application_role_owns_nothing_and_may_little(cluster: Cluster) -> None:
    start_or_join(cluster)

    with cluster.connect("bekal") as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
            " (select count(*) from pg_class where relowner = pg_roles.oid) from pg_roles where rolname = %s",
            [roles.APP],
        ).fetchone()
        trusted = connection.execute("select count(*) from pg_hba_file_rules where auth_method = 'trust'").fetchone()

    assert row == (False, False, False, False, 0)
    assert trusted == (0,)


def test_secrets_and_socket_are_ours_alone(cluster: Cluster) -> None:
    start_or_join(cluster)
    environment = embedded_environment(cluster)

    assert all(path.stat().st_mode & 0o077 == 0 for path in cluster.secrets.iterdir())
    assert cluster.socket.stat().st_mode & 0o077 == 0
    assert len(environment["BEKAL_SECRET_KEY"]) >= 40


@pytest.mark.lasting
def test_what_was_committed_survives_a_kill(cluster: Cluster) -> None:
    start_or_join(cluster)
    with cluster.connect() as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
    pid = cluster.server_pid()
    assert pid is not None

    os.kill(pid, signal.SIGKILL)
    for _try in range(100):
        if cluster.reap():
            break
        time.sleep(0.05)
    start_or_join(cluster)

    with cluster.connect() as connection:
        assert connection.execute("select n from kept").fetchall() == [(1,)]


def test_two_share_one_server_and_the_last_stops_it(cluster: Cluster) -> None:
    start_or_join(cluster)
    join = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\n"
        "from bekal.embedded.cluster import Cluster\n"
        "from bekal.embedded.house import leave, start_or_join\n"
        f"cluster = Cluster(Path({str(cluster.home)!r}), is_for_tests=True)\n"
        "start_or_join(cluster); print('in', flush=True); sys.stdin.readline(); leave(cluster)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", join], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "in\n"

    leave(cluster)
    assert cluster.answers()
    other.communicate("out\n", timeout=30)

    assert not cluster.answers()


def test_a_holder_that_died_is_forgotten(cluster: Cluster) -> None:
    with sharing.alone(cluster.home) as holders:
        (holders / "999999").write_text("1")
        (holders / str(os.getpid())).write_text("not my birth")

    with sharing.alone(cluster.home) as holders:
        assert list(holders.iterdir()) == []


def test_data_of_another_major_version_are_left_alone(cluster: Cluster) -> None:
    start_or_join(cluster)
    leave(cluster)
    (cluster.folder / "PG_VERSION").write_text("17\n")

    with pytest.raises(Refused, match="PostgreSQL 17"):
        start_or_join(cluster)


def test_data_on_which_another_server_works_are_left_alone(cluster: Cluster) -> None:
    start_or_join(cluster)
    stranger = Cluster(cluster.home, is_for_tests=True)
    # Somebody who does not know the password cannot join, and must not start a second server on the same data.
    (cluster.secrets / "super").write_text("another password")

    with pytest.raises(Refused, match="sedang dipakai"):
        start_or_join(stranger)


def test_a_server_that_cannot_be_reached_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="DATABASE_URL"):
        server_environment(tmp_path, "postgresql://nobody:none@127.0.0.1:1/none")


def test_other_programs_are_refused_by_version(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("postgres", "initdb"):
        (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18'\n")
        (old / name).chmod(0o755)
    monkeypatch.setenv("BEKAL_PG_BIN", str(old))

    with pytest.raises(Refused, match="memerlukan PostgreSQL 18"):
        start_or_join(cluster)


def test_the_url_of_a_server_becomes_two_roles(cluster: Cluster, tmp_path: Path) -> None:
    start_or_join(cluster)
    url = f"postgresql://{roles.OWNER}@/bekal?host={cluster.socket}"

    # The owner of the embedded cluster may make no role: that is said, and nothing is half made.
    with pytest.raises(Refused):
        server_environment(tmp_path / "other", url)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
