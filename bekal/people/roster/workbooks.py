"""Files going back: the roster without its clinical columns, and the rejected rows with the reason beside them."""

import io
import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import override

from bekal.foundation.core.tables import harmless
from bekal.people.roster.comparing import Verdicts
from bekal.people.roster.reader import Reading
from bekal.people.roster.synonyms import CLINICAL, meaning_of

_LIST = "Daftar"
# What spreadsheet programs allow as the name of a sheet.
_SHEET_NAME = re.compile(r"(?!')(?!history$)[^\[\]:*?/\\]{1,31}(?<!')", re.IGNORECASE)
# Neither of the two ways of counting days knows earlier ones.
_FIRST_YEAR = 1905
_LAST_ROW = 1_048_576
# A workbook says when it was made; these are made anew from what they hold, and the same each time.
_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - no instant, but what the format asks for
_TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def without_clinical(reading: Reading) -> bytes:
    """A copy of the sheet rebuilt without any clinical column: no other sheet, no comment, no trace of what they held.

    What is kept stands in the same cells as in the file, so that what an officer said of its columns and rows still holds.
    """
    header, sheet = reading.header, reading.sheet
    # A column without a word above it may go on with its clinical neighbour.
    kept = [column for column, meaning in header.meanings.items() if meaning != CLINICAL and header.texts[column]]
    lines = [(reading.header_row, {column: header.texts[column] for column in kept})]
    for number, row in zip(sheet.numbers[header.place + 1 :], sheet.rows[header.place + 1 :], strict=True):
        lines.append((number, {column: row[column] for column in kept if column < len(row)}))
    may_keep = _SHEET_NAME.fullmatch(sheet.name or "") and meaning_of(sheet.name or "") != CLINICAL
    return _book(lines, name=sheet.name if sheet.name and may_keep else _LIST, is_1904=reading.is_1904)


def rejected_workbook(reading: Reading, verdicts: Verdicts) -> bytes:
    """The rejected rows as they were written, and behind them why, ready to be corrected and uploaded again."""
    columns = sorted(reading.header.columns)
    place_of = {number: place for place, number in enumerate(reading.sheet.numbers)}
    rows: list[list[Any]] = [[reading.header.texts[column] for column in columns] + ["Sebab ditolak", "Baris"]]
    for verdict in verdicts.rows:
        if verdict.status == "rejected":
            cells = reading.sheet.rows[place_of[verdict.row.number]]
            # A list that goes back to an office speaks as the office does, whoever sends it.
            with override("id"):
                why = " ".join(reason.sentence for reason in verdict.reasons)
            rows.append([cells[c] if c < len(cells) else None for c in columns] + [why, verdict.row.number])
    lines = [
        (number, {column: harmless(value) for column, value in enumerate(row)})
        for number, row in enumerate(rows, start=1)
    ]
    return _book(lines, name=_LIST, is_1904=reading.is_1904)


def _book(lines: Iterable[tuple[int, dict[int, Any]]], *, name: str, is_1904: bool) -> bytes:
    """One sheet with these cells, by row number and column (from nought): dates as dates, figures as figures, text as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**_TEXT_STAYS_TEXT, "date_1904": is_1904})
    book.set_properties({"created": _MADE_AT})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, cells in lines:
        for column, value in cells.items():
            if number > _LAST_ROW or value is None or value == "":
                continue
            if isinstance(value, datetime | date) and value.year >= _FIRST_YEAR:
                sheet.write_datetime(number - 1, column, value, day)
            elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
                sheet.write_number(number - 1, column, value)
            else:
                sheet.write_string(number - 1, column, str(value))
    book.close()
    return out.getvalue()
