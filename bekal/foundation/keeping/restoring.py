"""Restoring a house from a backup: everything is checked and made beside, and only a whole new house takes the place of the old."""

import json
import os
import pwd
import shutil
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any

import psycopg

from bekal.embedded import roles, sharing, swapping
from bekal.embedded.cluster import Cluster
from bekal.embedded.house import embedded_environment
from bekal.embedded.owner import connect_as_owner
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep
from bekal.foundation.keeping import backups, dumping, manifest, recovery
from bekal.foundation.keeping.manifest import DATABASE, FILES, KEYS, UNTOUCHED, Manifest
from bekal.foundation.keeping.sealed_files import Damaged, opened

Say = Callable[[str], None]
# The tables are those of the version that made the backup; the trail has had these columns from the first one on.
RECORD = """
insert into audit_event (facility, at, code, actor_role, subject_kind, payload)
select id, %(at)s, 'keeping.house.restored', '', '', %(payload)s::jsonb
  from (select id from facilities_facility union select 0) as one
"""


@dataclass(frozen=True)
class Opened:
    """A backup that was checked and opened with its passphrase."""

    folder: Path
    manifest: Manifest
    key: bytes
    recovery: recovery.Recovery

    def pieces(self, name: str) -> Any:
        """The plain bytes of one of its files."""
        with (self.folder / name).open("rb") as file:
            yield from opened(file, key=self.key, name=name)


@dataclass(frozen=True)
class Restored:
    """What a restore has done: where the old house lies now, and its backup if one could be made."""

    manifest: Manifest
    aside: Path | None
    saved: Path | None
    rows: int


def find_backup(folder: Path) -> Path:
    """The backup that is meant: the folder itself, or the latest one in it.

    Raises:
        Refused: there is none.
    """
    if (folder / manifest.NAME).exists():
        return folder
    if kept := backups.kept_in(folder):
        return kept[-1].place
    raise Refused(f"Di {folder} tidak ada cadangan Bekal yang utuh. Pilih folder cadangan lain. {UNTOUCHED}")


def check_backup(folder: Path, *, known: Mapping[str, set[str]]) -> Manifest:
    """The manifest of a backup that is whole and not from a later Bekal; `known` are the migrations of this code by app.

    Raises:
        Refused: it says what is wrong.
    """
    told = manifest.read(folder)
    manifest.check_files(folder, told)
    later = [app for app, names in known.items() if set(told.migrations.get(app, [])) - names]
    if later:
        raise Refused(
            f"Cadangan ini dari Bekal yang lebih baru ({told.bekal}); di sini Bekal {dumping.bekal_version()}. "
            f"Pasang versi yang lebih baru, lalu ulangi. {UNTOUCHED}"
        )
    return told


def open_backup(folder: Path, told: Manifest, passphrase: str) -> Opened:
    """Open a checked backup.

    Raises:
        Refused: the passphrase is another one, or the manifest was not written by the house that holds it.
    """
    try:
        private, proof = recovery.Recovery(**told.recovery).unwrapped(passphrase)
    except recovery.WrongPassphrase:
        raise Refused(
            f"Frasa pemulihan tidak cocok dengan cadangan ini. Periksa kertasnya, lalu ketik lagi. {UNTOUCHED}"
        ) from None
    except (TypeError, ValueError):
        raise manifest.broken(folder) from None
    try:
        said = (folder / manifest.PROOF).read_text(encoding="ascii")
    except (OSError, ValueError):
        said = ""
    if said != manifest.proof_of((folder / manifest.NAME).read_bytes(), proof):
        raise Refused(
            f"{manifest.NAME} tidak ditulis oleh rumah pemilik frasa ini: isinya berubah. Pilih cadangan lain. {UNTOUCHED}"
        )
    whole = recovery.Recovery(**{**told.recovery, "proof": recovery.text_of(proof)})
    return Opened(folder, told, recovery.key_of_backup(private, told.key), whole)


