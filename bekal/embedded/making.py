"""Making a cluster: initdb beside its place, put there when it is whole, so that a kill leaves no half cluster."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from bekal.embedded import roles
from bekal.embedded.binaries import MAJOR, outside, programs
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep

if TYPE_CHECKING:
    from bekal.embedded.cluster import Cluster


def plain_environment() -> dict[str, str]:
    """What PostgreSQL's programs need of our environment; the passwords in it are none of their business."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def check(folder: Path) -> None:
    """Refuse data of another major version, or what is no data at all; nothing there yet is fine.

    Raises:
        Refused: what lies there is not ours to use; nothing was changed.
    """
    for other in sorted(folder.parent.glob("pg*/PG_VERSION")):
        found = other.read_text().strip()
        if found != MAJOR:
            raise Refused(
                f"Data di {other.parent} milik PostgreSQL {found}; Bekal ini memakai PostgreSQL {MAJOR}. Tidak ada yang diubah."
            )
    if folder.is_symlink() and not folder.exists():
        raise Refused(
            f"Data di {folder} menunjuk ke {folder.readlink()}, tetapi folder itu tidak ada. Tidak ada yang diubah."
        )
    if folder.exists() and not (folder / "PG_VERSION").exists():
        raise Refused(
            f"Folder {folder} ada, tetapi isinya bukan data PostgreSQL. Pindahkan folder itu, lalu jalankan lagi."
        )


def make(cluster: "Cluster", socket: Path) -> None:
    """initdb, in the data folder if the server's user can reach it, else outside with a link to it."""
    user, folder = cluster.user, cluster.folder
    if user.reaches(cluster.home):
        place = folder
        draft = folder.with_name(f"{folder.name}.making")
    else:
        place = outside() / f"data-{secrets.token_hex(4)}"
        draft = place.with_name(f"{place.name}.making")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = socket / "initdb-password"
    password.write_text(keep(cluster.secrets, "super"))
    for path in (draft, password):
        user.owns(path)
    try:
        _initdb(cluster, draft, password)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    finally:
        password.unlink()
    draft.rename(place)
    if place != folder:
        folder.symlink_to(place)


def _initdb(cluster: "Cluster", draft: Path, password: Path) -> None:
    command = [str(programs(cluster.user) / "initdb"), "-D", str(draft), "-U", roles.SUPERUSER]
    command += ["--pwfile", str(password), "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
    command += ["--no-sync"] if cluster.is_for_tests else []
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd="/",
        env=plain_environment(),
        check=False,
        **cluster.user.arguments(),
    )
    if done.returncode:
        raise Refused(f"Data PostgreSQL tidak dapat dibuat di {draft}: {done.stderr.strip()[-300:]}")
