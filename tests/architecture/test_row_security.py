"""The line that no forgotten filter crosses: row-level security on every table that belongs to somebody."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection

# Tables without a policy, each with its reason.
OPEN_TABLES = {
    "accounts_user": "sign-in reads it before a scope is known; it holds officers, not the people we serve",
    "accounts_accessreset": "a link is opened by somebody who cannot sign in; it holds hashes",
    "accounts_firstruntoken": "opened in a house without a facility; it holds hashes",
    "facilities_facility": "names of facilities are public",
    "facilities_region": "names of regional offices are public",
    "auth_group": "unused table of Django: nothing may be written to it",
    "auth_permission": "unused table of Django: nothing may be written to it",
    "auth_group_permissions": "unused table of Django: nothing may be written to it",
    "django_content_type": "names of tables",
    "django_session": "read before anybody is known; holds a key of the user and the hat",
    "mfa_authenticator": "read while signing in; its secrets are encrypted",
    "account_emailaddress": "unused: the house writes to nobody",
    "account_emailconfirmation": "unused: the house writes to nobody",
    "axes_accessattempt": "failed sign-ins, counted before anybody is known",
    "axes_accessattemptexpiration": "failed sign-ins, counted before anybody is known",
    "axes_accessfailurelog": "failed sign-ins, counted before anybody is known",
    "axes_accesslog": "sign-ins, noted before anybody is known",
    "pghistory_context": "unused: histories carry no context",
    "procrastinate_jobs": "the queue: primary keys alone",
    "procrastinate_events": "the queue: primary keys alone",
    "procrastinate_workers": "the queue: heartbeats",
    "procrastinate_periodic_defers": "the queue: nothing is periodic",
    "pghistory_events": "a view over nothing: histories lie in tables of their own",
}


def _tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}


def test_every_table_has_a_policy_or_a_reason(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where cmd = 'SELECT'")
        guarded = {name for (name,) in cursor.fetchall()}

    unguarded = _tables() - guarded - set(OPEN_TABLES)
    assert unguarded == set()
    assert guarded & set(OPEN_TABLES) == set()


def test_the_application_owns_nothing_and_cannot_pass_the_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole")
        owned = cursor.fetchone()[0]
        cursor.execute("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user")
        mighty = cursor.fetchone()[0]
        cursor.execute(
            "select relname from pg_class join pg_policy on polrelid = pg_class.oid where not relrowsecurity limit 1"
        )
        asleep = cursor.fetchone()

    assert (owned, mighty, asleep) == (0, False, None)


def test_nothing_that_happened_can_be_deleted_by_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.role_table_grants"
            " where grantee = current_user and privilege_type in ('DELETE', 'TRUNCATE')"
        )
        deletable = {name for (name,) in cursor.fetchall()}

    no_facts = ("django_session", "axes_", "procrastinate_", "mfa_authenticator", "site_")
    assert {name for name in deletable if not name.startswith(no_facts)} == set()


@pytest.fixture
def raw(fresh_database: str) -> Iterator[psycopg.Connection]:
    """A connection as the application's role, without anything of ours around it."""
    connection = psycopg.connect(
        host=os.environ["BEKAL_DB_HOST"],
        port=os.environ.get("BEKAL_DB_PORT") or 5432,
        dbname=fresh_database,
        user=os.environ["BEKAL_DB_APP"],
        password=os.environ["BEKAL_DB_APP_PASSWORD"],
    )
    yield connection
    connection.close()


def _seen(raw: psycopg.Connection, facilities: str, care: str) -> dict[str, int]:
    with raw.transaction(), raw.cursor() as cursor:
        cursor.execute(
            "select set_config('bekal.facilities', %s, true), set_config('bekal.care', %s, true)", [facilities, care]
        )
        cursor.execute("select distinct tablename from pg_policies")
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f'select count(*) from "{table}"')
            counts[table] = cursor.fetchone()[0]  # type: ignore[index]
    # Events of the house itself, of no facility, name nobody.
    return {table: count for table, count in counts.items() if count and not table.startswith("audit_")}


def test_a_raw_connection_sees_only_what_its_scope_names(raw, joko, sari, rina, kenanga, melati) -> None:  # type: ignore[no-untyped-def]
    assert _seen(raw, "", "") == {}
    assert _seen(raw, "{}", "yes") == {}

    at_melati = _seen(raw, f"{{{melati.pk}}}", "yes")
    at_kenanga = _seen(raw, f"{{{kenanga.pk}}}", "yes")

    assert at_melati["people_person"] == 1
    assert "people_person" not in at_kenanga
    assert "people_custody" not in at_kenanga


def test_a_scope_ends_with_its_transaction(raw, joko, melati) -> None:  # type: ignore[no-untyped-def]
    assert _seen(raw, f"{{{melati.pk}}}", "yes")

    with raw.transaction(), raw.cursor() as cursor:
        cursor.execute("select count(*) from people_person")
        assert cursor.fetchone() == (0,)


def test_a_row_cannot_be_put_into_another_facility(raw, joko, melati, kenanga) -> None:  # type: ignore[no-untyped-def]
    with raw.transaction(force_rollback=True), raw.cursor() as cursor:
        cursor.execute("select set_config('bekal.facilities', %s, true)", [f"{{{melati.pk}}}"])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute("update people_person set facility_id = %s", [kenanga.pk])