def restore(
    backup: Opened, data: Path, *, at: datetime, say: Say, replaces_another: bool = False, is_for_tests: bool = False
) -> Restored:
    """Put the house of a backup into a data folder with an embedded database.

    A kill leaves the old house or the new one. What was there lies in `before-restore` afterwards.

    Raises:
        Refused: the house is in use, or the new one is not what the backup says. The old house stays as it was.
    """
    data.mkdir(parents=True, exist_ok=True)
    _check_owner(data)
    with sharing.alone(data) as holders:
        if any(holders.iterdir()):
            raise Refused("Rumah ini sedang berjalan. Hentikan dulu (Ctrl+C pada ./run), lalu ulangi.")
        old = Cluster(data, is_for_tests=is_for_tests)
        if swapping.is_decided(data):
            old.stop()
            swapping.carry_through(data)
        # What an attempt has left that was killed, and the server it may have left running.
        Cluster(swapping.draft(data)).stop()
        swapping.discard(data)
        saved = _saved(backup, old, at=at, say=say, replaces_another=replaces_another)
        try:
            rows = _made(backup, swapping.draft(data), at=at, is_for_tests=is_for_tests, say=say)
        except BaseException:
            swapping.discard(data)
            raise
        old.stop()
        aside = swapping.decide(data, stamp=f"{at.astimezone():%Y-%m-%d-%H%M%S}")
        swapping.carry_through(data)
    return Restored(backup.manifest, aside if any(aside.iterdir()) else None, saved, rows)


def _check_owner(data: Path) -> None:
    """What root writes, the house's own user could not read."""
    owner = data.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        name = pwd.getpwuid(owner).pw_name
        raise Refused(
            f"Folder {data} milik {name}. Jalankan sebagai pengguna itu, misalnya: sudo -u {name} scripts/manage …"
        )


def _saved(backup: Opened, old: Cluster, *, at: datetime, say: Say, replaces_another: bool) -> Path | None:
    """A backup of what is there; None where nobody lives there yet, or where it cannot be had: then it is only moved aside.

    Raises:
        Refused: another house lives there, and nobody said that it is to go.
    """
    if not old.folder.exists():
        return None
    hindrance = ""
    try:
        try:
            old.start()
            environment = embedded_environment(old)
            if not _is_lived_in(environment):
                return None
        except (Refused, psycopg.Error) as wrong:
            hindrance = str(wrong).splitlines()[0]
        here = recovery.read(old.home)
        if (here is None or here.house != backup.manifest.house) and not replaces_another:
            raise Refused(
                f"Cadangan ini dari rumah lain ({', '.join(backup.manifest.facilities)}). Bila rumah di {old.home} "
                f"memang hendak diganti, tambahkan --other-house. {UNTOUCHED}"
            )
        if not hindrance:
            say("Mencadangkan rumah yang ada …")
            try:
                into = backups.home_of(old.home)
                return backups.make_backup(environment, into=into, cause=backups.BEFORE_RESTORE, at=at)
            except (Refused, psycopg.Error) as wrong:
                hindrance = str(wrong).splitlines()[0]
        say(f"Rumah yang ada tidak dapat dicadangkan ({hindrance}). Rumah itu dipindahkan saja, tidak dihapus.")
        return None
    finally:
        old.stop()


def _is_lived_in(environment: Mapping[str, str]) -> bool:
    """Whether somebody works there: not an empty house, nor the demo."""
    with connect_as_owner(environment) as connection:
        if dumping.is_empty(connection):
            return False
        return connection.execute("select 1 from facilities_facility where not is_demo").fetchone() is not None


