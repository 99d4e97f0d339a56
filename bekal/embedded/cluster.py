"""One PostgreSQL cluster in a folder: started, waited for, started again, stopped."""

import hashlib
import os
import signal
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from bekal.embedded import making, postmaster, roles
from bekal.embedded.binaries import MAJOR, programs
from bekal.embedded.refusals import Refused
from bekal.embedded.secrets_kept import keep
from bekal.embedded.server_user import server_user

PORT = 5432
# A server that died needs time to read its log again; one that stops must leave room in the thirty seconds of ./run.
START_SECONDS, STOP_SECONDS = 120, 10
LOG_BYTES = 1_000_000


class Cluster:
    """The cluster under `data` (a folder such as ./var). Nothing is touched until `start`."""

    def __init__(self, data: Path, *, is_for_tests: bool = False) -> None:
        self.home = data.resolve()
        self.is_for_tests = is_for_tests
        self.folder = self.home / f"pg{MAJOR}"
        self.secrets = self.home / "secrets"
        self.log = self.home / "postgres.log"
        self.user = server_user(self.folder)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """The folder of the socket: where the living server has it, else where ours would put it.

        The path is short (a socket's may have 107 bytes) and hangs on the data alone, so that all who share it find it.
        """
        running = postmaster.living(self.folder)
        if running and running.socket:
            return running.socket
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:10]
        if self.user.is_other:
            return Path("/run", f"bekal-{digest}")
        # Anybody may make a folder there: whose it is, is looked at before it is used.
        return Path("/tmp", f"bekal-{self.user.uid}-{digest}")  # noqa: S108

    def connect(self, dbname: str = "postgres", *, timeout: int = 5) -> psycopg.Connection:
        """A connection as the cluster's superuser, for setting up and for nothing else."""
        return psycopg.connect(
            host=str(self.socket),
            port=PORT,
            dbname=dbname,
            user=roles.SUPERUSER,
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
            Refused: the data belongs to another major version, or to another process, or cannot be used.
        """
        if self._is_started_by_another():
            return
        folder = self._socket_folder()
        making.check(self.folder)
        if not self.folder.exists():
            making.make(self, folder)
        # What a server that died has left may still be in use by its own helpers for a moment.
        for _attempt in range(4):
            postmaster.forget(self.folder, folder)
            self._launch(folder)
            if self._has_started():
                return
            time.sleep(1)
        said = self.log.read_text(errors="replace").strip().splitlines()[-3:]
        raise Refused(f"PostgreSQL tidak mau mulai. Catatannya di {self.log}: {' '.join(said)}")

    def _is_started_by_another(self) -> bool:
        """Wait for a server whose starter died before it answered, or that is about to stop; refuse one that is not ours."""
        deadline = time.monotonic() + START_SECONDS
        while running := postmaster.living(self.folder):
            if running.is_ready and self.answers():
                return True
            if running.is_ready or time.monotonic() > deadline:
                raise Refused(
                    f"Data di {self.folder} sedang dipakai proses lain (nomor {running.pid}). "
                    "Hentikan proses itu, lalu jalankan lagi."
                )
            time.sleep(0.05)
        return False

    def _socket_folder(self) -> Path:
        folder = self.socket
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid == 0:
            self.user.owns(folder)
        known = folder.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != self.user.uid:
            raise Refused(f"Folder {folder} milik pengguna lain. Hapus folder itu, lalu jalankan lagi.")
        folder.chmod(0o700)
        return folder

    def _launch(self, folder: Path) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
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
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.old"))
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            # A session of its own: Ctrl+C on the terminal ends those who use it, and the last of them stops it.
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=making.plain_environment(),
                start_new_session=True,
                **self.user.arguments(),
            )

    def _has_started(self) -> bool:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return False
            running = postmaster.living(self.folder)
            if running and running.is_ready and self.answers():
                return True
            time.sleep(0.03)
        self.stop()
        raise Refused(f"PostgreSQL belum siap sesudah {START_SECONDS} detik. Catatannya di {self.log}.")

    def has_died(self) -> bool:
        """Whether no server works on the data now; one of ours that died is reaped, so that it can start again."""
        if self.process is not None:
            self.process.poll()
        return postmaster.living(self.folder) is None

    def stop(self) -> None:
        """Stop the server the fast way (SIGINT) and wait; what is committed is safe either way."""
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5)):
            running = postmaster.living(self.folder)
            if running is None:
                return
            os.kill(running.pid, how)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if self.has_died():
                    self._reap()
                    return
                time.sleep(0.02)

    def _reap(self) -> None:
        """A server takes its mark away a moment before it ends."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
