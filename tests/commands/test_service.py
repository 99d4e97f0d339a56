"""scripts/service: a unit that systemd takes, that shuts every way out of the data folder, and with which the house really runs."""

import os
import pwd
import re
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import installing
import pytest
from telling import Stopped
from unit import Service, environment_file, told, unit

ROOT = Path(__file__).resolve().parents[2]
ME = pwd.getpwuid(os.geteuid()).pw_name
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")


def _service(data: Path, *, root: Path = ROOT, **environment: str) -> Service:
    return Service(root, data, ME, told(environment), told_in=data / "bekal.env")


def _analysed(text: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = folder / "bekal-uji.service"
    path.write_text(text)
    return subprocess.run(["systemd-analyze", *words, str(path)], capture_output=True, text=True, check=False)


@needs_systemd
@pytest.mark.parametrize(
    "environment", [{}, {"PORT": "443", "BEKAL_BIND": "0.0.0.0", "BEKAL_BACKUP_TO": "/media/cadangan"}]
)
def test_systemd_takes_the_unit(tmp_path: Path, environment: Mapping[str, str]) -> None:
    checked = _analysed(unit(_service(tmp_path, **environment)), tmp_path, "verify")

    assert (checked.returncode, checked.stderr) == (0, "")


@needs_systemd
def test_systemd_takes_a_folder_with_spaces_and_signs(tmp_path: Path) -> None:
    root = tmp_path / "Lapas Melati 50%"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(sys.executable)

    checked = _analysed(unit(_service(root / "data kami", root=root)), tmp_path, "verify")

    assert (checked.returncode, checked.stderr) == (0, "")


@needs_systemd
def test_what_the_house_could_do_beyond_its_folder_is_little(tmp_path: Path) -> None:
    text = unit(_service(tmp_path, DATABASE_URL="postgresql://bekal@server/bekal"))

    # Ten is a service without any fence; below three systemd calls it OK.
    checked = _analysed(text, tmp_path, "security", "--offline=yes", "--threshold=30")

    assert checked.returncode == 0, checked.stdout[-400:]


def test_a_service_never_shows_the_demo_and_keeps_its_secrets_from_the_unit(tmp_path: Path) -> None:
    service = _service(tmp_path, BEKAL_DEMO="1", DATABASE_URL="postgresql://bekal:rahasia@server/bekal", HOME="/root")

    assert 'BEKAL_DEMO="0"' in environment_file(service)
    assert "rahasia" in environment_file(service)
    assert "rahasia" not in unit(service)
    assert "HOME" not in environment_file(service)


def test_a_value_of_two_lines_is_refused() -> None:
    with pytest.raises(Stopped):
        told({"BEKAL_HOSTS": "bekal\nExecStart=/bin/sh"})


def test_root_is_no_plain_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installing, "_owner", lambda _path: 0)

    with pytest.raises(Stopped):
        installing.chosen_user(None, tmp_path)
    assert "--user NAMA" in capsys.readouterr().err


@pytest.fixture
def asked_of_systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A systemctl that only writes down what it is asked."""
    said, programs = tmp_path / "asked", tmp_path / "bin"
    programs.mkdir()
    (programs / "systemctl").write_text(f'#!/bin/sh\necho "$@" >> {shlex.quote(str(said))}\n')
    (programs / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return said


def test_installing_starts_it_with_the_pc_and_uninstalling_leaves_the_data(
    asked_of_systemctl: Path, tmp_path: Path
) -> None:
    units, service = tmp_path / "units", _service(tmp_path / "data", BEKAL_BIND="0.0.0.0")
    units.mkdir()

    installing.install(service, units=units)

    assert asked_of_systemctl.read_text().splitlines() == [
        "daemon-reload", "enable bekal.service", "restart bekal.service",
    ]  # fmt: skip
    assert 'BEKAL_BIND="0.0.0.0"' in service.told_in.read_text()
    assert stat.S_IMODE(service.told_in.stat().st_mode) == 0o600
    asked_of_systemctl.unlink()

    installing.uninstall(units=units, told_in=service.told_in)

    assert asked_of_systemctl.read_text().splitlines() == ["disable --now bekal.service", "daemon-reload"]
    assert list(units.iterdir()) == []
    assert service.data.is_dir()
    with pytest.raises(Stopped):
        installing.uninstall(units=units, told_in=service.told_in)


def _environment(database: str) -> dict[str, str]:
    there = f"/{database}?host={os.environ['BEKAL_DB_HOST']}"
    owner, app = (
        f"postgresql://{os.environ[f'BEKAL_DB_{role}']}:{quote(os.environ[f'BEKAL_DB_{role}_PASSWORD'])}@{there}"
        for role in ("OWNER", "APP")
    )
    return {"DATABASE_URL": owner, "BEKAL_APP_DATABASE_URL": app}


def _as_systemd_would(text: str, told_to: str) -> tuple[list[str], str, dict[str, str]]:
    """Command, folder and whole environment of a unit."""
    lines = dict(re.findall(r"^(ExecStart|WorkingDirectory|Environment)=(.*)$", text, re.MULTILINE))
    pairs = [*shlex.split(lines["Environment"]), *(word for line in told_to.splitlines() for word in shlex.split(line))]
    environment = dict(pair.split("=", 1) for pair in pairs)
    return (
        shlex.split(lines["ExecStart"]),
        lines["WorkingDirectory"],
        {**environment, "PATH": os.defpath, "LANG": "C.UTF-8"},
    )


def test_the_house_runs_with_what_the_unit_tells_it_and_nothing_else(fresh_database: str, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    service = _service(tmp_path, PORT=str(port), **_environment(fresh_database))
    command, folder, environment = _as_systemd_would(unit(service), environment_file(service))

    with (tmp_path / "said").open("wb") as said:
        house = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + 60
        while "Token sekali pakai" not in (tmp_path / "said").read_text():
            assert house.poll() is None and time.monotonic() < deadline, (tmp_path / "said").read_text()
            time.sleep(0.1)
        house.terminate()
        assert house.wait(30) == 0
    finally:
        house.kill()
