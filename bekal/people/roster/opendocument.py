"""ODS: rows that say how often they are repeated, pulled together before they are read, so that a giant sheet costs little."""

import html
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from bekal.people.roster.limits import narrowed
from bekal.people.roster.packages import Package
from bekal.people.roster.refusals import Refused

_CONTENT = "content.xml"
_TABLE = re.compile(rb"<table:table\s[^>]*>")
_TABLE_NAME = re.compile(rb"""table:name=["']([^"']*)""")
_ROW = re.compile(rb"<table:table-row\b[^>]*>")
_COLUMN = re.compile(rb"<table:table-column\b[^>]*>")
_ROW_TIMES = re.compile(rb"""table:number-rows-repeated\s*=\s*["']\s*\+?(\d+)\s*["']""")
_COLUMN_TIMES = re.compile(rb"""table:number-columns-repeated\s*=\s*["']\s*\+?(\d+)\s*["']""")
_HIDDEN = re.compile(rb"""table:visibility=["'](?:collapse|filter)""")
# A row repeated more often is space between what is written, and not a hundred people of one name.
_MOST_TIMES = 100
_MOST_COLUMNS = 400


@dataclass
class TableFacts:
    """The number of each row that is left, and how many rows and columns of the table are hidden."""

    numbers: list[int] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


def pulled_together(data: bytes) -> tuple[bytes, dict[str, TableFacts]]:
    """The file with each giant repetition of a row told once, and the facts of its tables by name."""
    package = Package(data)
    content = package.read(_CONTENT)
    _check_form(content)
    tables: dict[str, TableFacts] = {}
    starts = list(_TABLE.finditer(content))
    pieces, place = [], 0
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(content)
        facts = TableFacts()
        pieces += [content[place : start.end()], _told_once(content[start.end() : end], facts)]
        name = _TABLE_NAME.search(start[0])
        tables[html.unescape(name[1].decode("utf-8", "replace")) if name else ""] = facts
        place = end
    shortened = narrowed(b"".join([*pieces, content[place:]]))
    return (data if shortened == content else package.changed(_CONTENT, shortened)), tables


def _told_once(table: bytes, facts: TableFacts) -> bytes:
    facts.hidden_columns = sum(
        min(_times(_COLUMN_TIMES, column), _MOST_COLUMNS) for column in _COLUMN.findall(table) if _HIDDEN.search(column)
    )
    counted = 0

    def told(found: re.Match[bytes]) -> bytes:
        nonlocal counted
        row, times = found[0], _times(_ROW_TIMES, found[0])
        kept = times if times <= _MOST_TIMES else 1
        facts.numbers += range(counted + 1, counted + kept + 1)
        facts.hidden_rows += kept if _HIDDEN.search(row) else 0
        counted += times
        return row if kept == times else _ROW_TIMES.sub(b"", row)

    return _ROW.sub(told, table)


def _check_form(content: bytes) -> None:
    """A reader that waits for the end of a table waits for ever where there is none.

    What no spreadsheet program writes is refused with it: entities that grow, and comments in which tags need no end, so that a
    search for one would take the square of their length.

    Raises:
        Refused: this is no well-formed XML, or more than elements and text.
    """
    parser = expat.ParserCreate()
    for more in ("StartDoctypeDecl", "Comment", "StartCdataSection", "ProcessingInstruction"):
        setattr(parser, f"{more}Handler", _refuse)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise Refused("damaged_file") from broken


def _refuse(*_part: object) -> None:
    raise Refused("damaged_file")


def _times(attribute: re.Pattern[bytes], tag: bytes) -> int:
    found = attribute.search(tag)
    return int(found[1].lstrip(b"0")[:9] or b"1") if found else 1
