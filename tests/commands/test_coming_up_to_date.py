"""A house of an earlier version, in which people worked, is brought up to date and loses nothing.

`tests/data/house_before` is the house of invented people as the first version that ran a day left it, after its closing: `pg_dump`
of the database without the files of papers, and the keys of its encrypted fields, which have never kept anything true.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bekal.embedded import roles
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment, leave, start_or_join
from bekal.embedded.owner import connect_as_owner
from bekal.embedded.server_user import server_user
from bekal.foundation.keeping import dumping

ROOT = Path(__file__).resolve().parents[2]
BEFORE = ROOT / "tests" / "data" / "house_before"
# What the house of before had, and what has to be there afterwards.
KEPT = ("people_person", "people_custody", "programmes_session", "programmes_attendance",
        "programmes_enrolment", "certificates_certificate", "ceremonies_handover", "papers_paper", "accounts_user",
        "audit_event")  # fmt: skip


@pytest.fixture
def before(cluster: Cluster):  # type: ignore[no-untyped-def]
    """The house of before, in a cluster of its own: its environment, and how many rows its tables had."""
    start_or_join(cluster)
    shutil.copytree(BEFORE / "keys", cluster.home / "keys", dirs_exist_ok=True)
    environment = {**os.environ, **embedded_environment(cluster)}
    with cluster.connect() as connection:
        roles.know_parameters(connection, early=True)
    dumping.load(environment, pieces=[(BEFORE / "database.dump").read_bytes()], user=server_user(cluster.home))
    with connect_as_owner(environment) as owner:
        rows = dumping.counts(owner)
    yield environment, rows
    leave(cluster)


def test_a_house_of_before_is_brought_up_to_date_and_loses_nothing(before) -> None:  # type: ignore[no-untyped-def]
    environment, rows = before

    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--noinput", "--verbosity", "0"],
        cwd=ROOT, env={**environment, "BEKAL_AS": "owner"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-300:]

    with connect_as_owner(environment) as owner:
        after = dumping.counts(owner)
        assert dumping.broken_links(owner) == []
        assert owner.execute("select count(*) from programmes_session where place_id is null").fetchone() == (0,)
    # The history tells that sessions got a place; of everything else there is as much as there was.
    assert after.pop("programmes_sessionevent") > rows.pop("programmes_sessionevent")
    assert {table: after[table] for table in KEPT} == {table: rows[table] for table in KEPT}
    assert min(rows[table] for table in KEPT) > 0
    told = subprocess.run(
        [sys.executable, "-m", "django", "check_invariants"],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
