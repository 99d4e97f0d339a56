"""Commands as programs see them: exit codes, and JSON alone on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _manage(*arguments: str, database: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BEKAL_DB_NAME": database, "DJANGO_SETTINGS_MODULE": "bekal.settings"}
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_an_empty_demo_house_has_one_facility_and_is_whole(fresh_database: str) -> None:
    loaded = _manage("demo", "--empty", "--json", database=fresh_database)

    assert loaded.returncode == 0
    assert json.loads(loaded.stdout)["loaded"] == "empty"
    assert _manage("verify_audit", database=fresh_database).returncode == 0
    assert _manage("check_invariants", database=fresh_database).returncode == 0


def test_the_demo_refuses_a_house_in_which_somebody_works(fresh_database: str, joko) -> None:  # type: ignore[no-untyped-def]
    refused = _manage("demo", database=fresh_database)

    assert refused.returncode == 1
    assert "bukan buatan contoh" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_call_is_exit_two(fresh_database: str) -> None:
    assert _manage("verify_paper", database=fresh_database).returncode == 2
    assert _manage("demo", "--day", "kemarin", database=fresh_database).returncode == 2
    assert _manage("demo", "--empty", "--close", database=fresh_database).returncode == 2


@pytest.mark.parametrize("name", ["backup", "restore", "doctor", "recovery_passphrase"])
def test_the_list_of_commands_names_what_keeps_a_house_and_explains_it(name: str) -> None:
    """Without a database: whoever asks how to restore may have none."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    listed = [sys.executable, "-c", "import keeping; print(keeping.listed())"]
    asked = [sys.executable, "managing.py", "help", name]

    said, explained = (
        subprocess.run(command, cwd=ROOT / "scripts", env=environment, capture_output=True, text=True, check=True)
        for command in (listed, asked)
    )

    assert f"  {name} " in said.stdout
    assert f"scripts/manage {name}" in explained.stdout


def test_help_makes_no_house(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BEKAL_DATA": str(tmp_path / "house")}
    command = [sys.executable, "managing.py", "help"]

    said = subprocess.run(command, cwd=ROOT / "scripts", env=environment, capture_output=True, text=True, check=True)

    assert "Perintah rumah" in said.stdout
    assert "verify_audit" in said.stdout
    assert not (tmp_path / "house").exists()
