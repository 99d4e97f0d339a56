"""How much a file may grow into: the reader takes memory for a whole table at once, and ends the process if it cannot.

A few bytes may stand for millions of cells (ODS repeats cells and rows) or for the same long text in many cells (XLSX shares
strings). What would grow beyond these bounds is refused before anybody opens it.
"""

import re
from collections.abc import Iterable

from bekal.people.roster.packages import Package
from bekal.people.roster.refusals import Refused

# No list is wider; a wider repetition is space, or decoration, to the right of one.
_MOST_COLUMNS = 400
_MOST_PLACES = 6_000_000
_MOST_TEXT = 250_000_000
# A spreadsheet's cell holds 32 767 characters; packed as UTF-8 with its markup this is ample.
_ORDINARY_TEXT = 200_000

_REPEATED_COLUMNS = re.compile(rb"""(number-columns-repeated\s*=\s*["'])([^"']*)(["'])""")
_REPEATED_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["']([^"']*)["']""")
_SPACES = re.compile(rb"""(<text:s\b[^>]*?text:c\s*=\s*["'])([^"']*)(["'])""")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b")
_EMPTY = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*/>\s*")
_END = b"</table:table-row>"
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*(\d{1,9})\s*<")


def narrowed(content: bytes) -> bytes:
    """The content of an ODS whose repeated cells and spaces reach no farther than a list does.

    Raises:
        Refused: its tables are still larger than any list.
    """
    content = _SPACES.sub(_not_farther, _REPEATED_COLUMNS.sub(_not_farther, content))
    _check_tables(content)
    return content


def _not_farther(found: re.Match[bytes]) -> bytes:
    return found[1] + b"%d" % min(_times(found[2]), _MOST_COLUMNS) + found[3]


def _times(written: bytes) -> int:
    """A repetition as it is written.

    Raises:
        Refused: it is no plain number, which no spreadsheet program writes.
    """
    text = written.strip()
    if not text.isdigit() or len(text) > 12:
        raise Refused("damaged_file")
    return int(text)


def _check_tables(content: bytes) -> None:
    for table in content.split(b"<table:table ")[1:]:
        rows = width = text = 0
        for written in table.split(b"<table:table-row")[1:]:
            if b"-repeated" not in written:
                rows, width, text = rows + 1, max(width, len(_CELL.findall(written))), text + len(written)
                continue
            row = _without_empty_end(written)
            repeated = [_times(found[2]) for found in _REPEATED_COLUMNS.finditer(row)]
            often = max((_times(times) for times in _REPEATED_ROWS.findall(row)), default=1)
            cells = len(_CELL.findall(row)) + sum(repeated) - len(repeated)
            rows += often
            width = max(width, cells)
            text += often * _text_of(row)
        if rows * width > _MOST_PLACES or text > _MOST_TEXT:
            raise Refused("damaged_file")


def _without_empty_end(row: bytes) -> bytes:
    """The row without the empty cells at its end, found in one pass from its start."""
    begins = ends = 0
    for cell in _EMPTY.finditer(row):
        begins, ends = (begins if cell.start() == ends else cell.start()), cell.end()
    return row[:begins] + row[ends:] if row.startswith(_END, ends) else row


def _text_of(row: bytes) -> int:
    """The bytes that the cells of a row take, each as often as it is repeated."""
    size = 0
    for cell in _CELL.split(row)[1:]:
        found = _REPEATED_COLUMNS.search(cell)
        size += len(cell) * (_times(found[2]) if found and b"<text:" in cell else 1)
    return size


def check_strings(package: Package) -> None:
    """Look into an XLSX for a long text that so many cells share that their copies would be more than any list.

    Raises:
        Refused: there is one.
    """
    strings = [name for name in package.parts if name.lower().endswith("sharedstrings.xml")]
    sheets = (package.read(name) for name in package.parts if name.startswith("xl/worksheets/"))
    check_shared_strings(b"".join(map(package.read, strings)), sheets)


def check_shared_strings(strings: bytes, sheets: Iterable[bytes]) -> None:
    """Add up what the sheets of an XLSX would hold once each cell has its own copy of the string that it shares.

    Raises:
        Refused: more text than any list.
    """
    ends = [found.end() for found in re.finditer(rb"</(?:\w+:)?si\s*>", strings)]
    lengths = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
    if max(lengths, default=0) <= _ORDINARY_TEXT:
        return
    total = 0
    for xml in sheets:
        for found in _VALUE.finditer(xml):
            place = int(found[1])
            total += lengths[place] if place < len(lengths) else 0
            if total > _MOST_TEXT:
                raise Refused("damaged_file")
