"""What a backup says of itself: versions, counts, ends of the audit chains, and the SHA-256 of each of its files."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, get_origin

from bekal.embedded.refusals import Refused

FORMAT = 1
NAME, PROOF = "manifest.json", "manifest.proof"
DATABASE, FILES, KEYS = "database.sealed", "files.sealed", "keys.sealed"
CONTENTS = (DATABASE, FILES, KEYS)


@dataclass(frozen=True)
class Manifest:
    """One backup. It names facilities and tables, and no person."""

    house: str
    made_at: datetime
    cause: str
    facilities: list[str]
    bekal: str
    postgres: str
    app_role: str
    migrations: dict[str, list[str]]
    # Rows of each table, and where the audit chain of each facility ends: [place, hash].
    tables: dict[str, int]
    chain: dict[str, list[Any]]
    # Of each file its size and SHA-256.
    files: dict[str, list[Any]]
    key: str
    recovery: dict[str, Any]
    format: int = FORMAT

    def written(self) -> bytes:
        """The manifest as it lies on the disk."""
        told = {**asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def proof_of(written: bytes, key: bytes) -> str:
    """What shows that the house itself wrote this manifest."""
    return hmac.digest(key, written, hashlib.sha256).hex()


def read(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        Refused: the folder holds no backup of Bekal, or one of a later Bekal.
    """
    try:
        told = json.loads((folder / NAME).read_bytes())
        written = told["format"]
    except FileNotFoundError:
        raise Refused(
            f"Di {folder} tidak ada cadangan Bekal yang utuh ({NAME} tidak ada). Pilih folder cadangan lain."
        ) from None
    except (ValueError, KeyError, TypeError, OSError):
        raise Refused(f"{folder / NAME} rusak atau bukan dari Bekal. Pilih cadangan lain. {UNTOUCHED}") from None
    if written != FORMAT:
        raise Refused(
            f"Cadangan ini dibuat oleh Bekal yang lebih baru (bentuk {written}). Pasang Bekal yang sama, lalu ulangi. {UNTOUCHED}"
        )
    try:
        known = Manifest(**{**told, "made_at": datetime.fromisoformat(told["made_at"])})
    except (ValueError, KeyError, TypeError):
        raise broken(folder) from None
    if not _is_of_its_kinds(known):
        raise broken(folder)
    return known


def broken(folder: Path) -> Refused:
    """What is said of a manifest that somebody wrote anything into."""
    return Refused(f"{folder / NAME} rusak. Pilih cadangan lain. {UNTOUCHED}")


def _is_of_its_kinds(told: Manifest) -> bool:
    """Whether each fact is of the kind that is read of it before its proof can be held against it."""
    return (
        all(isinstance(getattr(told, one.name), get_origin(one.type) or one.type) for one in fields(told))  # type: ignore[arg-type]
        and all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in told.migrations.values()
        )
        and all(isinstance(sums, list) and len(sums) == 2 for sums in told.files.values())
    )


UNTOUCHED = "Rumah Anda tidak diubah."


def check_files(folder: Path, manifest: Manifest) -> None:
    """Refuse a backup of which a file is missing, cut off or changed.

    Raises:
        Refused: it names the file.
    """
    if set(manifest.files) != set(CONTENTS):
        raise Refused(f"{folder / NAME} tidak menyebut isi cadangan dengan lengkap. Pilih cadangan lain. {UNTOUCHED}")
    for name, (size, digest) in manifest.files.items():
        try:
            with (folder / name).open("rb") as file:
                found_size = file.seek(0, 2)
                file.seek(0)
                found = hashlib.file_digest(file, "sha256").hexdigest() if found_size == size else ""
        except OSError:
            raise Refused(
                f"Cadangan tidak lengkap: {folder / name} tidak ada atau tidak terbaca. {UNTOUCHED}"
            ) from None
        if found_size != size:
            raise Refused(
                f"Cadangan terpotong: {name} seharusnya {size} bita, yang ada {found_size}. Pilih cadangan lain. {UNTOUCHED}"
            )
        if found != digest:
            raise Refused(f"Cadangan berubah: {name} tidak lagi seperti saat dibuat. Pilih cadangan lain. {UNTOUCHED}")
