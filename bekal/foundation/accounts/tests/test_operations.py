from datetime import date, timedelta

import pytest

from bekal.foundation.accounts import operations
from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import AccessReset, User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.refusals import RuleBroken


def _officer(by, now, **changes):  # type: ignore[no-untyped-def]
    facts = {"username": "gede", "name": "Gede Arta", "nip": "", "password": "x" * 12, "facility": by.posting.facility}
    return operations.create_officer(**{**facts, **changes}, by=by, at=now)


def test_an_officer_is_made_and_the_trail_names_no_name(wira, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)

    officer = _officer(wira, now)

    event = Event.objects.get(code="accounts.user.created")
    assert event.subject == officer.public_id
    assert "Gede" not in str(event.payload)
    assert officer.must_change_password


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"username": "Gede Arta"}, "username"), ({"username": "wira"}, "username"), ({"username": "1a"}, "username")],
)
def test_a_username_that_will_not_do_is_refused(wira, as_user, now, changes, field) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)

    with pytest.raises(RuleBroken) as refused:
        _officer(wira, now, **changes)

    assert refused.value.field == field


def test_an_acting_official_needs_a_basis(wira, budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)

    with pytest.raises(RuleBroken, match=r".") as refused:
        operations.add_posting(
            user=budi,
            role=Role.PROGRAMME_MANAGER,
            title="Kasubsi Perawatan",
            facility=wira.posting.facility,
            from_on=date(2026, 12, 1),
            until_on=None,
            is_acting=True,
            basis=" ",
            by=wira,
            at=now,
        )

    assert refused.value.field == "basis"


def test_deactivation_ends_sign_ins_at_once(wira, sari, pages_of, as_user, now) -> None:  # type: ignore[no-untyped-def]
    browser = pages_of(sari)
    assert browser.get("/").status_code == 200

    as_user(wira)
    operations.set_active(user=sari, is_active=False, facility=wira.posting.facility, by=wira, at=now)

    assert browser.get("/").status_code == 302
    assert "masuk" in browser.get("/")["Location"]


def test_nobody_closes_resets_or_ends_themselves(wira, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)

    with pytest.raises(RuleBroken):
        operations.set_active(user=wira, is_active=False, facility=None, by=wira, at=now)
    with pytest.raises(RuleBroken):
        operations.make_reset(user=wira, clears_second_factor=True, by=wira, at=now)
    with pytest.raises(RuleBroken):
        operations.end_posting(posting=wira.posting, by=wira, at=now)


def test_a_one_time_link_opens_once_and_for_a_day(wira, sari, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)
    token = operations.make_reset(user=sari, clears_second_factor=False, by=wira, at=now)

    assert operations.find_reset(token, at=now + timedelta(hours=25)) is None
    operations.use_reset(token=token, password="sandi yang baru 9", at=now)

    assert User.objects.get(pk=sari.pk).check_password("sandi yang baru 9")
    with pytest.raises(RuleBroken):
        operations.use_reset(token=token, password="sandi yang lain 9", at=now)
    assert token not in str(list(AccessReset.objects.values()))


def test_a_newer_link_ends_the_older_one(wira, sari, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)
    older = operations.make_reset(user=sari, clears_second_factor=False, by=wira, at=now)
    newer = operations.make_reset(user=sari, clears_second_factor=False, by=wira, at=now)

    assert operations.find_reset(older, at=now) is None
    assert operations.find_reset(newer, at=now) is not None


def _posting(user, role, *, by, now):  # type: ignore[no-untyped-def]
    return operations.add_posting(
        user=user,
        role=role,
        title="Uji",
        facility=by.posting.facility,
        from_on=date(2026, 1, 1),
        until_on=None,
        is_acting=False,
        basis="",
        by=by,
        at=now,
    )


@pytest.fixture
def operator(sari, as_user):  # type: ignore[no-untyped-def]
    """Sari with the operator's hat."""
    as_user(sari)
    sari.posting.role = Role.OPERATOR
    sari.posting.save(update_fields=["role"])
    return sari


def test_an_operator_cannot_make_anybody_see_health_facts(operator, wira, budi, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(operator)

    for user, role in ((operator, Role.TRAINER), (operator, Role.HEAD), (budi, Role.HEAD), (budi, Role.COUNSELLOR)):
        with pytest.raises(RuleBroken):
            _posting(user, role, by=operator, now=now)
    _posting(budi, Role.RECORDS, by=operator, now=now)


def test_an_operator_neither_ends_nor_resets_the_head(operator, wira, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(operator)

    with pytest.raises(RuleBroken):
        operations.end_posting(posting=wira.posting, by=operator, at=now)
    with pytest.raises(RuleBroken):
        operations.make_reset(user=wira, clears_second_factor=True, by=operator, at=now)


def test_an_officer_who_works_elsewhere_is_not_reset_from_here(wira, rina, melati, within, house, as_user, now) -> None:  # type: ignore[no-untyped-def]
    as_user(wira)
    _posting(rina, Role.TRAINER, by=wira, now=now)

    with pytest.raises(RuleBroken):
        operations.make_reset(user=rina, clears_second_factor=True, by=wira, at=now)
    with pytest.raises(RuleBroken):
        operations.set_active(user=rina, is_active=False, facility=melati, by=wira, at=now)
