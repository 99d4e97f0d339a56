"""./run: it says why it cannot, it outlives its parts, and it ends whole."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(**variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "run"], env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


def _until(happened: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _children(pid: int) -> dict[int, str]:
    """The processes that a process started, each with its command line."""
    found = {}
    for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found[int(number)] = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def test_a_busy_port_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = _run(PORT=str(taken.getsockname()[1]))

    assert said.returncode == 1
    assert "sudah dipakai program lain" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("port", ["pintu", "0", "70000"])
def test_what_is_no_port_is_said_in_a_sentence(port: str) -> None:
    said = _run(PORT=port)

    assert said.returncode == 1
    assert "bukan nomor pintu" in said.stderr


def test_the_house_outlives_its_parts_and_ends_whole(fresh_database: str, free_port: int, tmp_path: Path) -> None:
    there = f"/{fresh_database}?host={os.environ['BEKAL_DB_HOST']}"
    owner, app = (
        f"postgresql://{os.environ[f'BEKAL_DB_{role}']}:{quote(os.environ[f'BEKAL_DB_{role}_PASSWORD'])}@{there}"
        for role in ("OWNER", "APP")
    )
    variables = {"DATABASE_URL": owner, "BEKAL_APP_DATABASE_URL": app, "BEKAL_DATA": str(tmp_path), "BEKAL_DEMO": "0"}
    environment = {**os.environ, **variables, "PORT": str(free_port)}
    with (tmp_path / "said").open("wb") as said:
        house = subprocess.Popen([sys.executable, ROOT / "run"], env=environment, stdout=said, stderr=said)
    try:
        _until(lambda: _answers(free_port))
        _until(lambda: "Token sekali pakai" in (tmp_path / "said").read_text())
        before = _children(house.pid)
        assert len(before) == 2

        for pid in before:
            os.kill(pid, signal.SIGKILL)
        _until(lambda: len(now := _children(house.pid)) == 2 and not now.keys() & before.keys())
        _until(lambda: _answers(free_port))
        after = _children(house.pid)

        house.send_signal(signal.SIGTERM)
        assert house.wait(30) == 0
    finally:
        house.kill()
    assert not any(Path(f"/proc/{pid}").exists() for pid in [*before, *after])
    assert not _answers(free_port)
    assert "Traceback" not in (tmp_path / "said").read_text()
