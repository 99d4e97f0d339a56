"""BEKAL_BIND: a house for the office's network. 127.0.0.2 stands for the office: it is not this PC's own loopback address."""

import hashlib
import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.utils import timezone

from bekal.foundation.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
OFFICE = "127.0.0.2"
FINGERPRINT = re.compile(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}")


pytestmark = pytest.mark.allow_hosts(["127.0.0.1", OFFICE])


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((OFFICE, 0))
        return int(probe.getsockname()[1])


def _environment(database: str, data: Path, port: int, **more: str) -> dict[str, str]:
    there = f"/{database}?host={os.environ['BEKAL_DB_HOST']}"
    owner, app = (
        f"postgresql://{os.environ[f'BEKAL_DB_{role}']}:{quote(os.environ[f'BEKAL_DB_{role}_PASSWORD'])}@{there}"
        for role in ("OWNER", "APP")
    )
    own = {"DATABASE_URL": owner, "BEKAL_APP_DATABASE_URL": app, "BEKAL_DATA": str(data), "PORT": str(port)}
    return {**os.environ, **own, "BEKAL_BIND": OFFICE, **more}


@contextmanager
def _running(environment: dict[str, str], said: Path, until: str) -> Iterator[Callable[[], str]]:
    with said.open("wb") as out:
        house = subprocess.Popen([sys.executable, ROOT / "run"], env=environment, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 60
        while until not in said.read_text():
            assert house.poll() is None, said.read_text()
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.1)
        yield said.read_text
        house.terminate()
        assert house.wait(30) == 0
    finally:
        house.kill()


def _refusal(environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "run"], env=environment, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def _asked(port: int, path: str, trusted: ssl.SSLContext) -> http.client.HTTPResponse:
    with closing(http.client.HTTPSConnection(OFFICE, port, context=trusted, timeout=10)) as door:
        door.request("GET", path)
        answer = door.getresponse()
        answer.read()
        return answer


def _asked_without_tls(port: int) -> bytes:
    with socket.create_connection((OFFICE, port), timeout=10) as door:
        door.sendall(b"GET / HTTP/1.1\r\nHost: bekal\r\nConnection: close\r\n\r\n")
        with suppress(ConnectionError):
            return door.recv(4096)
    return b""


def test_the_office_meets_the_certificate_whose_fingerprint_was_told(
    fresh_database, free_port: int, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    # Asked for or not, the demo stays away.
    environment = _environment(fresh_database, tmp_path, free_port, BEKAL_DEMO="1")
    with _running(environment, tmp_path / "said", "Token sekali pakai") as said:
        told = FINGERPRINT.search(said())
        shown = ssl.get_server_certificate((OFFICE, free_port))
        assert told is not None
        assert told[0].replace(":", "").lower() == hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()
        assert f"https://{OFFICE}:{free_port}" in said()
        assert "Rumah contoh tidak dimuat" in said()

        # Whoever took this certificate in meets no warning; whoever did not, does.
        trusted = ssl.create_default_context(cadata=shown)
        trusted.check_hostname = False
        page = _asked(free_port, "/akun/mulai/", trusted)
        assert page.status == 200
        assert "; Secure" in page.headers["Set-Cookie"]
        assert page.headers["Strict-Transport-Security"] is None
        with pytest.raises(ssl.SSLCertVerificationError):
            _asked(free_port, "/", ssl.create_default_context())

        # Without TLS nothing is told.
        assert b"HTTP/" not in _asked_without_tls(free_port)


def test_a_house_with_demo_sign_ins_does_not_open_to_the_office(fresh_database, free_port: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    User.objects.create(username="contoh", name="Contoh", is_demo=True, created_at=timezone.now())

    said = _refusal(_environment(fresh_database, tmp_path, free_port))

    assert "akun contoh" in said
    assert "BEKAL_DATA=" in said


def test_a_wrong_pair_of_the_office_keeps_the_door_shut(fresh_database, free_port: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "kantor.crt").write_text("bukan sertifikat")
    (tmp_path / "tls" / "kantor.key").write_text("bukan kunci")

    assert "bukan sertifikat" in _refusal(_environment(fresh_database, tmp_path, free_port))


def test_an_address_of_another_machine_is_said_in_a_sentence(free_port: int, tmp_path: Path) -> None:
    said = _refusal(_environment("tiada", tmp_path, free_port, BEKAL_BIND="203.0.113.7"))

    assert "tidak beralamat 203.0.113.7" in said
