"""From the bytes of a file to sheets of cells. Nothing is written to disk, and nothing is fetched."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from bekal.people.roster.kinds import kind_of
from bekal.people.roster.refusals import Refused

# Beyond so many rows or columns a sheet is read cell by cell: a far cell would make a dense table of it enormous.
DENSE_ROWS = 150_000


@dataclass(frozen=True)
class Sheet:
    """A sheet as rows of cells; `numbers` are the rows' own numbers, as the spreadsheet program shows them."""

    name: str | None
    rows: list[list[Any]]
    numbers: list[int]
    # Merged ranges as (first row, first column, last row, last column), from nought, by place in `rows`.
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True)
class Book:
    """A file that could be opened."""

    kind: str
    encoding: str | None
    is_1904: bool
    sheets: list[Sheet]
    all_names: list[str]


def open_book(data: bytes, *, only: str | None = None) -> Book:
    """The visible sheets of a file, or the one sheet named `only`.

    Raises:
        Refused: the file is empty, locked, damaged, or no spreadsheet.
    """
    kind = kind_of(data)
    if kind == "csv":
        encoding, text = _decoded(data)
        return Book(kind, encoding, False, [_from_csv(text)], [])
    try:
        return _opened(data, kind, only)
    except Refused:
        raise
    except PasswordError as locked:
        raise Refused("password") from locked
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # The reader is written in Rust: a panic there is a BaseException of its own.
    except BaseException as broken:
        raise Refused("damaged_file") from broken


def _opened(data: bytes, kind: str, only: str | None) -> Book:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [sheet.name for sheet in workbook.sheets_metadata]
    shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    wanted = [name for name in names if name == only] if only else shown
    parts = _Parts(data) if kind == "xlsx" else None
    sheets = []
    for name in wanted:
        xml = parts.sheet(names.index(name)) if parts else b""
        sheet = _sparse(data, name) if _is_sparse(xml) else _dense(workbook, name)
        hidden_rows, hidden_columns = _hidden(xml)
        sheets.append(
            Sheet(sheet.name, sheet.rows, sheet.numbers, sheet.merged, hidden_rows, hidden_columns)
        )
    return Book(kind, None, parts.is_1904 if parts else False, sheets, names)


class _Parts:
    """The parts of an XLSX that say what the cells alone do not."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        try:
            self.workbook = self.archive.read("xl/workbook.xml")
        except KeyError:
            self.workbook = b""
        self.is_1904 = bool(re.search(rb'date1904="(1|true)"', self.workbook))

    def sheet(self, place: int) -> bytes:
        """The XML of the sheet at a place, or nothing where the parts are named in another way."""
        relations = re.findall(rb'<sheet\b[^>]*\br:id="([^"]+)"', self.workbook)
        if place >= len(relations):
            return b""
        try:
            targets = self.archive.read("xl/_rels/workbook.xml.rels")
            entry = re.search(rb'<Relationship\b[^>]*\bId="' + re.escape(relations[place]) + rb'"[^>]*>', targets)
            target = re.search(rb'Target="([^"]+)"', entry[0]) if entry else None
            return self.archive.read(_joined(target[1].decode())) if target else b""
        except KeyError:
            return b""


def _joined(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _is_sparse(xml: bytes) -> bool:
    """Whether few cells are spread over a giant sheet."""
    last = xml.rfind(b"<row ")
    number = re.search(rb'\br="(\d+)"', xml[last : last + 200]) if last >= 0 else None
    return bool(number and int(number[1]) > DENSE_ROWS) or bool(re.search(rb'<c r="[A-Z]{3}\d', xml))


def _hidden(xml: bytes) -> tuple[int, int]:
    """How many rows and columns of a sheet are hidden; they are read all the same."""
    rows = len(re.findall(rb'<row\b[^>]*\bhidden="(?:1|true)"', xml))
    columns = 0
    for column in re.findall(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>', xml):
        first, last = re.search(rb'min="(\d+)"', column), re.search(rb'max="(\d+)"', column)
        columns += min(int(last[1]) - int(first[1]) + 1, 100) if first and last else 1
    return rows, columns


def _dense(workbook: CalamineWorkbook, name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    merged = [(a, b, c, d) for (a, b), (c, d) in (sheet.merged_cell_ranges or [])]
    return Sheet(name, rows, list(range(1, len(rows) + 1)), merged)


def _sparse(data: bytes, name: str) -> Sheet:
    """The rows that hold something, however far apart they lie."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book[name]
    sheet.reset_dimensions()
    rows, numbers = [], []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(value is not None for value in row):
            last = max(place for place, value in enumerate(row) if value is not None)
            rows.append(list(row[: min(last + 1, 400)]))
            numbers.append(number)
    return Sheet(name, rows, numbers)


def _decoded(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", data.decode("utf-16", errors="replace")
    try:
        return "utf-8", data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252", data.decode("cp1252", errors="replace")


def _from_csv(text: str) -> Sheet:
    rows, numbers = [], []
    for number, row in _lines(text, _delimiter(text)):
        rows.append(list(row))
        numbers.append(number)
    if not any(cell.strip() for row in rows for cell in row):
        raise Refused("empty_file")
    return Sheet(None, rows, numbers)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Refused("damaged_file") from broken


def _delimiter(text: str) -> str:
    """The sign that parts fields: the one that the most lines have, and have most often."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    return max(";\t,|", key=lambda sign: (sum(line.count(sign) > 0 for line in lines), sum(line.count(sign) for line in lines)))
