"""The trail of a nation: one event for each session that was recorded, chained as the trigger chains them."""

from typing import Any
from uuid import UUID

import psycopg

_RECORDED = """
select facility_id, recorded_at, public_id, (select public_id from accounts_user u where u.id = recorded_by_id)
  from programmes_session where status = 'held' order by facility_id, recorded_at, id
"""
_COPY = b"copy audit_event (facility, seq, at, code, actor, actor_role, subject_kind, subject, payload, prev_hash, hash) from stdin"
CODE, ROLE, KIND, PAYLOAD = "programmes.attendance.recorded", "section_head", "programmes.session", '{"rows": 20}'


def fill_trail(owner: psycopg.Connection[Any]) -> None:
    """Write the events and the heads of their chains."""
    from bekal.foundation.audit.chain import GENESIS, Link, link_hash

    heads: dict[int, tuple[int, bytes]] = {}
    rows: list[tuple[Any, ...]] = []
    for facility, at, subject, actor in owner.execute(_RECORDED).fetchall():
        seq, before = heads.get(facility, (0, GENESIS))
        facts: tuple[str, str, str, str, str, str] = (CODE, str(actor), ROLE, KIND, str(subject), PAYLOAD)
        here = link_hash(Link(facility, seq + 1, at, *facts, before, b""), before)
        rows.append(
            (facility, seq + 1, at, CODE, UUID(str(actor)), ROLE, KIND, UUID(str(subject)), PAYLOAD, before, here)
        )
        heads[facility] = (seq + 1, here)
    with owner.transaction(), owner.cursor() as cursor:
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
        with cursor.copy(b"copy audit_head (facility, seq, hash) from stdin") as copy:
            for facility, (seq, hashed) in heads.items():
                copy.write_row((facility, seq, hashed))
