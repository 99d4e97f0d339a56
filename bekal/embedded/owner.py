"""The database as its owner sees it: all rows, past every policy. For migrating, keeping and examining, never for pages."""

import os
from collections.abc import Mapping

import psycopg

from bekal.embedded.making import plain_environment


def connect_as_owner(environment: Mapping[str, str], *, timeout: int = 10) -> psycopg.Connection:
    """A connection of the owner's role, to the database that `environment` names (see `handover`)."""
    return psycopg.connect(
        host=environment["BEKAL_DB_HOST"],
        port=environment["BEKAL_DB_PORT"],
        dbname=environment["BEKAL_DB_NAME"],
        user=environment["BEKAL_DB_OWNER"],
        password=environment["BEKAL_DB_OWNER_PASSWORD"],
        autocommit=True,
        connect_timeout=timeout,
    )


def for_programs(environment: Mapping[str, str]) -> dict[str, str]:
    """What pg_dump and pg_restore must know to sign in as the owner: nothing of it stands on a command line."""
    line = {name: os.environ[name] for name in os.environ if name.startswith("PGSSL")}
    return {
        **plain_environment(),
        **line,
        "PGHOST": environment["BEKAL_DB_HOST"],
        "PGPORT": environment["BEKAL_DB_PORT"],
        "PGDATABASE": environment["BEKAL_DB_NAME"],
        "PGUSER": environment["BEKAL_DB_OWNER"],
        "PGPASSWORD": environment["BEKAL_DB_OWNER_PASSWORD"],
    }
