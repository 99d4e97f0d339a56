"""XLS: the records of its workbook, and rows pulled together where few cells are spread over a giant sheet.

After [MS-XLS]: a record is its kind, its length, and so many bytes; each sheet is a run of records of its own.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bekal.people.roster.compound import Broken, Compound

_EOF, _DATEMODE, _FILEPASS, _SHEET = 0x000A, 0x0022, 0x002F, 0x0085
# Records of one cell, and of several beside each other: all begin with row and column.
_CELL = frozenset(
    {0x0006, 0x0206, 0x0406, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0001, 0x0003, 0x0004}
)
_CELLS = frozenset({0x00BD, 0x00BE})
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_MOST_COLUMNS = 256
# A table of this many places is cheap, however few of them are filled.
_CHEAP_PLACES = 1_500_000


def records_of(workbook: bytes, begins: int = 0) -> Iterator[tuple[int, int, int]]:
    """The records from a place to the end of their run: kind, where the content begins, and its length."""
    place = begins
    while place + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, place)
        if kind == _EOF:
            return
        yield kind, place + 4, length
        place += 4 + length


def is_locked(workbook: bytes) -> bool:
    """Whether the sheets of an XLS are encrypted."""
    return any(kind == _FILEPASS for kind, _place, _length in records_of(workbook))


def is_1904(workbook: bytes) -> bool:
    """Whether an XLS counts its days from 1904, as old Macintoshes did."""
    return any(
        kind == _DATEMODE and workbook[place : place + 1] == b"\1" for kind, place, _length in records_of(workbook)
    )


@dataclass(frozen=True)
class _Cells:
    """Where the row number of each cell of a sheet stands, and how wide the sheet is."""

    rows: list[tuple[int, int]]
    width: int

    @property
    def is_sparse(self) -> bool:
        height = max((row for _place, row in self.rows), default=-1) + 1
        return height * self.width > _CHEAP_PLACES + 12 * len(self.rows)


def pulled_together(compound: Compound) -> tuple[bytes, dict[int, list[int]]]:
    """The file with the rows of giant sheets moved up, and of each such sheet (by its order) the numbers they had.

    Raises:
        Broken: it says of itself what no XLS can be.
    """
    workbook = compound.workbook() or b""
    changed = bytearray(workbook)
    moved: dict[int, list[int]] = {}
    _check_strings(workbook)
    sheets = [place for kind, place, length in records_of(workbook) if kind == _SHEET and length >= 4]
    for order, place in enumerate(sheets):
        begins = struct.unpack_from("<I", workbook, place)[0]
        _declare_little(workbook, begins, changed)
        cells = _cells(workbook, begins)
        if cells.is_sparse:
            numbers = sorted({row for _place, row in cells.rows})
            up = {row: new for new, row in enumerate(numbers)}
            for at, row in cells.rows:
                struct.pack_into("<H", changed, at, up[row])
            moved[order] = [row + 1 for row in numbers]
    return (compound.data if changed == workbook else compound.with_workbook(bytes(changed))), moved


def _check_strings(workbook: bytes) -> None:
    """Readers make room for as many strings as the table of strings says it has."""
    for kind, place, length in records_of(workbook):
        if kind == _STRINGS and (length < 8 or struct.unpack_from("<I", workbook, place + 4)[0] > len(workbook)):
            raise Broken


def _declare_little(workbook: bytes, begins: int, changed: bytearray) -> None:
    """Readers make room for as many cells as a sheet declares: let it declare none, they are counted when they come."""
    for kind, place, length in records_of(workbook, begins):
        if kind == _DIMENSIONS:
            changed[place : place + length] = bytes(length)


def _cells(workbook: bytes, begins: int) -> _Cells:
    rows, width = [], 0
    for kind, place, length in records_of(workbook, begins):
        if (kind in _CELL or kind in _CELLS) and length >= 6 and place + length <= len(workbook):
            row, column = struct.unpack_from("<HH", workbook, place)
            if kind in _CELLS:
                column = max(column, struct.unpack_from("<H", workbook, place + length - 2)[0])
            if column >= _MOST_COLUMNS:
                raise Broken
            rows.append((place, row))
            width = max(width, column + 1)
    return _Cells(rows, width)
