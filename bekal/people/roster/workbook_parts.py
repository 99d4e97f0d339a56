"""What an XLSX says beside its cells: which part holds which sheet, what is hidden, from when days are counted."""

import html
import posixpath
import re
from dataclasses import dataclass

from bekal.people.roster.packages import Package

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?:1|true)""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b[^>]*\bhidden=["'](?:1|true)[^>]*>""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d+)""")
_PLACE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{0,9})\$?(\d{1,9})""")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
# A search for an end goes no farther than the next beginning: elements that are never closed must not cost the square.
_ROW = re.compile(rb"<row\b(?P<said>[^>]*?)(?:/>|>(?P<cells>(?:(?!<row\b).)*?)</row>)", re.DOTALL)
_VALUE_CELL = re.compile(rb"""<c\b[^>]*?\br=["'](?P<column>[A-Z]{1,3})\d+[^>]*(?<!/)>(?:(?!<c\b).)*?</c>""", re.DOTALL)
_CELL_NUMBER = re.compile(rb"""(\br=["'][A-Z]{1,3})\d+""")
_MERGED = re.compile(rb"<mergeCells\b(?:(?!<mergeCells\b).)*?</mergeCells>", re.DOTALL)
# A table of this many places is cheap, however few of them are filled.
_CHEAP_PLACES = 1_500_000
# No list is wider; what stands farther right is no part of it.
_MOST_COLUMNS = 400


@dataclass(frozen=True)
class SheetFacts:
    """How many rows and columns of a sheet are hidden, and whether few cells are spread over a giant sheet: then its XML."""

    hidden_rows: int = 0
    hidden_columns: int = 0
    sparse: bytes | None = None


class WorkbookParts:
    """The parts of one XLSX."""

    def __init__(self, package: Package) -> None:
        self.package = package
        workbook = package.read("xl/workbook.xml")
        self.is_1904 = bool(re.search(rb"""date1904\s*=\s*["'](?:1|true)""", workbook))
        targets = {
            said[b"Id"]: said.get(b"Target", b"")
            for said in map(_attributes, _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")))
            if b"Id" in said
        }
        self.paths = {}
        for said in map(_attributes, _SHEET.findall(workbook)):
            relation = next((value for key, value in said.items() if key.endswith(b":id")), b"")
            if relation in targets:
                name = html.unescape(said.get(b"name", b"").decode("utf-8", "replace"))
                target = targets[relation].decode("utf-8", "replace")
                self.paths[name] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def sheet(self, name: str) -> SheetFacts:
        """What the XML of a sheet says; nothing where the part cannot be told."""
        xml = self.package.read(self.paths.get(name, ""))
        if not xml:
            return SheetFacts()
        columns = 0
        for column in _HIDDEN_COLUMN.findall(xml):
            said = _attributes(column)
            first, last = (int(said.get(key, b"1")) for key in (b"min", b"max"))
            columns += last - first + 1 if last <= _MOST_COLUMNS else 1
        return SheetFacts(len(_HIDDEN_ROW.findall(xml)), columns, xml if is_sparse(xml) else None)


def _attributes(said: bytes) -> dict[bytes, bytes]:
    return {key: double or single for key, double, single in _ATTRIBUTE.findall(said)}


def is_sparse(xml: bytes) -> bool:
    """Whether the table that reaches to the last row and column named in a sheet would be mostly empty."""
    places = _PLACE.findall(xml)
    columns = max((_number(letters.upper()) for letters in {letters for letters, _row in places}), default=0)
    rows = max((int(row) for row in {row for _letters, row in places}), default=0)
    cells = len(_CELL.findall(xml)) if rows * max(columns, 26) > _CHEAP_PLACES else 0
    return rows * max(columns, cells and 26) > _CHEAP_PLACES + 12 * cells


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def pulled_together(xml: bytes) -> tuple[bytes, list[int]]:
    """The XML of a sheet with only the rows that hold a value, numbered from one, and the numbers that they had.

    Cells too far to the right are left out, and so is what is merged: it speaks of the old numbers.
    """
    numbers: list[int] = []
    rows = []
    first = last = 0
    for row in _ROW.finditer(xml):
        first, last = first or row.start(), row.end()
        cells = [
            cell[0] for cell in _VALUE_CELL.finditer(row["cells"] or b"") if _number(cell["column"]) <= _MOST_COLUMNS
        ]
        found = _ROW_NUMBER.search(row["said"])
        if cells and found:
            numbers.append(int(found[1][:9]))
            place = b"%d" % len(numbers)
            inside = b"".join(_CELL_NUMBER.sub(rb"\g<1>" + place, cell, count=1) for cell in cells)
            rows.append(b'<row r="%s">%s</row>' % (place, inside))
    kept = xml[:first] + b"".join(rows) + xml[last:]
    return _MERGED.sub(b"", kept), numbers
