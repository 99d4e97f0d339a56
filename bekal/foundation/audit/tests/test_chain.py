"""The trail is whole, or says where it is not. Damage is done by the owner: the application's role cannot."""

import os

import psycopg
import pytest
from django.db import ProgrammingError, connection

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.audit import operations, queries
from bekal.foundation.audit.models import Event
from bekal.foundation.core.scope import entered


def _owner(database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ["BEKAL_DB_HOST"],
        port=os.environ.get("BEKAL_DB_PORT") or 5432,
        dbname=database,
        user=os.environ["BEKAL_DB_OWNER"],
        password=os.environ["BEKAL_DB_OWNER_PASSWORD"],
        autocommit=True,
    )


@pytest.fixture
def written(fresh_database, joko, sari, house, now):  # type: ignore[no-untyped-def]
    """Five committed events in Melati's chain."""
    for number in range(5):
        with entered(scope_of(sari)):
            operations.record("people.person.opened", on=joko, by=sari, at=now, payload={"n": number})
    return fresh_database


def _breaks(house) -> list[str]:  # type: ignore[no-untyped-def]
    with entered(scope_of(house)):
        return [f"{broken.seq} {broken.what}" for broken in queries.breaks()]


def test_a_chain_nobody_touched_is_whole(written, house, sari) -> None:  # type: ignore[no-untyped-def]
    assert _breaks(house) == []
    with entered(scope_of(sari)):
        assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("update audit_event set payload = '{\"n\": 9}' where seq = 3", "3 isinya diubah"),
        ("update audit_event set at = at + interval '1 second' where seq = 3", "3 isinya diubah"),
        ("update audit_event set actor = gen_random_uuid() where seq = 2", "2 isinya diubah"),
        ("delete from audit_event where seq = 3", "3 hilang"),
        ("update audit_event set seq = case seq when 2 then 3 else 2 end where seq in (2, 3)", "isinya diubah"),
        ("delete from audit_event where seq = 5", "5 baris terakhir rantai"),
    ],
)
def test_whatever_is_done_to_the_table_is_found(written, house, damage, found) -> None:  # type: ignore[no-untyped-def]
    with _owner(written) as owner:
        owner.execute("alter table audit_event disable trigger all")
        owner.execute("alter table audit_event drop constraint audit_event_place")
        owner.execute(damage)

    assert any(found in line for line in _breaks(house))


def test_a_cut_tail_with_a_corrected_head_is_found_by_the_printed_root(written, house, joko, now) -> None:  # type: ignore[no-untyped-def]
    with entered(scope_of(house)):
        root = queries.root_until(joko.facility_id, now.replace(hour=23))
        assert queries.holds_root(root)

    with _owner(written) as owner:
        owner.execute("alter table audit_event disable trigger all")
        owner.execute("delete from audit_event where seq = 5")
        owner.execute(
            "update audit_head h set seq = 4, hash = (select hash from audit_event where seq = 4) where facility > 0"
        )

    assert _breaks(house) == []
    with entered(scope_of(house)):
        assert not queries.holds_root(root)
        assert not queries.holds_root("no hex")


@pytest.mark.parametrize(
    "statement",
    ["update audit_event set code = 'x'", "delete from audit_event", "truncate audit_event", "delete from audit_head"],
)
def test_the_application_cannot_rewrite_the_trail(written, house, statement) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ProgrammingError), entered(scope_of(house)), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_owner_is_stopped_by_the_trigger(written) -> None:  # type: ignore[no-untyped-def]
    with _owner(written) as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("update audit_event set code = 'x'")


def test_an_event_that_brings_its_own_place_is_placed_by_the_trigger(written, house, sari, now, joko) -> None:  # type: ignore[no-untyped-def]
    with entered(scope_of(sari)):
        Event.objects.create(
            facility=joko.facility_id, seq=99, hash=b"x" * 32, at=now, code="a.b.c", actor_role="", subject_kind=""
        )

    assert _breaks(house) == []


def test_settle_gives_places_before_the_commit(joko, sari, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(sari)
    operations.record("people.person.opened", on=joko, by=sari, at=now)
    assert queries.root_until(joko.facility_id, now.replace(hour=23)) == ""

    operations.settle()

    assert len(queries.root_until(joko.facility_id, now.replace(hour=23))) == 64
