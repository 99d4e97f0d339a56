"""Each roster of tests/data against what a good import says about it, written by people who did not write the code."""

import json
from pathlib import Path
from typing import Any

import pytest

from bekal.people.roster import Refused, compare, read_roster, refusal, report

ROSTERS = Path(__file__).resolve().parents[3] / "tests" / "data" / "rosters"
TRUTHS = sorted(ROSTERS.glob("*.truth.json"))


def _people(file: str) -> dict[str, Any]:
    """What a facility knows after a file was saved."""
    verdicts = compare(read_roster((ROSTERS / file).read_bytes(), name=file), {})
    return {v.row.person["register_number"]: v.row.person for v in verdicts.rows if v.status == "new"}


def _said(file: Path, known: dict[str, Any]) -> dict[str, Any]:
    try:
        reading = read_roster(file.read_bytes(), name=file.name)
    except Refused as refused:
        return refusal(refused, name=file.name)
    return report(reading, compare(reading, known), outcome="ready")


def _folded(field: str, value: Any) -> Any:
    return value.casefold() if field in ("full_name", "birth_place") and isinstance(value, str) else value


def _reasons(row: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((reason["code"], reason.get("field") or "") for reason in row["reasons"])


@pytest.mark.parametrize("truth_file", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_a_roster_is_read_as_its_truth_says(truth_file: Path) -> None:
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    said = _said(
        ROSTERS / truth_file.name.removesuffix(".truth.json"), _people(truth["after"]) if "after" in truth else {}
    )

    assert (said["outcome"], said["refusal"]) == (truth["outcome"], truth.get("refusal"))
    if truth["outcome"] == "refused":
        assert said["message"].endswith(".")
        return
    for part in ("file", "columns", "ignored", "counts"):
        assert {key: said[part].get(key) for key in truth.get(part, {})} == truth.get(part, {})
    assert sorted(said["absent"]) == sorted(truth.get("absent", said["absent"]))
    rows = {row["row"]: row for row in said["rows"]}
    if truth.get("rows_complete"):
        assert sorted(rows) == sorted(row["row"] for row in truth["rows"])
    for want in truth.get("rows", []):
        got = rows[want["row"]]
        assert (got["status"], _reasons(got)) == (want["status"], _reasons(want)), want["row"]
        assert sorted(got["changes"]) == sorted(want.get("changes", got["changes"]))
        for field, value in want.get("person", {}).items():
            assert _folded(field, got["person"].get(field)) == _folded(field, value), (want["row"], field)
