"""What `import_roster --json` prints: one object that says everything about a roster."""

from typing import Any

from bekal.people import reports, sentences
from bekal.people.choices import RosterState
from bekal.people.models import RosterImport
from bekal.people.readings import Row

_OUTCOMES = {RosterState.READY: "ready", RosterState.COMMITTED: "committed", RosterState.REFUSED: "refused"}


def answer_of(roster_import: RosterImport) -> dict[str, Any]:
    """The answer about a roster that was read, saved or refused."""
    outcome = _OUTCOMES[RosterState(roster_import.state)]
    file = {"name": roster_import.file_name, "sha256": roster_import.sha256}
    if outcome == "refused":
        message = sentences.refusal(roster_import.refusal)
        return {"outcome": outcome, "refusal": roster_import.refusal, "message": message, "file": file}
    return {
        "outcome": outcome,
        "refusal": None,
        "message": sentences.summary(roster_import.counts, committed=outcome == "committed"),
        "file": {
            **file,
            "kind": roster_import.kind,
            "encoding": reports.facts_of(roster_import)["encoding"],
            "sheet": roster_import.sheet or None,
            "header_row": roster_import.header_row,
        },
        "columns": roster_import.columns,
        "ignored": roster_import.ignored,
        "counts": {status: roster_import.counts.get(status, 0) for status in sentences.STATUSES},
        "absent": sorted(reports.every_absent(roster_import)),
        "rows": [_told(row) for row in reports.every_row(roster_import)],
    }


def _told(row: Row) -> Row:
    reasons = [{"code": reason["code"], "field": reason["field"]} for reason in row["reasons"]]
    changes = row["changes"] if row["status"] == "changed" else []
    return {**{name: row[name] for name in ("row", "status", "person")}, "changes": changes, "reasons": reasons}
