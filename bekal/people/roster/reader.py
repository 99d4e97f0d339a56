"""Reading a roster: from bytes to people, with everything that an officer will want to know about it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bekal.people.roster.headers import Header, find_header, letter, names_clinical
from bekal.people.roster.reading import Book, Sheet, open_book
from bekal.people.roster.refusals import Refused
from bekal.people.roster.rows import RosterRow, RowReader
from bekal.people.roster.synonyms import CLINICAL
from bekal.people.roster.text import clean
from bekal.people.roster.watching import Watch, nobody, watched


@dataclass(frozen=True)
class Column:
    """A column as the mapping shows it: letter, header text, a sample (never of a clinical one), and its meaning."""

    letter: str
    text: str
    sample: str | None
    meaning: str


@dataclass(frozen=True)
class Reading:
    """A file that is a roster."""

    name: str
    sha256: str
    kind: str
    encoding: str | None
    is_1904: bool
    # In any sheet, also in those that are not read: then the file itself is not kept.
    has_clinical: bool
    sheet: Sheet
    header: Header
    rows: list[RosterRow]

    @property
    def columns(self) -> dict[str, str]:
        return {letter(column): field for column, field in sorted(self.header.columns.items())}

    @property
    def ignored(self) -> dict[str, str]:
        return {letter(column): why for column, why in sorted(self.header.ignored.items())}

    @property
    def header_row(self) -> int:
        return self.sheet.numbers[self.header.place]

    @property
    def header_key(self) -> str:
        return self.header.key

    @property
    def hidden_rows(self) -> int:
        return self.sheet.hidden_rows

    @property
    def hidden_columns(self) -> int:
        return self.sheet.hidden_columns

    def shown_columns(self) -> list[Column]:
        """Each column with its header and a sample, for the officer to correct."""
        return [
            Column(letter(column), self.header.texts[column], self._sample(column, meaning), meaning)
            for column, meaning in sorted(self.header.meanings.items())
        ]

    def _sample(self, column: int, meaning: str) -> str | None:
        if meaning == CLINICAL:
            return None
        below = self.sheet.rows[self.header.place + 1 : self.header.place + 30]
        return next((text for row in below if column < len(row) and (text := clean(row[column]))), None)


def read_roster(
    data: bytes,
    *,
    name: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    watch: Watch = nobody,
) -> Reading:
    """Read a roster as it really looks.

    Args:
        data: the bytes of an XLSX, XLS, ODS or CSV file, whatever `name` says.
        sheet: read this sheet, instead of the visible one with the most people.
        mapping: an officer's own reading of the columns, by letter.
        watch: told of each row that was read.

    Raises:
        Refused: the file cannot be opened, or is no roster.
    """
    book = open_book(data, only=sheet)
    found = [(candidate, find_header(candidate)) for candidate in book.sheets]
    _check_any(book, found)
    best: tuple[Sheet, Header, list[RosterRow]] | None = None
    for candidate, header in found:
        if header is None or not header.is_of_roster:
            continue
        rows = [*watched(RowReader(candidate, header, is_1904=book.is_1904).rows(), len(candidate.rows), watch)]
        header = header.with_unnamed(candidate, until=rows[-1].number if rows else 0)
        if mapping:
            header = header.corrected(mapping)
            if not header.names_people:
                raise Refused("no_header")
            rows = [*RowReader(candidate, header, is_1904=book.is_1904).rows()]
        if best is None or len(rows) > len(best[2]):
            best = (candidate, header, rows)
    if best is None:
        raise Refused("not_a_roster")
    chosen, header, rows = best
    unread = [other for other in (*book.sheets, *book.others) if other is not chosen]
    has_clinical = CLINICAL in header.meanings.values() or any(map(names_clinical, unread))
    sha256 = hashlib.sha256(data).hexdigest()
    return Reading(name, sha256, book.kind, book.encoding, book.is_1904, has_clinical, chosen, header, rows)


def _check_any(book: Book, found: list[tuple[Sheet, Header | None]]) -> None:
    if not any(clean(cell) for sheet in book.sheets for row in sheet.rows for cell in row):
        raise Refused("empty_file")
    if not any(header for _sheet, header in found):
        raise Refused("no_header")
