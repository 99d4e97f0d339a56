"""The PostgreSQL that comes along: it survives, it is shared, it refuses with a sentence, and it keeps its secrets."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bekal.embedded import roles, sharing
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, start_or_join
from bekal.embedded.refusals import Refused

ROOT = Path(__file__).resolve().parents[2]


def test_the_application_role_owns_nothing_and_may_little(running_cluster: Cluster) -> None:
    with running_cluster.connect("bekal") as connection:
        row = connection.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
            " (select count(*) from pg_class where relowner = pg_roles.oid) from pg_roles where rolname = %s",
            [roles.APP],
        ).fetchone()
        trusted = connection.execute("select count(*) from pg_hba_file_rules where auth_method = 'trust'").fetchone()

    assert row == (False, False, False, False, 0)
    assert trusted == (0,)


def test_secrets_and_socket_are_ours_alone(running_cluster: Cluster) -> None:
    environment = embedded_environment(running_cluster)

    assert all(path.stat().st_mode & 0o077 == 0 for path in running_cluster.secrets.iterdir())
    assert running_cluster.socket.stat().st_mode & 0o077 == 0
    assert len(environment["BEKAL_SECRET_KEY"]) >= 40


@pytest.mark.lasting
def test_what_was_committed_survives_a_kill(cluster: Cluster) -> None:
    start_or_join(cluster)
    with cluster.connect() as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
    assert cluster.process is not None

    cluster.process.kill()
    # Nobody has waited for the dead server yet: its number is still taken.
    second = Cluster(cluster.home)
    start_or_join(second)

    with cluster.connect() as connection:
        assert connection.execute("select n from kept").fetchall() == [(1,)]
    leave(second)
    assert second.process is not None
    second.process.wait()


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


def test_other_programs_are_refused_by_version(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        old.chmod(0o755)
        for name in ("postgres", "initdb"):
            (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18'\n")
            (old / name).chmod(0o755)
        monkeypatch.setenv("BEKAL_PG_BIN", folder)

        with pytest.raises(Refused, match=r"memerlukan PostgreSQL 18; yang ada: .* 15\.18"):
            start_or_join(cluster)


def test_a_mark_left_by_a_dead_server_hinders_nobody(cluster: Cluster) -> None:
    start_or_join(cluster)
    leave(cluster)
    # After a power cut the number of the server belongs to any other process.
    (cluster.folder / "postmaster.pid").write_text(f"{os.getppid()}\n{cluster.folder}\n1\n5432\n/nowhere\n\n\nready\n")

    start_or_join(cluster)

    assert cluster.answers()


def test_a_making_that_was_killed_leaves_nothing_in_the_way(cluster: Cluster) -> None:
    half = cluster.folder.with_name("pg18.making")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    start_or_join(cluster)

    assert cluster.answers()


def test_what_is_not_ours_to_use_is_left_as_it_is(cluster: Cluster) -> None:
    cluster.folder.mkdir(parents=True)
    (cluster.folder / "letter.txt").write_text("keep me")
    with pytest.raises(Refused, match="bukan data PostgreSQL"):
        start_or_join(cluster)
    assert (cluster.folder / "letter.txt").read_text() == "keep me"

    shutil.rmtree(cluster.folder)
    cluster.folder.symlink_to("/nowhere/at/all")
    with pytest.raises(Refused, match="tidak ada"):
        start_or_join(cluster)

    cluster.folder.unlink()
    (cluster.home / "pg17").mkdir()
    (cluster.home / "pg17" / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refused, match="milik PostgreSQL 17"):
        start_or_join(cluster)


def test_a_folder_that_cannot_be_used_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Refused, match="tidak dapat dipakai"):
        start_or_join(Cluster(tmp_path / "file" / "var"))


def test_a_search_index_may_serve_under_the_policies(running_cluster: Cluster) -> None:
    for name in ("bekal", "template1"):
        with running_cluster.connect(name) as connection:
            found = connection.execute(
                "select count(*) from pg_proc where proleakproof and proname in ('similarity_op', 'word_similarity_op')"
            ).fetchone()
        assert found == (2,)
