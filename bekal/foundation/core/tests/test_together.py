"""One statement gives what many would have given."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform
from django.test.utils import CaptureQueriesContext

from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.tests import factories as make
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.together import Ask, Kept, Rows, in_rounds, together
from bekal.foundation.facilities.models import Facility, Place
from bekal.people.models import Custody, Person
from bekal.people.tests.factories import a_stay


def _reads() -> dict[str, Any]:
    return {
        "rows with others beside them": Posting.objects.select_related("user", "facility").order_by("pk"),
        "encrypted": Person.objects.order_by("pk"),
        "deferred": Custody.objects.select_related("person").defer("offence", "person__nik").order_by("-pk"),
        "values": User.objects.order_by("-pk").values_list("username", "created_at"),
        "one value": Place.objects.order_by("name").values_list("name", flat=True),
        "dicts": Facility.objects.order_by("pk").values("name", "public_id"),
        "counted": Facility.objects.annotate(rooms=Count("places")).order_by("pk"),
        "json": Event.objects.order_by("id").annotate(told=KeyTextTransform("rows", "payload")),
        "nothing": Person.objects.filter(full_name="Nobody"),
        "never": Person.objects.none(),
        "with their own": Person.objects.order_by("pk").prefetch_related("custodies"),
        "cut": User.objects.order_by(F("nip").asc(nulls_last=True), "pk")[1:3],
    }


def test_each_read_gives_what_it_would_have_given_alone(joko, sari, rina, house, within, pages_of) -> None:  # type: ignore[no-untyped-def]
    pages_of(sari).get("/warga-binaan/")
    with within(house):
        for name, found in zip(_reads(), together(*_reads().values()), strict=True):
            alone = list(_reads()[name])

            assert found == alone, name
            assert [_facts(row) for row in found] == [_facts(row) for row in alone], name


def _facts(row: Any) -> Any:
    if not hasattr(row, "_state"):
        return row
    told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    beside = {name: _facts(other) for name, other in row._state.fields_cache.items()}
    return told, beside, row.nik if isinstance(row, Person) and "nik" in told else None


def test_all_of_them_are_one_query(joko, house, within, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with within(house), django_assert_num_queries(1):
        everybody = Person.objects.order_by("pk")
        people, rows = together(everybody, Rows("select 1 as n, 'satu' as word union all select %s, 'dua'", [2]))

    assert [person.full_name for person in people] == [joko.full_name]
    assert rows == [(1, "satu"), (2, "dua")]


def test_hours_come_back_as_the_driver_gives_them(melati, budi, now, as_user) -> None:  # type: ignore[no-untyped-def]
    as_user(budi)
    make.make_batch(make.make_programme(melati, budi, now), budi, now)
    with transaction.atomic():
        [sessions] = together(Session.objects.order_by("pk"))

        assert [session.during for session in sessions] == list(
            Session.objects.order_by("pk").values_list("during", flat=True)
        )
        assert sessions[0].during.lower < sessions[0].during.upper


def _who(facility: int, since: date) -> Any:
    stays = Custody.objects.filter(facility=facility, admitted_on__gte=since).select_related("person")
    return stays.order_by("person__search_name")


def test_a_kept_read_gives_what_it_would_have_given_alone_whatever_is_filled_in(
    melati, kenanga, joko, house, now, within
) -> None:  # type: ignore[no-untyped-def]
    for name in ("Budi", "Ketut"):
        a_stay(kenanga, at=now, name=name, admitted_on=date(2026, 3, 1))
    with within(house):
        for facility in (melati.pk, kenanga.pk):
            for since in (date(2020, 1, 1), date(2026, 3, 2)):
                [found] = together(Kept(_who, facility, since))

                assert found == list(_who(facility, since))
                assert [_facts(row) for row in found] == [_facts(row) for row in _who(facility, since)]


def test_a_read_is_kept_only_where_it_passes_on_what_it_was_told() -> None:
    far = 3

    with pytest.raises(AssertionError):
        Kept(lambda facility: Custody.objects.filter(facility=facility, block=far), 1)
    with pytest.raises(AssertionError):
        together(Kept(lambda facility: Custody.objects.all(), 1))
    with pytest.raises(ValueError):
        together(
            Kept(
                lambda day: Custody.objects.filter(admitted_on__range=(day, day + timedelta(days=7))), date(2026, 1, 1)
            )
        )


def test_what_two_ask_alike_is_asked_once_and_given_to_each(joko, house, within) -> None:  # type: ignore[no-untyped-def]
    with within(house), CaptureQueriesContext(connection) as told:
        one, other = together(Person.objects.order_by("pk"), Person.objects.order_by("pk"))

    assert one == other == [joko]
    assert one[0] is not other[0]
    assert sum(query["sql"].count("json_agg") for query in told) == 1


def test_row_security_holds_in_the_statement_of_many(joko, rina, within) -> None:  # type: ignore[no-untyped-def]
    with within(rina):
        assert together(Person.objects.all(), Custody.objects.all()) == [[], []]


def test_functions_that_do_not_know_each_other_ask_in_the_same_round(
    joko: Person, house: User, within: Callable, django_assert_num_queries: Callable
) -> None:
    def stays() -> Iterable[Any]:
        yield "first"
        [people] = yield Ask(Person.objects.all())
        [custodies] = yield Ask(Custody.objects.filter(person__in=people))
        yield from custodies

    def rooms() -> Iterable[Any]:
        facilities, places = yield Ask(Facility.objects.order_by("pk"), Place.objects.all())
        yield len(facilities)
        yield len(places)

    with within(house), django_assert_num_queries(2):
        found = in_rounds([stays(), rooms(), [date(2026, 12, 9)], iter(())])

    assert [len(each) for each in found] == [2, 2, 1, 0]
    assert found[0][0] == "first"
    assert found[0][1].person_id == joko.pk
