"""A server that `DATABASE_URL` names: two roles on it, and refusals in a sentence."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bekal.embedded import server
from bekal.embedded.cluster import Cluster
from bekal.embedded.refusals import Refused
from bekal.embedded.server import server_environment


@pytest.fixture
def url(running_cluster: Cluster) -> Iterator[str]:
    """A database on a server, with an owner who may create roles and is no superuser."""
    with running_cluster.connect() as connection:
        connection.execute("create role pemilik login createrole password 'sandi @/ pemilik'")
        connection.execute("create database kantor owner pemilik")
        yield f"postgresql://pemilik:sandi%20%40%2F%20pemilik@/kantor?host={running_cluster.socket}"
        for what in ("database kantor", "role if exists kantor_app", "role pemilik"):
            connection.execute(f"drop {what}")


def test_a_server_gets_a_plain_role_for_the_application(url: str, tmp_path: Path) -> None:
    data = tmp_path / "data"

    # The second start finds the role that the first has made.
    first, second = server_environment(data, url), server_environment(data, url)

    assert first == second
    assert (first["BEKAL_DB_OWNER"], first["BEKAL_DB_APP"]) == ("pemilik", "kantor_app")
    with psycopg.connect(
        host=first["BEKAL_DB_HOST"],
        dbname="kantor",
        user=first["BEKAL_DB_APP"],
        password=first["BEKAL_DB_APP_PASSWORD"],
    ) as connection:
        found = connection.execute(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
    assert found == (False,)


def test_an_older_server_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "OLDEST", 19)

    with pytest.raises(Refused, match="PostgreSQL 18; Bekal memerlukan PostgreSQL 19"):
        server_environment(tmp_path, url)


def test_an_owner_who_may_make_no_role_is_told_what_to_do(running_cluster: Cluster, url: str, tmp_path: Path) -> None:
    with running_cluster.connect() as connection:
        connection.execute("alter role pemilik nocreaterole")

    with pytest.raises(Refused, match="BEKAL_APP_DATABASE_URL"):
        server_environment(tmp_path, url)


def test_a_role_that_passes_the_policies_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEKAL_APP_DATABASE_URL", "postgresql://bekal_super:x@/kantor")
    with pytest.raises(Refused, match="penjagaan baris"):
        server_environment(tmp_path, url)

    monkeypatch.setenv("BEKAL_APP_DATABASE_URL", "postgresql://tidak_ada:x@/kantor")
    with pytest.raises(Refused, match="tidak ada di server itu"):
        server_environment(tmp_path, url)


def test_a_server_that_cannot_be_reached_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="DATABASE_URL tidak dapat dipakai"):
        server_environment(tmp_path, "postgresql://nobody:none@127.0.0.1:1/none")
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        server_environment(tmp_path, "mysql://nobody@127.0.0.1/none")
