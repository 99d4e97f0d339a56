"""When something about the house is not well any more. Bytes, instants and counts in; yes or no out."""

from datetime import datetime, timedelta

# Less than this, and a morning's work may not fit; less than `FULL`, and nothing may.
TIGHT, TIGHT_SHARE, FULL = 2_000_000_000, 0.05, 100_000_000
# A clock that is a little ahead of another PC's is no fault.
CLOCK_SLACK = timedelta(minutes=5)
# A worker looks every two seconds.
PATIENCE = timedelta(minutes=10)
HEARTBEAT = timedelta(minutes=1)


def is_tight(*, free: int, total: int) -> bool:
    """Whether a disk should be cleared soon."""
    return free < TIGHT or free < TIGHT_SHARE * total


def is_full(*, free: int) -> bool:
    """Whether a disk has no room for another piece of work."""
    return free < FULL


def is_clock_wrong(*, now: datetime, built: datetime, last_event: datetime | None) -> bool:
    """Whether the clock stands before something that has happened: this version was made, or the last event was recorded."""
    return now < built or (last_event is not None and now + CLOCK_SLACK < last_event)


def is_queue_stuck(*, now: datetime, oldest: datetime | None, heartbeat: datetime | None) -> bool:
    """Whether work waits that nobody does."""
    if oldest is None or now - oldest < PATIENCE:
        return False
    return heartbeat is None or now - heartbeat > HEARTBEAT
