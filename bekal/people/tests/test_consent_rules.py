"""The latest word decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bekal.foundation.core.refusals import RuleBroken
from bekal.people import rules
from bekal.people.rules import Word

DAY = date(2026, 12, 8)
NOON = datetime(2026, 12, 8, 4, tzinfo=UTC)


def yes(days_ago: int = 0, until: int | None = None, hours: int = 0) -> Word:
    """A yes said so many days ago, holding until so many days from now."""
    return Word(
        True,
        DAY - timedelta(days=days_ago),
        NOON - timedelta(days=days_ago, hours=-hours),
        None if until is None else DAY + timedelta(days=until),
    )


def no(days_ago: int = 0, hours: int = 0) -> Word:
    return Word(False, DAY - timedelta(days=days_ago), NOON - timedelta(days=days_ago, hours=-hours))


CASES = [
    ("nobody asked", [], False),
    ("a yes", [yes(10)], True),
    ("a no", [no(10)], False),
    ("a yes said tomorrow", [yes(-1)], False),
    ("a yes until today", [yes(10, until=0)], True),
    ("a yes until yesterday", [yes(10, until=-1)], False),
    ("a no after a yes", [yes(10), no(3)], False),
    ("a yes after a no", [no(10), yes(3)], True),
    ("a short yes after a long one, run out", [yes(90), yes(30, until=-5)], False),
    ("a no written down later on the same day", [yes(3), no(3, hours=1)], False),
    ("a yes written down later on the same day", [no(3), yes(3, hours=1)], True),
    ("a yes and a no of the same instant", [yes(3), no(3)], False),
]

words = some.builds(
    Word,
    is_yes=some.booleans(),
    on=some.dates(DAY - timedelta(days=60), DAY + timedelta(days=60)),
    said_at=some.datetimes(timezones=some.just(UTC)),
    until_on=some.none() | some.dates(DAY - timedelta(days=60), DAY + timedelta(days=60)),
)


@pytest.mark.parametrize(("said", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_latest_word_decides(said, expected):
    assert rules.holds(said, on=DAY) is expected


@given(some.lists(words), some.randoms())
def test_the_order_in_which_words_are_read_changes_nothing(said, chance):
    mixed = list(said)
    chance.shuffle(mixed)

    assert rules.holds(mixed, on=DAY) == rules.holds(said, on=DAY)


@given(some.lists(words))
def test_a_no_of_today_ends_every_consent_at_once(said):
    last = Word(False, DAY, datetime.max.replace(tzinfo=UTC))

    assert not rules.holds([*said, last], on=DAY)


@given(some.lists(words))
def test_there_is_no_consent_without_a_yes(said):
    if rules.holds(said, on=DAY):
        assert any(word.is_yes and word.on <= DAY for word in said)


def _answer(**changes):
    given = {
        "kind": "photo",
        "proof": "witnessed",
        "witness_name": "Ayu Sekarini",
        "witness_post": "Konselor",
        "given_on": DAY,
        "until_on": None,
        "today": DAY,
    }
    return rules.check_answer(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "dance"}, "kind"),
        ({"given_on": DAY + timedelta(days=1)}, "given_on"),
        ({"until_on": DAY - timedelta(days=1)}, "until_on"),
        ({"witness_name": " "}, "witness_name"),
        ({"witness_post": ""}, "witness_name"),
    ],
)
def test_an_answer_that_cannot_be_names_its_field(changes, field):
    with pytest.raises(RuleBroken) as refused:
        _answer(**changes)

    assert refused.value.field == field


def test_a_signed_answer_needs_no_witness():
    _answer(proof="signed", witness_name="", witness_post="")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"withdrawn_on": DAY + timedelta(days=1)}, "withdrawn_on"),
        ({"withdrawn_on": DAY - timedelta(days=9)}, "withdrawn_on"),
        ({"received_post": " "}, "received_post"),
    ],
)
def test_a_withdrawal_that_cannot_be_names_its_field(changes, field):
    given = {"withdrawn_on": DAY, "given_on": DAY - timedelta(days=3), "received_post": "Wali", "today": DAY}
    with pytest.raises(RuleBroken) as refused:
        rules.check_withdrawal(**{**given, **changes})

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0..", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n..", "image/png"),
    ],
)
def test_a_scan_is_known_by_its_first_bytes(content, media_type):
    assert rules.media_type_of_scan(content) == media_type


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b"%PDF-" + b"0" * 5 * 1024 * 1024])
def test_what_is_no_scan_is_refused(content):
    with pytest.raises(RuleBroken):
        rules.media_type_of_scan(content)
