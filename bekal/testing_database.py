"""Databases for tests: one template, migrated by the owner; a copy for a run, or for one test, in a fifth of a second.

The application's role can neither create a database nor empty one, so a test rolls back, or has a copy of its own.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from psycopg import sql

TEMPLATE_LOCK = 7_262_025


def _as_owner() -> psycopg.Connection:
    try:
        return psycopg.connect(
            host=os.environ["BEKAL_DB_HOST"],
            port=os.environ.get("BEKAL_DB_PORT") or 5432,
            dbname="postgres",
            user=os.environ["BEKAL_DB_OWNER"],
            password=os.environ["BEKAL_DB_OWNER_PASSWORD"],
            autocommit=True,
        )
    except KeyError as missing:
        raise RuntimeError(f"{missing} is not set: run the tests with ./test") from missing


def _migrations_key() -> str:
    files = sorted((settings.ROOT / "bekal").glob("**/migrations/*.py")) + [settings.ROOT / "requirements" / "run.txt"]
    row_security = settings.ROOT / "bekal" / "foundation" / "core" / "row_security.py"
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in [*files, row_security]))
    return digest.hexdigest()[:12]


def template() -> str:
    """The name of a database with today's migrations in it, made if there is none yet."""
    name = f"bekal_template_{_migrations_key()}"
    with _as_owner() as owner:
        owner.execute("select pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if owner.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            making = f"{name}_making"
            owner.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(making)))
            owner.execute(sql.SQL("create database {}").format(sql.Identifier(making)))
            command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
            subprocess.run(command, check=True, env={**os.environ, "BEKAL_AS": "owner", "BEKAL_DB_NAME": making})
            owner.execute(
                sql.SQL("alter database {} rename to {}").format(sql.Identifier(making), sql.Identifier(name))
            )
    return name


@contextmanager
def copy_of(source: str, name: str) -> Iterator[str]:
    """A copy of a database under another name, gone afterwards."""
    with _as_owner() as owner:
        owner.execute("select pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        owner.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(source)))
    try:
        yield name
    finally:
        _drop(name)


def _drop(name: str) -> None:
    """Drop a database, whoever holds it. A worker of PostgreSQL's own in it cannot be ended by us: it ends by itself."""
    for last_try in (False, False, False, True):
        try:
            with _as_owner() as owner:
                owner.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
                return
        except psycopg.errors.InsufficientPrivilege:
            if last_try:
                raise
            time.sleep(0.5)
