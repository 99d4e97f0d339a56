"""Looking the house over. The page asks what the application may know; `scripts/manage doctor` asks it all, as the owner."""

import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _

from bekal.foundation.core import keys
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.encryption import FIELDS
from bekal.foundation.keeping import diary, nightly, queries, reasons, recovery, rules
from bekal.foundation.keeping.dumping import bekal_version
from bekal.foundation.keeping.findings import Finding
from bekal.foundation.papers.seal_keys import certificates_of_house

Check = Callable[[datetime], Iterable[Finding]]
# No clock of a PC that runs this version can stand before this day.
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
OLDEST_SERVER = 18
GIGABYTE = 1_000_000_000


def check_database(now: datetime) -> Iterator[Finding]:
    """The server answers, and is not too old."""
    version = queries.server_version()
    said = f"PostgreSQL {version // 10000}.{version % 10000}"
    todo = "" if version // 10000 >= OLDEST_SERVER else _("Move to PostgreSQL 18 or later.")
    yield Finding("database", _("Database"), not todo, said, todo)


def check_tables(now: datetime) -> Iterator[Finding]:
    """The tables are those of this version."""
    todo, said = "", _("The tables fit this version.")
    if pending := queries.pending_migrations():
        said = _("%(n)s steps of this version are missing in the tables.") % {"n": len(pending)}
        todo = _("Stop the house and start it again: ./run takes a backup first and then brings the tables up.")
    elif queries.later_migrations():
        said, todo = _("A later version was here."), _("Install the version that was used last.")
    yield Finding("tables", _("Tables"), not todo, said, todo)


def check_keys(now: datetime) -> Iterator[Finding]:
    """Every key with which a row in sight was written is there, and nobody else may read the keys."""
    label, restore = _("Keys"), _("Restore the last backup: scripts/manage restore FOLDER. It holds the keys.")
    missing = []
    for number in sorted(queries.keys_in_use()):
        try:
            keys.key(FIELDS, number)
        except keys.KeyMissing:
            missing.append(number)
    lost = len(queries.seals_in_use() - {one.fingerprint(SHA256()) for one in certificates_of_house()})
    if missing or lost:
        said = _("Keys are missing: %(n)s of encrypted values, %(m)s of seals.") % {"n": len(missing), "m": lost}
        yield Finding("keys", label, False, said, restore)
        return
    if open_to_others := [name for name in ("keys", "secrets", "recovery") if _is_open(settings.DATA / name)]:
        said = _("Others on this PC may read: %(folders)s.") % {"folders": ", ".join(open_to_others)}
        yield Finding("keys", label, False, said, _("Run: chmod -R go-rwx on those folders in the data folder."))
        return
    yield Finding("keys", label, True, _("All keys are there, and only the house reads them."))


