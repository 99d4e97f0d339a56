"""From the bytes of a file to sheets of cells. Nothing is written to disk, and nothing is fetched."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bekal.people.roster import legacy, opendocument, workbook_parts
from bekal.people.roster.compound import Compound
from bekal.people.roster.delimited import decoded, records
from bekal.people.roster.kinds import kind_of
from bekal.people.roster.limits import check_strings
from bekal.people.roster.packages import Package
from bekal.people.roster.refusals import Refused
from bekal.people.roster.workbook_parts import WorkbookParts


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


# A way to each sheet by its name, whether days are counted from 1904, and the workbook with its list of sheets.
Opened = tuple[Callable[[str], Sheet], bool, CalamineWorkbook]


@dataclass(frozen=True)
class Book:
    """A file that could be opened. The sheets that are not read as lists are there to see whether they hold clinical columns."""

    kind: str
    encoding: str | None
    is_1904: bool
    sheets: list[Sheet]
    others: list[Sheet] = field(default_factory=list)


def open_book(data: bytes, *, only: str | None = None) -> Book:
    """The visible sheets of a file, or the one sheet named `only`, hidden or not.

    Raises:
        Refused: the file is empty, locked, damaged, or no spreadsheet.
    """
    kind = kind_of(data)
    if kind == "csv":
        encoding, text = decoded(data)
        return Book(kind, encoding, False, [_from_text(text)])
    try:
        sheet_of, is_1904, workbook = {"xlsx": _xlsx, "ods": _ods, "xls": _xls}[kind](data)
        wanted, others = _parted(workbook, only)
        return Book(kind, None, is_1904, [*map(sheet_of, wanted)], [*map(sheet_of, others)])
    except Refused:
        raise
    except PasswordError as locked:
        raise Refused("password") from locked
    except (KeyboardInterrupt, SystemExit):
        raise
    # The reader is written in Rust: a panic there is a BaseException of its own.
    except BaseException as broken:
        raise Refused("damaged_file") from broken


def _from_text(text: str) -> Sheet:
    found = list(records(text))
    if not any(cell.strip() for _line, record in found for cell in record):
        raise Refused("empty_file")
    return Sheet(None, [record for _line, record in found], [line for line, _record in found])


def _xlsx(data: bytes) -> Opened:
    package = Package(data)
    check_strings(package)
    workbook, parts = CalamineWorkbook.from_filelike(io.BytesIO(data)), WorkbookParts(package)

    def sheet_of(name: str) -> Sheet:
        said = parts.sheet(name)
        if said.sparse is None:
            return _dense(workbook, name, said.hidden_rows, said.hidden_columns)
        xml, numbers = workbook_parts.pulled_together(said.sparse)
        if workbook_parts.is_sparse(xml):
            raise Refused("damaged_file")
        near = CalamineWorkbook.from_filelike(io.BytesIO(parts.package.changed(parts.paths[name], xml)))
        rows = _dense(near, name).rows
        return Sheet(name, rows, numbers[: len(rows)], [], said.hidden_rows, said.hidden_columns)

    return sheet_of, parts.is_1904, workbook


def _ods(data: bytes) -> Opened:
    told, tables = opendocument.pulled_together(data)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(told))

    def sheet_of(name: str) -> Sheet:
        dense, table = _dense(workbook, name), tables.get(name)
        if table is None:
            return dense
        numbers = table.numbers[: len(dense.rows)]
        rows = dense.rows[: len(numbers)]
        return Sheet(name, rows, numbers, dense.merged, table.hidden_rows, table.hidden_columns)

    return sheet_of, False, workbook


def _xls(data: bytes) -> Opened:
    compound = Compound(data)
    told, moved = legacy.pulled_together(compound)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(told))
    names = [sheet.name for sheet in workbook.sheets_metadata]

    def sheet_of(name: str) -> Sheet:
        dense, numbers = _dense(workbook, name), moved.get(names.index(name))
        if numbers is None:
            return dense
        return Sheet(name, dense.rows[: len(numbers)], numbers[: len(dense.rows)])

    return sheet_of, legacy.is_1904(compound.workbook() or b""), workbook


def _parted(workbook: CalamineWorkbook, only: str | None) -> tuple[list[str], list[str]]:
    """The visible sheets of cells, or the one that was asked for; and the others. The only sheet there is answers to any name.

    Raises:
        Refused: `no_header` where there is no sheet of that name.
    """
    cells = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if only is None or len(cells) == 1:
        wanted = [sheet.name for sheet in cells if sheet.visible == SheetVisibleEnum.Visible]
    else:
        wanted = [sheet.name for sheet in cells if sheet.name.strip().casefold() == only.strip().casefold()]
        if not wanted:
            raise Refused("no_header")
    return wanted, [sheet.name for sheet in cells if sheet.name not in wanted]


def _dense(workbook: CalamineWorkbook, name: str, hidden_rows: int = 0, hidden_columns: int = 0) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])]
    return Sheet(name, rows, list(range(1, len(rows) + 1)), merged, hidden_rows, hidden_columns)
