"""The report on a roster, as programs read it (see the README of the app)."""

from typing import Any

from bekal.people.roster.comparing import Verdicts
from bekal.people.roster.reader import Reading
from bekal.people.roster.refusals import SENTENCES, Refused


def report(reading: Reading, verdicts: Verdicts, *, outcome: str) -> dict[str, Any]:
    """Everything about a file that could be read; `outcome` is `ready` or `committed`."""
    return {
        "outcome": outcome,
        "refusal": None,
        "message": message(verdicts, outcome=outcome),
        "file": reading.file_facts(),
        "columns": reading.columns,
        "ignored": reading.ignored,
        "counts": verdicts.counts,
        "absent": verdicts.absent,
        "rows": [verdict.as_json() for verdict in verdicts.rows],
    }


def message(verdicts: Verdicts, *, outcome: str) -> str:
    """One sentence for the officer."""
    counts = verdicts.counts
    written = counts["new"] + counts["changed"]
    begins = f"{written} baris tersimpan" if outcome == "committed" else f"{written} baris siap disimpan"
    return f"{begins}; {counts['doubtful']} meragukan, {counts['rejected']} ditolak."


def refusal(refused: Refused, *, name: str, sha256: str | None = None) -> dict[str, Any]:
    """Everything about a file that was refused."""
    return {
        "outcome": "refused",
        "refusal": refused.code,
        "message": SENTENCES[refused.code],
        "file": {"name": name, "sha256": sha256},
    }
