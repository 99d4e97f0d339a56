"""What the database says about the house itself: its version, its queue, its chains, which keys its rows need."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bekal.foundation.audit.chain import Break, breaks_in
from bekal.foundation.audit.models import Event, Head
from bekal.foundation.core.rotation import encrypted_columns
from bekal.foundation.papers.models import Signature

TAIL = 500
_TAIL_LINKS = """
select e.id, e.facility, e.seq, e.at, e.code, coalesce(e.actor::text, ''), e.actor_role, e.subject_kind,
       coalesce(e.subject::text, ''), e.payload::text, e.prev_hash, e.hash
  from audit_event e join audit_head h using (facility) where e.seq > h.seq - %s order by e.facility, e.seq
"""


def server_version() -> int:
    """The server's version as PostgreSQL counts it, such as 180006. Fails where no server answers."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def pending_migrations() -> list[str]:
    """Steps of this version that the tables have not taken yet."""
    executor = MigrationExecutor(connection)
    return [
        f"{step.app_label}.{step.name}" for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]


def later_migrations() -> list[str]:
    """Steps of the tables that this version does not know: a later one was here."""
    loader = MigrationExecutor(connection).loader
    ours = {app for app, _name in loader.disk_migrations or {}}
    applied = loader.applied_migrations or {}
    return sorted(
        f"{app}.{name}" for app, name in applied if app in ours and (app, name) not in (loader.disk_migrations or {})
    )


@dataclass(frozen=True)
class Queue:
    """How the background work stands: the oldest that waits, how much failed lately, when a worker last said that it lives."""

    waiting: int
    oldest: datetime | None
    failed: int
    heartbeat: datetime | None


def queue(now: datetime) -> Queue:
    """The queue of the whole house; it holds primary keys alone. Failed means: within the last seven days."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where j.status in ('todo', 'doing')),"
            " min(e.at) filter (where j.status = 'todo' and coalesce(j.scheduled_at, %(now)s) <= %(now)s),"
            " count(*) filter (where j.status = 'failed' and e.at > %(lately)s),"
            " (select max(last_heartbeat) from procrastinate_workers)"
            " from procrastinate_jobs j left join lateral"
            " (select max(at) at from procrastinate_events where job_id = j.id) e on true",
            {"now": now, "lately": now - timedelta(days=7)},
        )
        row = cursor.fetchone()
    assert row is not None
    return Queue(*row)


def last_event_at() -> datetime | None:
    """When the latest event in sight says it was."""
    return Event.objects.order_by("-at").values_list("at", flat=True).first()


def tail_breaks() -> list[Break]:
    """What does not hold in the last rows of each chain in sight. The whole chain is `verify_audit`'s to read."""
    with connection.cursor() as cursor:
        cursor.execute(_TAIL_LINKS, [TAIL])
        rows = cursor.fetchall()
    before: dict[int, tuple[int, bytes]] = {}
    for row in rows:
        before.setdefault(row[1], (row[2] - 1, bytes(row[10] or b"")))
    heads = Head.objects.order_by("facility").values_list("facility", "seq", "hash")
    return list(breaks_in(rows, heads, after=before))


def keys_in_use() -> set[int]:
    """The numbers of the keys with which columns of the house are encrypted, among the rows in sight."""
    numbers: set[int] = set()
    with connection.cursor() as cursor:
        for model, name in encrypted_columns():
            quoted = connection.ops.quote_name
            column, table = quoted(name), quoted(model._meta.db_table)
            # Names come from the models.
            cursor.execute(f"select distinct get_byte({column}, 0) from {table} where length({column}) > 0")  # noqa: S608
            numbers |= {int(number) for (number,) in cursor.fetchall()}
    return numbers


def seals_in_use() -> set[bytes]:
    """The fingerprints of the certificates that sealed papers in sight."""
    found: Any = Signature.objects.values_list("fingerprint", flat=True).distinct()
    return {bytes(fingerprint) for fingerprint in found}
