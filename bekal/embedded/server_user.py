"""As whom the server runs: PostgreSQL refuses root, so root hands it to an unprivileged user."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bekal.embedded.refusals import Refused

NAME = "bekal-pg"


@dataclass(frozen=True)
class ServerUser:
    """The account of the server; `is_other` where it is not our own."""

    uid: int
    gid: int
    is_other: bool

    def arguments(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def owns(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Whether this user may walk to `folder`, whatever modes and lists of access lie on the way."""
        if not self.is_other:
            return True
        asked = subprocess.run(["test", "-x", str(folder)], cwd="/", check=False, **self.arguments())
        return asked.returncode == 0


def server_user(data: Path) -> ServerUser:
    """Whoever we are; for root the owner of the data, if there is data, else an account that is made at its first use."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), is_other=False)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid, is_other=True)
    found = _account(NAME) or _made() or _account("nobody")
    if found is None:
        raise Refused(
            f"PostgreSQL tidak boleh berjalan sebagai root, dan tidak ada pengguna lain. Jalankan: useradd --system {NAME}"
        )
    return ServerUser(found.pw_uid, found.pw_gid, is_other=True)


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd | None:
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, capture_output=True, check=False)
    return _account(NAME)
