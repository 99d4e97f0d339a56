"""The processes of a running house, played by small programs."""

import sys
import time
from pathlib import Path

import pytest
from household import Household
from telling import Stopped


class Enough(Exception):
    """The test has seen what it came for."""


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_whoever_dies_again_and_again_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    household = Household({"Pekerja": ["false"]}, cwd=tmp_path, environments={})
    household.start("Pekerja")

    with pytest.raises(Stopped):
        household.watch(lambda: None)

    assert "Pekerja berulang kali berhenti" in capfd.readouterr().err


def test_children_of_a_dead_process_do_not_stay_behind(tmp_path: Path) -> None:
    parent = (
        "import os, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'child')!r}, 'a').write(f'{{child.pid}} ')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    household = Household({"Halaman": _python(parent)}, cwd=tmp_path, environments={})
    household.start("Halaman")

    def seen_twice() -> None:
        if (tmp_path / "child").exists() and len((tmp_path / "child").read_text().split()) >= 2:
            raise Enough

    with pytest.raises(Enough):
        household.watch(seen_twice)
    household.stop()

    first = (tmp_path / "child").read_text().split()[0]
    assert not _lives(first)


def _lives(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_whoever_does_not_listen_is_ended_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("household.GRACE_SECONDS", 1)
    deaf = (
        "import pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "pathlib.Path('deaf').touch()\n"
        "time.sleep(60)\n"
    )
    household = Household({"Pekerja": _python(deaf)}, cwd=tmp_path, environments={})
    household.start("Pekerja")
    while not (tmp_path / "deaf").exists():
        time.sleep(0.05)

    household.stop()

    assert household.processes["Pekerja"].returncode == -9
