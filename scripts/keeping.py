"""Backing up and restoring a house from the terminal. Reached through scripts/manage, in the environment."""

import getpass
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from ending import end_tidily, end_undisturbed
from opening import opened_house
from passphrase import have_recovery, told
from preparing import ROOT
from telling import Stopped, say

from bekal.embedded.house import data_folder, database
from bekal.embedded.refusals import Refused
from bekal.foundation.keeping import backups, diary, recovery, restoring

PASSPHRASE = "BEKAL_RECOVERY_PASSPHRASE"


def _answer(found: dict[str, Any], text: str, *, as_json: bool) -> None:
    print(json.dumps(found, ensure_ascii=False) if as_json else text)


def _backup(asked: Namespace) -> None:
    with opened_house(migrated=False) as house:
        data = data_folder(ROOT)
        have_recovery(data)
        into, now = Path(asked.folder).absolute(), datetime.now(UTC)
        place = backups.make_backup(house.environment, into=into, cause=backups.ASKED, at=now)
        diary.note_made(data, at=now, place=place)
    size = sum(path.stat().st_size for path in place.iterdir())
    _answer(
        {"backup": str(place), "bytes": size},
        f"Cadangan utuh di {place} ({size / 1_000_000:.1f} MB). Membukanya memerlukan frasa pemulihan.",
        as_json=asked.as_json,
    )


def _passphrase() -> str:
    if given := os.environ.get(PASSPHRASE):
        return given
    if sys.stdin.isatty():
        return getpass.getpass("Frasa pemulihan: ")
    return sys.stdin.readline()


def _known_migrations() -> dict[str, set[str]]:
    """The migrations of this code, by app."""
    known: dict[str, set[str]] = {}
    for path in (ROOT / "bekal").rglob("migrations/[0-9]*.py"):
        known.setdefault(path.parent.parent.name, set()).add(path.stem)
    return known


def _restore(asked: Namespace) -> None:
    if os.environ.get("DATABASE_URL"):
        raise Stopped(
            "restore memulihkan basis data yang dibawa Bekal. Kosongkan DATABASE_URL dulu; memindahkannya ke server "
            "sendiri ada di docs/operators.md."
        )
    end_tidily()
    folder = restoring.find_backup(Path(asked.folder).absolute())
    say(f"Memeriksa {folder} …")
    found = restoring.check_backup(folder, known=_known_migrations())
    backup = restoring.open_backup(folder, found, _passphrase())
    try:
        done = restoring.restore(
            backup, data_folder(ROOT), at=datetime.now(UTC), say=say, replaces_another=asked.other_house
        )
    finally:
        end_undisturbed()
    lines = [
        f"Rumah dipulihkan dari cadangan {found.made_at.astimezone():%d-%m-%Y %H.%M}: {done.rows} baris, rantai catatan utuh."
    ]
    if done.saved:
        lines.append(f"Cadangan rumah yang tadi ada di sini: {done.saved}")
    if done.aside:
        lines.append(
            f"Rumah yang tadi ada di sini dipindahkan ke {done.aside}. Hapus sendiri bila yang baru sudah Anda periksa."
        )
    answer = {
        "restored": str(folder),
        "rows": done.rows,
        "saved": str(done.saved) if done.saved else None,
        "aside": str(done.aside) if done.aside else None,
    }
    _answer(answer, "\n".join([*lines, "Jalankan ./run untuk membukanya."]), as_json=asked.as_json)


def _recovery_passphrase(asked: Namespace) -> None:
    passphrase = recovery.renew(data_folder(ROOT))
    say("Cadangan yang sudah ada tetap dibuka dengan frasa yang lama.")
    _answer({"passphrase": passphrase}, told(passphrase), as_json=asked.as_json)


def _doctor(asked: Namespace) -> None:
    end_tidily()
    refusal = ""
    try:
        with database(ROOT) as house:
            # The owner sees every row: keys and chains are checked over the whole house.
            os.environ.update(house.environment, BEKAL_AS="owner")
            found = _looked_over()
            end_undisturbed()
    except (Refused, psycopg.Error) as wrong:
        refusal = str(wrong).splitlines()[0]
        os.environ.update({"BEKAL_DATA": str(data_folder(ROOT)), "BEKAL_SECRET_KEY": "unused here"})
        found = _looked_over(without_database=refusal)
    is_ok = all(one.is_ok for one in found)
    lines = [f"{'baik ' if one.is_ok else 'URUS '} {one.label}: {one.said}" for one in found]
    for place, one in reversed(list(enumerate(found))):
        if one.todo:
            lines.insert(place + 1, f"      → {one.todo}")
    _answer({"ok": is_ok, "findings": [vars(one) for one in found]}, "\n".join(lines), as_json=asked.as_json)
    if not is_ok:
        raise SystemExit(1)


def _looked_over(*, without_database: str = "") -> list[Any]:
    import django

    django.setup()
    from django.utils import timezone, translation

    from bekal.foundation.keeping import examining
    from bekal.foundation.keeping.findings import Finding

    translation.activate("id")
    if not without_database:
        return examining.look_over(examining.ALL, now=timezone.now())
    todo = "Betulkan itu dulu. Bila data tidak dapat diselamatkan: scripts/manage restore FOLDER."
    first = Finding("database", "Basis data", is_ok=False, said=without_database, todo=todo)
    return [first, *examining.look_over(examining.WITHOUT_DATABASE, now=timezone.now())]


COMMANDS = {"doctor": _doctor, "backup": _backup, "restore": _restore, "recovery_passphrase": _recovery_passphrase}


# What `scripts/manage help` says of each, beside Django's own commands.
SAID = {
    "backup": "Cadangkan basis data, berkas, dan kunci ke sebuah folder baru di dalam FOLDER.",
    "restore": f"Pulihkan rumah dari cadangan. Frasa pemulihan diketik, atau ada di {PASSPHRASE}.",
    "doctor": "Periksa kesehatan rumah dan katakan apa yang perlu dilakukan; keluar dengan 1 bila ada yang perlu.",
    "recovery_passphrase": "Buat frasa pemulihan baru dan tampilkan sekali.",
}


def listed() -> str:
    """The commands of a house, one a line, for `scripts/manage help`."""
    lines = [f"  {name:<21}{SAID[name]}" for name in COMMANDS]
    return "\n".join(["Perintah rumah (scripts/manage PERINTAH --help menjelaskan masing-masing):", *lines])


def _parser(name: str) -> ArgumentParser:
    parser = ArgumentParser(prog=f"scripts/manage {name}", description=SAID[name])
    parser.add_argument("--json", action="store_true", dest="as_json", help="jawaban sebagai JSON")
    if name == "backup":
        parser.add_argument("folder", metavar="FOLDER")
    if name == "restore":
        parser.add_argument(
            "folder", metavar="FOLDER", help="folder cadangan, atau folder yang berisi beberapa cadangan"
        )
        parser.add_argument("--other-house", action="store_true", help="ganti rumah yang ada dengan rumah lain")
    return parser


def keep_house(arguments: list[str]) -> None:
    """One of the commands above. A refusal is a sentence and exit code 1."""
    try:
        COMMANDS[arguments[0]](_parser(arguments[0]).parse_args(arguments[1:]))
    except Refused as refusal:
        raise Stopped(str(refusal)) from refusal
    except psycopg.Error as wrong:
        raise Stopped(f"Basis data tidak dapat dipakai: {str(wrong).splitlines()[0]}") from wrong
