"""Roles, database and extensions of the house, in a cluster of ours or on a server."""

import psycopg
from psycopg import sql

SUPERUSER, OWNER, APP, DATABASE = "bekal_super", "bekal_owner", "bekal_app", "bekal"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "citext")
# Under row-level security an index is used only for operators that cannot leak. These compare text and raise nothing.
LEAKPROOF = (
    "similarity_op(text, text)",
    "word_similarity_op(text, text)",
    "word_similarity_commutator_op(text, text)",
    "strict_word_similarity_op(text, text)",
    "strict_word_similarity_commutator_op(text, text)",
    "textlike(text, text)",
    "texticlike(text, text)",
)


def make_role(connection: psycopg.Connection, name: str, password: str, *, may_create: bool = False) -> None:
    """A plain role with this password; it passes no policy."""
    known = connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    verb = "alter" if known else "create"
    rights = "createdb" if may_create else "nocreatedb"
    connection.execute(
        sql.SQL(f"{verb} role {{}} login nosuperuser nocreaterole nobypassrls {rights} password {{}}").format(
            sql.Identifier(name), sql.Literal(password)
        )
    )


def know_parameters(connection: psycopg.Connection, *, early: bool) -> None:
    """Let functions be made that set a parameter of an extension, before anything has loaded that extension."""
    verb = "set session_preload_libraries = 'pg_trgm'" if early else "reset session_preload_libraries"
    connection.execute(sql.SQL(f"alter role {{}} {verb}").format(sql.Identifier(OWNER)))


def settle_application(connection: psycopg.Connection, name: str, password: str) -> None:
    """Give the application's role its name in a cluster of ours; the rights that it was granted go with it."""
    if name != APP:
        connection.execute(sql.SQL("alter role {} rename to {}").format(sql.Identifier(name), sql.Identifier(APP)))
    make_role(connection, APP, password)


def add_extensions(connection: psycopg.Connection) -> None:
    """The extensions that migrations count on."""
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))


def mark_leakproof(connection: psycopg.Connection) -> None:
    """Let indexes serve searches under the policies. Only a superuser may."""
    for function in LEAKPROOF:
        connection.execute(f"alter function {function} leakproof")


def furnish(connection: psycopg.Connection) -> None:
    """What the template and the database of a cluster of ours hold before the first migration; safe to repeat."""
    add_extensions(connection)
    mark_leakproof(connection)
    connection.execute("revoke create on schema public from public")


def has_database(connection: psycopg.Connection) -> bool:
    """Whether the house's database is there: it is made last, so whatever it needs is there too."""
    return bool(connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone())


def make_database(connection: psycopg.Connection) -> None:
    """The database of the house, owned by the owner's role."""
    connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
