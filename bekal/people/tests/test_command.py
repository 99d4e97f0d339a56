"""The command without a browser: what it prints for every roster whose truth is known, and how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.accounts.queries import system_user
from bekal.foundation.core.invariants import violations
from bekal.foundation.core.scope import entered
from bekal.foundation.facilities.models import Facility
from bekal.people.models import RosterImport

ROSTERS = Path(__file__).resolve().parents[3] / "tests" / "data" / "rosters"
TRUTHS = sorted(ROSTERS.glob("*.truth.json"))


def command(file: Path | str, **options: Any) -> tuple[int, dict[str, Any]]:
    out, code = io.StringIO(), 0
    try:
        call_command("import_roster", str(file), facility="MLT", as_json=True, stdout=out, **options)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    return code, json.loads(out.getvalue())


def folded(field: str, value: Any) -> Any:
    return value.casefold() if field in ("full_name", "birth_place") and isinstance(value, str) else value


def reasons(row: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((reason["code"], reason["field"] or "") for reason in row["reasons"])


@pytest.mark.parametrize("truth_file", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_the_command_says_what_the_truth_says(truth_file: Path, melati: Facility) -> None:
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    file = ROSTERS / truth_file.name.removesuffix(".truth.json")
    if "after" in truth:
        command(ROSTERS / truth["after"], commit=True)

    code, said = command(file)

    assert (said["outcome"], said["refusal"]) == (truth["outcome"], truth["refusal"])
    assert code == (1 if truth["outcome"] == "refused" else 0)
    if code:
        return
    for part in ("file", "columns", "ignored", "counts"):
        assert {name: said[part][name] for name in truth.get(part, {})} == truth.get(part, {})
    assert sorted(said["absent"]) == sorted(truth.get("absent", said["absent"]))
    rows = {row["row"]: row for row in said["rows"]}
    for wanted in truth["rows"]:
        row = rows[wanted["row"]]
        assert (row["status"], reasons(row)) == (wanted["status"], reasons(wanted))
        assert sorted(row["changes"]) == sorted(wanted.get("changes", row["changes"]))
        for field, value in wanted.get("person", {}).items():
            assert folded(field, row["person"].get(field)) == folded(field, value)


@pytest.mark.parametrize("name", ["03-tanggal.xlsx", "05-register.xlsx", "07-titik-koma.csv", "10-rehabilitasi.xlsx"])
def test_the_same_file_again_changes_nothing(name: str, melati: Facility) -> None:
    first = command(ROSTERS / name, commit=True)[1]["counts"]

    again = command(ROSTERS / name)[1]["counts"]

    assert (again["unchanged"], again["new"], again["changed"]) == (first["new"], 0, 0)
    assert again["doubtful"] == first["doubtful"]
    with entered(scope_of(system_user())):
        assert list(violations()) == []


def test_a_wrong_call_ends_with_two(melati: Facility, sari: User) -> None:
    file = ROSTERS / "01-rapi.xlsx"
    for wrong in (
        {"file": "nirgends.xlsx", "facility": "MLT"},
        {"file": str(file), "facility": "TIADA"},
        {"file": str(file), "facility": "MLT", "username": "tiada"},
        {"file": str(file), "facility": "MLT", "username": "sari"},
    ):
        with pytest.raises(CommandError) as refused:
            call_command("import_roster", wrong.pop("file"), **wrong)
        assert refused.value.returncode == 2


def test_the_command_acts_as_the_officer_it_names(melati: Facility, lestari: User) -> None:
    command(ROSTERS / "14-lama.xls", commit=True, username="lestari")

    with entered(scope_of(lestari)):
        assert RosterImport.objects.get().committed_by == lestari
        assert RosterImport.objects.get().committed_at < timezone.now()
