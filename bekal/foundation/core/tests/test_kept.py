"""A read that is written once gives each officer what the plain read gives, and remembers nobody."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import FunctionType
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet

from bekal.embedded.owner import connect_as_owner
from bekal.foundation.accounts.models import User
from bekal.foundation.core import kept
from bekal.foundation.core.together import Kept, together
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Custody, Person


def _staying(user: User) -> QuerySet[Custody]:
    return Custody.objects.filter(facility=user.facility_here).order_by("pk")


def _of_title(user: User) -> QuerySet[Facility]:
    title = user.posting.title if user.posting else ""
    return Facility.objects.filter(name=title, pk=user.facility_here)


def _of_id(user: User) -> QuerySet[User]:
    return User.objects.filter(public_id=user.public_id)


def _any_of(facility: int) -> QuerySet[Facility]:
    return Facility.objects.filter(Q(pk=facility) | Q(name=f"{facility}"))


def _none_of_none(facility: int, since: date = date(2026, 1, 1)) -> QuerySet[Custody]:
    return Custody.objects.filter(facility=facility, admitted_on__gte=since)


class _People:
    """What another file might call by the same name."""

    class objects:  # noqa: N801
        @staticmethod
        def filter(facility: int) -> QuerySet[Person]:
            return Person.objects.filter(custodies__facility=facility)


def _elsewhere(make: FunctionType, **names: Any) -> Any:
    """The same words in another file, where they mean something else."""
    other = FunctionType(make.__code__, {**make.__globals__, "__name__": "bekal.elsewhere", **names})
    other.__module__ = "bekal.elsewhere"
    return other


def test_an_officers_other_facts_are_refused_and_not_taken_for_nothing(sari: User, within: Callable) -> None:
    with within(sari):
        for make in (_of_title, _of_id):
            with pytest.raises((User.DoesNotExist, type(sari.posting).DoesNotExist)):
                together(Kept(make, sari))


def test_what_is_told_inside_of_something_else_is_refused(melati: Facility, house: User, within: Callable) -> None:
    with within(house), pytest.raises(ValueError):
        together(Kept(_any_of, melati.pk))


def test_a_read_that_remembers_something_is_refused(melati: Facility) -> None:
    with pytest.raises(AssertionError):
        Kept(_none_of_none, melati.pk)
    with pytest.raises(AssertionError):
        Kept(Facility.objects.filter, melati.pk)


def test_the_same_words_in_two_files_are_two_reads(joko: Person, sari: User, within: Callable) -> None:
    with within(sari):
        stays, people = together(Kept(_staying, sari), Kept(_elsewhere(_staying, Custody=_People), sari))

    assert [type(row) for row in stays + people] == [Custody, Person]


def test_officers_in_turn_on_one_connection_each_see_their_own(
    fresh_database: str, joko: Person, sari: User, rina: User, within: Callable
) -> None:
    """More often than it takes until the plan is anybody's; with a rollback, a changed table and a lost connection between."""

    def each_sees(times: int) -> None:
        for _turn in range(times):
            for user, seen in ((sari, 1), (rina, 0), (sari, 1)):
                with within(user):
                    found = together(Kept(_staying, user), Kept(_staying, rina), Custody.objects.all())
                    assert [len(rows) for rows in found] == [seen, 0, seen]

    each_sees(8)
    with within(sari):
        together(Kept(_staying, sari))
        transaction.set_rollback(True)
    each_sees(1)
    _as_owner("alter table people_custody alter column block type varchar(99)")
    each_sees(8)
    _as_owner("select pg_terminate_backend(%s)", connection.connection.info.backend_pid)
    with pytest.raises(OperationalError):
        _seen(sari, within)
    connection.close()
    each_sees(8)


def test_threads_at_once_each_see_their_own(
    fresh_database: str, joko: Person, sari: User, rina: User, within: Callable
) -> None:
    def seen_by(user: User) -> list[int]:
        try:
            return [_seen(user, within) for _turn in range(40)]
        finally:
            connection.close()

    kept._shapes.clear()
    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(seen_by, (sari, rina, sari, rina)))

    assert seen == [[1] * 40, [0] * 40] * 2


def _seen(user: User, within: Callable) -> int:
    """How many stays there are for an officer, where everything kept was just forgotten."""
    kept._shapes.clear()
    with within(user):
        [found] = together(Kept(_staying, user))
    return len(found)


def _as_owner(statement: str, *values: Any) -> None:
    with connect_as_owner(os.environ) as owner:
        owner.execute(statement, values)
