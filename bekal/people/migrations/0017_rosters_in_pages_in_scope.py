"""Who sees the pages of a roster; and reports that were kept whole are kept in pages. What they said stays in the history."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import migrations

from bekal.foundation.core.row_security import RowSecurity

PER_PAGE = 50


def pages(report: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Every page of a whole report: its kind, its number from 0, its content."""
    kinds: dict[str, list[Any]] = {"absent": report["absent"]}
    for row in report["rows"]:
        kinds.setdefault(row["status"], []).append(row)
    for kind, items in kinds.items():
        for start in range(0, len(items), PER_PAGE):
            yield kind, start // PER_PAGE, json.dumps(items[start : start + PER_PAGE], ensure_ascii=False)
    if report.get("rejected"):
        yield "workbook", 0, report["rejected"]


def divide(apps: Any, schema_editor: Any) -> None:
    rosters, page = apps.get_model("people", "RosterImport").objects, apps.get_model("people", "RosterPage")
    read = rosters.filter(report__isnull=False).order_by("pk")
    for key in list(read.values_list("pk", flat=True)):
        roster = rosters.defer("file").get(pk=key)
        report = json.loads(roster.report)
        if "rows" not in report:
            continue
        page.objects.bulk_create(
            [
                page(
                    facility_id=roster.facility_id,
                    roster_import=roster,
                    judging=1,
                    kind=kind,
                    number=number,
                    content=content,
                )
                for kind, number, content in pages(report)
            ],
            batch_size=40,
        )
        known = {name: report[name] for name in ("encoding", "hidden_rows", "columns")}
        known |= {"judging": 1, "absent": len(report["absent"])}
        if report.get("rejected"):
            known["workbook_of"] = 1
        roster.report = json.dumps(known, ensure_ascii=False)
        roster.save(update_fields=["report"])


class Migration(migrations.Migration):
    dependencies = [("people", "0016_rosters_in_pages")]
    operations = [RowSecurity("people_rosterpage"), migrations.RunPython(divide, migrations.RunPython.noop)]
