"""Lists going out: XLSX and CSV that a spreadsheet opens as text and numbers, never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from bekal.foundation.core.days import ZONES

# A cell that begins with one of these is run by spreadsheet programs (OWASP, CSV injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def harmless(value: Any) -> Any:
    """The value as a spreadsheet may hold it: text that would run as a formula gets an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS) and value not in ("-", "–") else value
    return value


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The list as CSV: semicolons and a byte order mark, as Indonesian Excel opens it at a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column) for column in columns])
    for row in rows:
        writer.writerow([_plain(harmless(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        local = value.astimezone(ZONES["WIB"]) if value.tzinfo else value
        return local.isoformat(sep="T" if value.tzinfo else " ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else ("" if value is None else value)


def xlsx_bytes(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The list as XLSX: a frozen head, days as days, everything else as it is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )
    sheet = book.add_worksheet("Daftar")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    hour = book.add_format({"num_format": "dd/mm/yyyy hh.mm"})
    book.set_properties({"title": title})
    widths = [len(column) for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, datetime) and value.tzinfo is None:
                sheet.write_datetime(line, place, value, hour)
                widths[place] = max(widths[place], 16)
            elif isinstance(value, datetime):
                sheet.write_string(line, place, str(_plain(value)))
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value, day)
            elif isinstance(value, bool) or value is None:
                sheet.write_string(line, place, {True: "ya", False: "tidak", None: ""}[value])
            elif isinstance(value, int | float):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, str(value))
                widths[place] = max(widths[place], min(len(str(value)), 48))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, max(width, 10) + 2)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
