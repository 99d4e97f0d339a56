"""Who comes in is read by one query, and sees no more than before."""

from collections.abc import Callable

from django.db import connection
from django.test import Client

from bekal.foundation.accounts.coming_in import who_comes_in
from bekal.foundation.accounts.models import Posting, User
from bekal.foundation.core.scope import NOTHING, enter


def test_a_user_comes_with_hats_and_their_facilities_by_one_query(
    sari: User, django_assert_num_queries: Callable
) -> None:
    enter(NOTHING)
    with django_assert_num_queries(1):
        user = who_comes_in(sari.pk)
        assert user == sari and user.hats is not None
        assert [(hat.role, hat.facility.name) for hat in user.hats] == [("trainer", sari.posting.facility.name)]


def test_nobody_comes_in_by_a_number_that_is_nobodys(db: None) -> None:
    assert who_comes_in(0) is None


def test_looking_somebody_up_shows_their_own_postings_alone(sari: User, rina: User) -> None:
    enter(NOTHING)

    who_comes_in(sari.pk)

    assert set(Posting.objects.values_list("user_id", flat=True)) == {sari.pk}


def test_a_session_that_is_over_leaves_nothing_in_sight(sari: User, pages_of: Callable[[User], Client]) -> None:
    browser = pages_of(sari)
    User.objects.filter(pk=sari.pk).update(session_epoch=7)

    browser.get("/periksa/")

    with connection.cursor() as cursor:
        cursor.execute("select current_setting('bekal.user', true), current_setting('bekal.facilities', true)")
        assert cursor.fetchone() == ("", "{}")