def _made(backup: Opened, draft: Path, *, at: datetime, is_for_tests: bool, say: Say) -> int:
    """Make the new house in the draft's folder and hold it against the manifest; gives the number of its rows."""
    # The server's user walks through, and reads nothing here.
    draft.mkdir(mode=0o711)
    draft.chmod(0o711)
    say("Memulihkan kunci dan berkas …")
    try:
        for name in (KEYS, FILES):
            _unpack(backup, name, draft)
        for part in ("keys", "files", "secrets"):
            (draft / part).mkdir(mode=0o755 if part == "files" else 0o700, exist_ok=True)
        recovery.keep(draft, backup.recovery)
        say("Memulihkan basis data …")
        cluster = Cluster(draft, is_for_tests=is_for_tests)
        try:
            cluster.start()
            _furnish(cluster, app_role=backup.manifest.app_role)
            environment = embedded_environment(cluster)
            dumping.load(environment, pieces=backup.pieces(DATABASE), user=backups.ourselves())
            _settle_role(cluster, app_role=backup.manifest.app_role)
            say("Memeriksa jumlah baris dan rantai catatan …")
            rows = _check(environment, backup.manifest)
            _record(environment, backup.manifest, rows=rows, at=at)
            return rows
        finally:
            cluster.stop()
            shutil.rmtree(cluster.socket, ignore_errors=True)
    except Damaged as damaged:
        raise Refused(f"Isi cadangan rusak: {damaged} tidak dapat dibuka. Pilih cadangan lain. {UNTOUCHED}") from None
    except psycopg.Error as wrong:
        raise Refused(f"Basis data tidak dapat dipulihkan: {str(wrong).splitlines()[0]} {UNTOUCHED}") from wrong
    except OSError as wrong:
        raise Refused(f"Folder {draft.parent} tidak dapat ditulis ({wrong.strerror}). {UNTOUCHED}") from wrong


class _Stream(RawIOBase):
    """Pieces of bytes, read as a file."""

    def __init__(self, pieces: Any) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = next((piece for piece in self._pieces if piece), b"")
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def _unpack(backup: Opened, name: str, into: Path) -> None:
    with tarfile.open(fileobj=BufferedReader(_Stream(backup.pieces(name))), mode="r|") as tar:
        for member in tar:
            place, content = into / member.name, tar.extractfile(member)
            if content is None or not place.resolve().is_relative_to(into.resolve()):
                raise Damaged(name)
            for folder in reversed([one for one in place.parents if one.is_relative_to(into) and not one.exists()]):
                folder.mkdir(mode=0o755 if name == FILES else 0o700)
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)


def _furnish(cluster: Cluster, *, app_role: str) -> None:
    """Roles are made anew; the application's goes by its old name until the rights that it was given are there."""
    with cluster.connect() as connection:
        roles.make_role(connection, roles.OWNER, keep(cluster.secrets, "owner"))
        roles.make_role(connection, app_role, keep(cluster.secrets, "app"))
        with cluster.connect("template1") as inside:
            roles.furnish(inside)
        roles.make_database(connection)
        roles.know_parameters(connection, early=True)


def _settle_role(cluster: Cluster, *, app_role: str) -> None:
    with cluster.connect() as connection:
        roles.know_parameters(connection, early=False)
        roles.settle_application(connection, app_role, keep(cluster.secrets, "app"))


def _check(environment: Mapping[str, str], told: Manifest) -> int:
    with connect_as_owner(environment) as connection:
        found = dumping.counts(connection)
        wrong = sorted(name for name in {*found, *told.tables} if found.get(name) != told.tables.get(name))
        if wrong:
            raise Refused(f"Jumlah baris tidak cocok pada {', '.join(wrong[:5])}. Pilih cadangan lain. {UNTOUCHED}")
        if dumping.chain_ends(connection) != told.chain or dumping.broken_links(connection):
            raise Refused(f"Rantai catatan dalam cadangan tidak utuh. Pilih cadangan lain. {UNTOUCHED}")
        connection.execute("analyze")
    return sum(found.values())


def _record(environment: Mapping[str, str], told: Manifest, *, rows: int, at: datetime) -> None:
    """Say in the trail of each facility, and of the house itself, that it stands as a backup had it, and from when that is."""
    payload = json.dumps({"made_at": told.made_at.isoformat(), "rows": rows})
    with connect_as_owner(environment) as connection:
        connection.execute(RECORD, {"at": at, "payload": payload})
