"""Each roster of tests/data against what a good import says about it, written by people who did not write the code."""

import json
from pathlib import Path
from typing import Any

import pytest

from bekal.people.roster import Reading, Refused, Verdict, compare, read_roster

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
        return {"outcome": "refused", "refusal": refused.code, "message": str(refused)}
    verdicts = compare(reading, known)
    return {
        "outcome": "ready",
        "refusal": None,
        "file": _file(reading),
        "columns": reading.columns,
        "ignored": reading.ignored,
        "counts": verdicts.counts,
        "absent": verdicts.absent,
        "rows": {verdict.row.number: verdict for verdict in verdicts.rows},
    }


def _file(reading: Reading) -> dict[str, Any]:
    facts = {name: getattr(reading, name) for name in ("name", "sha256", "kind", "encoding", "header_row")}
    return {**facts, "sheet": reading.sheet.name}


def _folded(field: str, value: Any) -> Any:
    return value.casefold() if field in ("full_name", "birth_place") and isinstance(value, str) else value


def _wanted(row: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((reason["code"], reason.get("field") or "") for reason in row["reasons"])


def _given(verdict: Verdict) -> list[tuple[str, str]]:
    return sorted((reason.code, reason.field or "") for reason in verdict.reasons)


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
    rows: dict[int, Verdict] = said["rows"]
    if truth.get("rows_complete"):
        assert sorted(rows) == sorted(row["row"] for row in truth["rows"])
    for want in truth.get("rows", []):
        got = rows[want["row"]]
        assert (got.status, _given(got)) == (want["status"], _wanted(want)), want["row"]
        assert sorted(got.changes if got.status == "changed" else []) == sorted(want.get("changes", got.changes))
        for field, value in want.get("person", {}).items():
            assert _folded(field, got.row.person.get(field)) == _folded(field, value), (want["row"], field)
