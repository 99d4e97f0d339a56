"""Whether a house holds anything but the demo, and how a demo house is emptied again: by the owner, who may."""

import os

import psycopg
from django.conf import settings
from psycopg import sql

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.facilities.models import Facility
from bekal.web.demo.story import LOADED

KEPT = ("django_migrations", "django_content_type", "auth_permission")


def is_empty() -> bool:
    """Whether no facility is open in this house."""
    return not Facility.objects.exists()


def is_only_demo() -> bool:
    """Whether every row was made by the demo: its facility, its officers, and no event after its story was told."""
    if (
        Facility.objects.filter(is_demo=False).exists()
        or User.objects.filter(is_demo=False).exclude(username="sistem").exists()
    ):
        return False
    told = Event.objects.filter(code=LOADED).order_by("-pk").first()
    return told is not None and not Event.objects.filter(pk__gt=told.pk).exists()


def empty() -> None:
    """Take every row out of a demo house. Call it only where `is_only_demo` said yes."""
    with psycopg.connect(
        host=os.environ["BEKAL_DB_HOST"],
        port=os.environ.get("BEKAL_DB_PORT") or 5432,
        dbname=str(settings.DATABASES["default"]["NAME"]),
        user=os.environ["BEKAL_DB_OWNER"],
        password=os.environ["BEKAL_DB_OWNER_PASSWORD"],
    ) as owner:
        tables = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        wanted = sql.SQL(", ").join(sql.Identifier(table) for (table,) in tables if table not in KEPT)
        owner.execute(
            "create temporary table house_itself on commit drop as select * from accounts_user where username = 'sistem'"
        )
        owner.execute("alter table audit_event disable trigger audit_event_kept")
        owner.execute(sql.SQL("truncate {} cascade").format(wanted))
        owner.execute("alter table audit_event enable trigger audit_event_kept")
        owner.execute("insert into accounts_user select * from house_itself")