def _is_open(folder: Path) -> bool:
    return any(path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")] if path.exists() and path.is_file())


def check_disk(now: datetime) -> Iterator[Finding]:
    """There is room where the data lie, and on the disk of the second copies."""
    places = {_("Disk"): Path(settings.DATA)}
    if elsewhere := nightly.elsewhere():
        places[_("Disk of the second backups")] = elsewhere
    for label, place in places.items():
        if not place.is_dir():
            said = _("The folder %(folder)s is not there.") % {"folder": place}
            yield Finding("disk", label, False, said, _("Connect that disk, or name another folder."))
            continue
        room = shutil.disk_usage(place)
        said = _("%(free)s GB of %(total)s GB are free.") % {
            "free": f"{room.free / GIGABYTE:.1f}".replace(".", ","),
            "total": f"{room.total / GIGABYTE:.0f}",
        }
        is_ok = not rules.is_tight(free=room.free, total=room.total)
        todo = "" if is_ok else _("Clear files that you do not need, or move the data to a larger disk, today.")
        yield Finding("disk", label, is_ok, said, todo)
    if elsewhere and elsewhere.is_dir() and elsewhere.stat().st_dev == Path(settings.DATA).stat().st_dev:
        said = _("The second backups lie on the same disk as the house.")
        yield Finding("disk", _("Disk of the second backups"), False, said, _("Name a folder on another disk."))


def check_clock(now: datetime) -> Iterator[Finding]:
    """The clock does not stand before what has happened."""
    last = queries.last_event_at()
    is_wrong = rules.is_clock_wrong(now=now, built=BUILT, last_event=last)
    said = f"{now.astimezone():%Y-%m-%d %H:%M %Z}"
    todo = _("Set the clock of this PC right: papers are refused while it stands before the last event.")
    yield Finding("clock", _("Clock"), not is_wrong, said, todo if is_wrong else "")


def check_backups(now: datetime) -> Iterator[Finding]:
    """A backup was made within two days, and the last try did not fail."""
    label, known = _("Backup"), diary.read(Path(settings.DATA))
    if recovery.read(Path(settings.DATA)) is None:
        said = _("This house has no recovery passphrase yet, so it is not backed up.")
        yield Finding("backup", label, False, said, _("Run: scripts/manage recovery_passphrase"))
        return
    said = _("No backup has been made yet.")
    if known.made_at:
        made = known.made_at.astimezone()
        said = _("Last backup: %(day)s, %(clock)s.") % {"day": short_day(made.date()), "clock": clock(made)}
    if known.failed_at:
        yield Finding(
            "backup", label, False, f"{said} {reasons.why(known)}", _("Mend that; the house tries again every hour.")
        )
        return
    todo = _("Leave the house running at 21.00, or run: scripts/manage backup FOLDER") if known.is_too_old(now) else ""
    yield Finding("backup", label, not todo, said, todo)


def check_queue(now: datetime) -> Iterator[Finding]:
    """Work that waits is being done, and none has failed lately."""
    found = queries.queue(now)
    said = _("%(waiting)s waiting, %(failed)s failed in seven days.") % {
        "waiting": found.waiting,
        "failed": found.failed,
    }
    todo = ""
    if rules.is_queue_stuck(now=now, oldest=found.oldest, heartbeat=found.heartbeat):
        todo = _("Nobody does the work that waits: start the house with ./run, or scripts/worker.")
    elif found.failed:
        todo = _("Open the pages that asked for it and ask again. If it fails again, tell who looks after Bekal.")
    yield Finding("work", _("Background work"), not todo, said, todo)


def check_trail(now: datetime) -> Iterator[Finding]:
    """The last events of each chain follow one another."""
    broken = queries.tail_breaks()
    said = _("The last events follow one another.") if not broken else _("The chain does not hold in its last events.")
    todo = _("Run scripts/manage verify_audit, keep what it says, and tell the head.") if broken else ""
    yield Finding("trail", _("Audit trail"), not broken, said, todo)


def check_versions(now: datetime) -> Iterator[Finding]:
    """Which versions run here; never wrong by itself."""
    said = f"Bekal {bekal_version()}, Python {platform.python_version()}, Django {django.get_version()}"
    yield Finding("versions", _("Versions"), True, said)


# In the order of the page and of the terminal. The page leaves out what only the owner sees whole.
PAGE: tuple[Check, ...] = (check_database, check_disk, check_clock, check_backups, check_queue, check_versions)
ALL: tuple[Check, ...] = (
    check_database,
    check_tables,
    check_keys,
    check_disk,
    check_clock,
    check_backups,
    check_queue,
    check_trail,
    check_versions,
)
# These ask no database.
WITHOUT_DATABASE: tuple[Check, ...] = (check_disk, check_backups, check_versions)


def look_over(checks: Iterable[Check], *, now: datetime) -> list[Finding]:
    """What each check found; one that cannot be done is a finding itself."""
    found: list[Finding] = []
    for check in checks:
        try:
            found += check(now)
        except (Error, OSError) as wrong:
            name = check.__name__.removeprefix("check_")
            said = _("This could not be checked (%(kind)s).") % {"kind": type(wrong).__name__}
            found.append(Finding(name, name, False, said, _("Look at the other lines first, then ask again.")))
    return found


def is_well() -> bool:
    """Whether pages can do their work now: the database answers and the disk is not full. Cheap: machines ask it often."""
    try:
        queries.server_version()
        return not rules.is_full(free=shutil.disk_usage(settings.DATA).free)
    except (Error, OSError):
        return False
