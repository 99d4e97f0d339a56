"""One PostgreSQL cluster in a folder: made, started, waited for, stopped."""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from bekal.embedded.binaries import MAJOR, OUTSIDE, ServerUser, programs, reachable, server_user
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep

SUPERUSER = "bekal_super"
START_SECONDS, STOP_SECONDS = 60, 25
PORT = 5432


class Cluster:
    """The cluster under `data` (a folder such as ./var). Nothing is touched until `start`."""

    def __init__(self, data: Path, *, is_for_tests: bool = False) -> None:
        self.home = data.resolve()
        self.is_for_tests = is_for_tests
        self.user: ServerUser = server_user()
        self.folder = self.home / f"pg{MAJOR}"
        self.secrets = self.home / "secrets"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """A short folder for the socket (its path may have 107 bytes), which only the server's user may enter."""
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:10]
        if self.user.is_other:
            return Path("/run") / f"bekal-{digest}"
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        base = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())
        return base / f"bekal-{os.geteuid()}-{digest}"

    @property
    def log(self) -> Path:
        return self.socket / "postgres.log"

    def connect(self, dbname: str = "postgres", *, timeout: int = 5) -> psycopg.Connection:
        """A connection as the cluster's superuser, for setting up and for nothing else."""
        return psycopg.connect(
            host=str(self.socket),
            port=PORT,
            dbname=dbname,
            user=SUPERUSER,
            password=keep(self.secrets, "super"),
            autocommit=True,
            connect_timeout=timeout,
        )

    def answers(self) -> bool:
        """Whether a server of this cluster answers to our password."""
        try:
            self.connect(timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server, making the cluster at its first use; wait until it answers.

        Raises:
            Refused: the data belongs to another major version, or to another process, or cannot be read.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        self._make_socket_folder()
        if not (self.folder / "PG_VERSION").exists():
            self._make()
        self._check_version()
        self._check_free()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "max_connections": "60",
            "shared_buffers": "128MB",
            "log_min_messages": "warning",
            # Statements and their values hold personal data: the log keeps neither.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "timezone": "UTC",
        }
        if self.is_for_tests:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(programs(self.user) / "postgres"), "-D", str(self.folder.resolve())]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.socket,
                start_new_session=True,
                **self.user.popen(),  # type: ignore[call-overload]
            )
        self._wait()

    def _make_socket_folder(self) -> None:
        folder = self.socket
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user.is_other:
            os.chown(folder, self.user.uid or 0, self.user.gid or 0)
        owner = self.user.uid if self.user.is_other else os.geteuid()
        known = folder.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != owner:
            raise Refused(f"Folder {folder} milik pengguna lain. Hapus folder itu, lalu jalankan lagi.")
        folder.chmod(0o700)

    def _make(self) -> None:
        """initdb, in the folder if the server's user can reach it, else outside with a link to it."""
        if self.user.is_other and not reachable(self.home):
            OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
            place = Path(tempfile.mkdtemp(prefix="data-", dir=OUTSIDE))
            self.folder.unlink(missing_ok=True)
            self.folder.symlink_to(place)
        else:
            # A cluster half made by a run that was killed holds nothing yet.
            if self.folder.exists() and not self.folder.is_symlink():
                shutil.rmtree(self.folder)
            self.folder.mkdir(mode=0o700)
            place = self.folder
        if self.user.is_other:
            os.chown(place, self.user.uid or 0, self.user.gid or 0)
        password = self.socket / "initdb-password"
        password.write_text(keep(self.secrets, "super"))
        if self.user.is_other:
            os.chown(password, self.user.uid or 0, self.user.gid or 0)
        password.chmod(0o600)
        command = [str(programs(self.user) / "initdb"), "-D", str(place.resolve()), "-U", SUPERUSER]
        command += ["--pwfile", str(password), "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
        command += ["--no-sync"] if self.is_for_tests else []
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=self.socket,
            check=False,
            **self.user.popen(),  # type: ignore[call-overload]
        )
        password.unlink()
        if done.returncode:
            raise Refused(f"Data PostgreSQL tidak dapat dibuat di {place}: {done.stderr.strip()[-300:]}")

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise Refused(
                f"Data di {self.folder} milik PostgreSQL {found}; Bekal ini memakai PostgreSQL {MAJOR}. Tidak ada yang diubah."
            )

    def _check_free(self) -> None:
        """Refuse data on which another server works; forget the mark of one that died."""
        pid = self.server_pid()
        if pid is None:
            return
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return
        if b"postgres" in command:
            raise Refused(f"Data di {self.folder} sedang dipakai proses lain (nomor {pid}). Hentikan proses itu dulu.")

    def server_pid(self) -> int | None:
        """The process that says it works on this data, dead or alive."""
        try:
            return int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.answers():
                return
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.03)
        raise Refused(f"PostgreSQL tidak mau mulai. Catatannya: {self.log.read_text(errors='replace')[-400:].strip()}")

    def reap(self) -> bool:
        """Whether a server that we started has died; its remains are collected, so that it can start again."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Stop the server the fast way (SIGINT) and wait; what is committed is safe either way."""
        pid = self.server_pid()
        if pid is None:
            return
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.pid == pid and self.process.poll() is not None:
                return
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.02)
        os.kill(pid, signal.SIGQUIT)
