"""When the house was last backed up, and what went wrong since: one small file, which also a page may ask at any time."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bekal.embedded.refusals import Refused
from bekal.foundation.keeping import recovery
from bekal.foundation.keeping.backups import home_of

# A house that was not backed up for so long is warned about: one night may be missed, not two.
TOO_OLD = timedelta(days=2)


@dataclass(frozen=True)
class Diary:
    """Instants in UTC. `since` is when the house was first able to make a backup."""

    since: datetime | None = None
    made_at: datetime | None = None
    place: str = ""
    failed_at: datetime | None = None
    # Why the last try failed: as the terminal said it, and the code and folder by which a page says it (`reasons`).
    sentence: str = ""
    reason: str = ""
    about: str = ""

    def is_too_old(self, now: datetime) -> bool:
        """Whether more than two days have passed without a backup."""
        known = self.made_at or self.since
        return known is None or now - known > TOO_OLD


def _file(data: Path) -> Path:
    return home_of(data) / "diary.json"


def read(data: Path) -> Diary:
    """What is written; where the file is missing or damaged, nothing is known."""
    try:
        told = json.loads(_file(data).read_text(encoding="utf-8"))
        instants = {
            name: datetime.fromisoformat(told[name]) if told[name] else None for name in ("made_at", "failed_at")
        }
        diary = Diary(**{**told, **instants, "since": None})
    except (OSError, ValueError, KeyError, TypeError):
        diary = Diary()
    return replace(diary, since=_since(data))


def _since(data: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp((data / recovery.PLACE).stat().st_mtime, UTC)
    except OSError:
        return None


def note_made(data: Path, *, at: datetime, place: Path) -> None:
    """A backup was made; what failed before is over."""
    _write(data, Diary(made_at=at, place=str(place)))


def note_failed(data: Path, *, at: datetime, why: Refused) -> None:
    """A backup, or its second copy, could not be made."""
    _write(data, replace(read(data), failed_at=at, sentence=str(why), reason=why.reason, about=why.about))


def _write(data: Path, diary: Diary) -> None:
    told = {**asdict(diary), "since": None}
    for name in ("made_at", "failed_at"):
        told[name] = told[name].isoformat() if told[name] else None
    file = _file(data)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = file.with_name(f".diary.{os.getpid()}")
    making.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    making.replace(file)
