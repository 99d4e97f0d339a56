"""Roles, database and extensions of the house, in a cluster or a server that may be empty."""

import psycopg
from psycopg import sql

OWNER, APP, DATABASE = "bekal_owner", "bekal_app", "bekal"
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


def prepare_template(connection: psycopg.Connection) -> None:
    """What every database made from this one has: extensions, and operators that indexes may use under the policies."""
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
    for function in LEAKPROOF:
        connection.execute(f"alter function {function} leakproof")
    connection.execute("revoke create on schema public from public")


def make_database(connection: psycopg.Connection, name: str) -> None:
    """The database of the house, owned by the owner's role."""
    if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
