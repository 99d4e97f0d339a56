"""Files going back: the roster without its clinical columns, and the rejected rows with the reason beside them."""

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from bekal.foundation.core.tables import harmless
from bekal.people.roster.comparing import Verdicts
from bekal.people.roster.reader import Reading
from bekal.people.roster.synonyms import CLINICAL


def without_clinical(reading: Reading) -> bytes:
    """A copy of the sheet rebuilt without any clinical column: no other sheet, no comment, no trace of what they held."""
    kept = sorted(
        column
        for column in range(max((len(row) for row in reading.sheet.rows), default=0))
        if reading.header.meanings.get(column) != CLINICAL
    )
    # Above the header a title may tell what the list is about; only the header and what follows is kept.
    rows = reading.sheet.rows[reading.header.place :]
    return _book([[row[column] if column < len(row) else None for column in kept] for row in rows])


def rejected_workbook(reading: Reading, verdicts: Verdicts) -> bytes:
    """The rejected rows as they were written, and behind them why, ready to be corrected and uploaded again."""
    columns = sorted(reading.header.columns)
    place_of = {number: place for place, number in enumerate(reading.sheet.numbers)}
    rows: list[list[Any]] = [[reading.header.texts[column] for column in columns] + ["Sebab ditolak", "Baris"]]
    for verdict in verdicts.rows:
        if verdict.status == "rejected":
            cells = reading.sheet.rows[place_of[verdict.row.number]]
            why = " ".join(reason.sentence for reason in verdict.reasons)
            rows.append([cells[c] if c < len(cells) else None for c in columns] + [why, verdict.row.number])
    return _book(rows)


def _book(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("Daftar")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, datetime | date):
                sheet.write_datetime(line, place, value, day)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, place, value)
            elif value not in (None, ""):
                sheet.write_string(line, place, str(harmless(value)))
    book.close()
    return out.getvalue()
