from datetime import UTC, datetime, timedelta

import pytest

from bekal.foundation.keeping import rules
from bekal.foundation.keeping.diary import Diary
from bekal.foundation.keeping.nightly import is_due

# Wednesday 9 December 2026, 08.00: the PC was switched on.
MORNING = datetime(2026, 12, 9, 8, 0, tzinfo=UTC)
LAST_EVENING = datetime(2026, 12, 8, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (Diary(), False),
        (Diary(since=MORNING - timedelta(hours=2)), False),
        (Diary(since=LAST_EVENING - timedelta(hours=2)), True),
        (Diary(since=LAST_EVENING - timedelta(days=9), made_at=LAST_EVENING + timedelta(minutes=2)), False),
        (Diary(since=LAST_EVENING - timedelta(days=9), made_at=LAST_EVENING - timedelta(minutes=2)), True),
        (Diary(since=LAST_EVENING, made_at=MORNING, failed_at=MORNING - timedelta(minutes=59)), False),
        (Diary(since=LAST_EVENING, made_at=MORNING, failed_at=MORNING - timedelta(minutes=61)), True),
    ],
)
def test_a_night_that_was_missed_is_made_up_for(known: Diary, due: bool) -> None:
    assert is_due(MORNING, known) is due


@pytest.mark.parametrize(
    ("known", "warned"),
    [
        (Diary(), True),
        (Diary(since=MORNING - timedelta(hours=47)), False),
        (Diary(since=MORNING - timedelta(hours=49)), True),
        (Diary(since=MORNING - timedelta(days=99), made_at=MORNING - timedelta(hours=47)), False),
        (Diary(since=MORNING - timedelta(days=99), made_at=MORNING - timedelta(hours=49)), True),
    ],
)
def test_two_days_without_a_backup_are_too_many(known: Diary, warned: bool) -> None:
    assert known.is_too_old(MORNING) is warned


@pytest.mark.parametrize(
    ("oldest", "heartbeat", "stuck"),
    [
        (None, None, False),
        (timedelta(minutes=9), None, False),
        (timedelta(minutes=11), None, True),
        (timedelta(minutes=11), timedelta(seconds=3), False),
        (timedelta(minutes=11), timedelta(minutes=2), True),
    ],
)
def test_work_that_waits_while_nobody_works_is_stuck(
    oldest: timedelta | None, heartbeat: timedelta | None, stuck: bool
) -> None:
    def ago(span: timedelta | None) -> datetime | None:
        return None if span is None else MORNING - span

    assert rules.is_queue_stuck(now=MORNING, oldest=ago(oldest), heartbeat=ago(heartbeat)) is stuck


def test_a_clock_before_what_has_happened_is_wrong() -> None:
    day = timedelta(days=1)
    assert rules.is_clock_wrong(now=MORNING, built=MORNING + day, last_event=None)
    assert rules.is_clock_wrong(now=MORNING, built=MORNING - day, last_event=MORNING + day)
    assert not rules.is_clock_wrong(now=MORNING, built=MORNING - day, last_event=MORNING + timedelta(minutes=4))


def test_a_disk_is_tight_before_it_is_full() -> None:
    assert rules.is_tight(free=1_900_000_000, total=20_000_000_000) and not rules.is_full(free=1_900_000_000)
    assert rules.is_tight(free=40_000_000_000, total=1_000_000_000_000)
    assert not rules.is_tight(free=60_000_000_000, total=1_000_000_000_000)
    assert rules.is_full(free=99_000_000)
