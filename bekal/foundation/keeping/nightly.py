"""The nightly backup: when it is due, and one run of it. `python -m bekal.foundation.keeping.nightly` is that run."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import psycopg

from bekal.embedded.refusals import Refused
from bekal.foundation.keeping import backups, diary
from bekal.foundation.keeping.diary import Diary

# By the clock of the PC. A PC that is off at this hour makes up for it when it is on again.
HOUR = time(21)
RETRY = timedelta(hours=1)
ELSEWHERE = "BEKAL_BACKUP_TO"


def elsewhere() -> Path | None:
    """The folder on another disk for second copies, if one is named."""
    named = os.environ.get(ELSEWHERE)
    return Path(named) if named else None


def last_slot(now: datetime) -> datetime:
    """The last hour of backups that has passed; `now` in the PC's own time."""
    slot = now.replace(hour=HOUR.hour, minute=HOUR.minute, second=0, microsecond=0)
    return slot if slot <= now else slot - timedelta(days=1)


def is_due(now: datetime, known: Diary) -> bool:
    """Whether that hour has passed without a backup, and no try has failed within the last one.

    A house that cannot make a backup yet has none due.
    """
    if known.since is None:
        return False
    if known.failed_at is not None:
        return now - known.failed_at >= RETRY
    return (known.made_at or known.since) < last_slot(now)


def make_nightly(environment: Mapping[str, str], *, now: datetime) -> Path:
    """A backup into the house's own folder and, if one is named, onto another disk; fourteen are kept in each.

    Raises:
        Refused: it could not be made, or not copied; the desk says so too.
    """
    data = Path(environment["BEKAL_DATA"])
    try:
        place = _tonights(environment, data, now)
        if other := elsewhere():
            if not (other / place.name).exists():
                backups.copy_to(place, other)
            backups.thin(other, cause=backups.NIGHTLY)
        diary.note_made(data, at=diary.read(data).made_at or now, place=place)
    except psycopg.Error as wrong:
        sentence = f"Basis data tidak dapat dibaca ({type(wrong).__name__}): cadangan tidak dibuat."
        refusal = Refused(sentence, reason="database")
        diary.note_failed(data, at=now, why=refusal)
        raise refusal from wrong
    except Refused as refusal:
        diary.note_failed(data, at=now, why=refusal)
        raise
    return place


def _tonights(environment: Mapping[str, str], data: Path, now: datetime) -> Path:
    """The backup of this night: where only its copy failed, the one that is there."""
    known, home = diary.read(data), backups.home_of(data)
    if (
        known.failed_at
        and known.made_at
        and known.made_at >= last_slot(now.astimezone())
        and Path(known.place).exists()
    ):
        return Path(known.place)
    place = backups.make_backup(environment, into=home, cause=backups.NIGHTLY, at=now)
    diary.note_made(data, at=now, place=place)
    backups.thin(home, cause=backups.NIGHTLY)
    return place


def main() -> int:
    try:
        make_nightly(os.environ, now=datetime.now(UTC))
    except Refused as refusal:
        print(f"Cadangan malam: {refusal}", file=sys.stderr, flush=True)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
