"""Making a backup, and looking after those that are there. Made beside its place and renamed when it is whole."""

import errno
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bekal.embedded.refusals import Refused
from bekal.embedded.server_user import ServerUser
from bekal.foundation.keeping import manifest, recovery
from bekal.foundation.keeping.dumping import bekal_version, dump, one_instant
from bekal.foundation.keeping.manifest import DATABASE, FILES, KEYS, Manifest
from bekal.foundation.keeping.sealed_files import SealedWriter

# Why a backup was made; the end of its folder's name.
ASKED, NIGHTLY, BEFORE_MIGRATION, BEFORE_RESTORE = "asked", "nightly", "before-migration", "before-restore"
KEPT = {NIGHTLY: 14, BEFORE_MIGRATION: 3}
NO_RECOVERY = "Rumah ini belum punya frasa pemulihan. Jalankan: scripts/manage recovery_passphrase"


def ourselves() -> ServerUser:
    """Programs that only ask a server run as whoever runs us."""
    return ServerUser(os.geteuid(), os.getegid(), is_other=False)


def make_backup(environment: Mapping[str, str], *, into: Path, cause: str, at: datetime) -> Path:
    """Back up the house whose database `environment` names, in a new folder of `into`; gives that folder.

    Raises:
        Refused: there is nothing to back up, no recovery passphrase yet, no room, or a program failed. Nothing is left behind.
    """
    data = Path(environment["BEKAL_DATA"])
    known = recovery.read(data)
    if known is None:
        raise Refused(NO_RECOVERY, reason="recovery")
    place = into / f"{at.astimezone():%Y-%m-%d-%H%M%S}-{cause}"
    making = into / f".{place.name}.{os.getpid()}.making"
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(into)
        making.mkdir(mode=0o700)
        _fill(making, environment, data, known, cause=cause, at=at)
        making.rename(place)
        _sync(into)
    except OSError as wrong:
        raise _no_room(into, wrong) from wrong
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return place


def _no_room(into: Path, wrong: OSError) -> Refused:
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        sentence = f"Disk tempat {into} penuh: cadangan tidak dibuat. Kosongkan ruang, lalu ulangi."
        return Refused(sentence, reason="full", about=str(into))
    sentence = f"Cadangan tidak dapat ditulis di {into} ({wrong.strerror or wrong}). Periksa folder itu, lalu ulangi."
    return Refused(sentence, reason="unwritable", about=str(into))


def _fill(
    making: Path, environment: Mapping[str, str], data: Path, known: recovery.Recovery, *, cause: str, at: datetime
) -> None:
    key, told = known.new_key()
    sums: dict[str, list[object]] = {}
    # The snapshot first: whatever its rows need of files and keys was there before they were committed.
    with one_instant(environment) as facts, _sealed(making, DATABASE, key, sums) as into:
        dump(environment, snapshot=facts.snapshot, user=ourselves(), into=into)
    with _sealed(making, FILES, key, sums) as into:
        _pack(into, data, "files")
    with _sealed(making, KEYS, key, sums) as into:
        _pack(into, data, "keys", "secrets/sessions")
    written = Manifest(
        house=known.house,
        made_at=at,
        cause=cause,
        facilities=facts.facilities,
        bekal=bekal_version(),
        postgres=facts.postgres,
        app_role=environment["BEKAL_DB_APP"],
        migrations=facts.migrations,
        tables=facts.tables,
        chain=facts.chain,
        files=sums,
        key=told,
        recovery=known.told(),
    ).written()
    _write(making / manifest.PROOF, manifest.proof_of(written, known.proving_key()).encode())
    # Last: without it there is no backup.
    _write(making / manifest.NAME, written)
    _sync(making)


@contextmanager
def _sealed(folder: Path, name: str, key: bytes, sums: dict[str, list[object]]) -> Iterator[SealedWriter]:
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        writer = SealedWriter(file, key=key, name=name)
        yield writer
        digest = writer.finish()
        file.flush()
        os.fsync(file.fileno())
    sums[name] = [writer.size, digest]


def _pack(into: Any, data: Path, *parts: str) -> None:
    """The files under these parts of the data folder, as a tar without owners."""
    with tarfile.open(fileobj=into, mode="w|") as tar:
        for part in parts:
            root = data / part
            for path in [root] if root.is_file() else sorted(root.rglob("*")):
                # What vanishes meanwhile was a draft of somebody who is writing.
                with suppress(FileNotFoundError):
                    if path.is_file() and not path.is_symlink():
                        tar.add(path, path.relative_to(data), recursive=False)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    """Remove what backups have left that were killed."""
    for path in folder.glob(".*.making"):
        if not Path("/proc", path.name.split(".")[-2]).exists():
            shutil.rmtree(path, ignore_errors=True)


def home_of(data: Path) -> Path:
    """Where a house keeps its own backups."""
    return data / "backups"


@dataclass(frozen=True)
class Kept:
    """A whole backup in a folder of backups."""

    place: Path
    cause: str


def kept_in(folder: Path) -> list[Kept]:
    """The backups in a folder, oldest first."""
    found = [path.parent for path in folder.glob(f"[0-9]*/{manifest.NAME}")]
    return [Kept(path, path.name[18:]) for path in sorted(found, key=lambda path: path.name)]


def thin(folder: Path, *, cause: str) -> None:
    """Keep the latest of this cause and remove the others, each so that a half removed one is no backup any more."""
    same = [one.place for one in kept_in(folder) if one.cause == cause]
    for place in same[: -KEPT[cause]]:
        (place / manifest.NAME).unlink()
        shutil.rmtree(place, ignore_errors=True)


def copy_to(place: Path, other: Path) -> Path:
    """A second copy of a backup in another folder, which must be there already: a disk that is not mounted has none.

    Raises:
        Refused: the folder is not there, or has no room.
    """
    if not other.is_dir():
        sentence = f"Folder {other} (BEKAL_BACKUP_TO) tidak ada. Pasang disknya, atau buat folder itu."
        raise Refused(sentence, reason="elsewhere", about=str(other))
    making, copy = other / f".{place.name}.{os.getpid()}.making", other / place.name
    try:
        _clear(other)
        shutil.copytree(place, making)
        for path in making.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        making.rename(copy)
        _sync(other)
    except OSError as wrong:
        raise _no_room(other, wrong) from wrong
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return copy
