"""Which row of a sheet is its header, and what each column means; an officer may correct it, but for clinical columns."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bekal.people.roster.reading import Sheet
from bekal.people.roster.synonyms import BIRTH, CLINICAL, FIELDS, ROW_NUMBER, UNKNOWN, folded, meaning_of
from bekal.people.roster.text import clean

# Beside name and register number a roster names at least one of these.
_FURTHER = {"nik", "birth_on", BIRTH, "sentence", "expires_on", "admitted_on"}
# Letters and seals above a list are shorter than this.
_MOST_ROWS_ABOVE = 400
_LONGEST_WORDS = 80
# Spreadsheets take a typed "1/3" for a day of this year, and "1/2" for a half.
_FRACTIONS = {(1, 3): "1/3", (1, 2): "1/2", (2, 3): "2/3"}
_PARTS = {0.333: "1/3", 0.5: "1/2", 0.667: "2/3"}


@dataclass(frozen=True)
class Header:
    """The header of a sheet: its last row's place, and for each column (from nought) its text and meaning."""

    place: int
    texts: dict[int, str]
    meanings: dict[int, str]

    @property
    def columns(self) -> dict[int, str]:
        """The columns that are read, by the field they hold."""
        return {column: name for column, name in self.meanings.items() if name in FIELDS}

    @property
    def ignored(self) -> dict[int, str]:
        return {column: why for column, why in self.meanings.items() if why not in FIELDS}

    @property
    def names_people(self) -> bool:
        """Whether it names both a name and a register number."""
        return {"full_name", "register_number"} <= set(self.meanings.values())

    @property
    def is_of_roster(self) -> bool:
        return self.names_people and bool(_FURTHER & set(self.meanings.values()))

    @property
    def key(self) -> str:
        """A hash of the header's texts and their order: a corrected mapping is remembered by it.

        It is the same for a copy without clinical columns, and says nothing of them.
        """
        told = "\n".join(
            f"{letter(column)} {folded(text)}"
            for column, text in sorted(self.texts.items())
            if text and self.meanings[column] != CLINICAL
        )
        return hashlib.sha256(told.encode()).hexdigest()

    def corrected(self, mapping: Mapping[str, str]) -> "Header":
        """The header as an officer corrected it, by column letter. A clinical column stays unread whatever is asked."""
        told = {of: name for of, name in mapping.items() if name in (*FIELDS, ROW_NUMBER, CLINICAL, UNKNOWN)}
        asked = {column: told.get(letter(column), meaning) for column, meaning in self.meanings.items()}
        kept = {column: CLINICAL if self.meanings[column] == CLINICAL else name for column, name in asked.items()}
        return Header(self.place, self.texts, _without_doubles(kept))

    def with_unnamed(self, sheet: Sheet, *, until: int) -> "Header":
        """The header with those columns that have no word above them, but something below, down to row number `until`.

        Such a column goes on with its neighbour to the left where that one is clinical: as under a word merged over both.
        """
        below = [row for row, number in zip(sheet.rows, sheet.numbers, strict=True) if number <= until][
            self.place + 1 :
        ]
        unnamed = [
            column
            for column in range(max(map(len, below), default=0))
            if column not in self.meanings and any(column < len(row) and clean(row[column]) for row in below)
        ]
        meanings = dict(self.meanings)
        for column in unnamed:
            meanings[column] = CLINICAL if meanings.get(column - 1) == CLINICAL else UNKNOWN
        return Header(self.place, {**self.texts, **dict.fromkeys(unnamed, "")}, meanings)


def letter(column: int) -> str:
    """The letter of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def names_clinical(sheet: Sheet) -> bool:
    """Whether a sheet that is not read has words of health above its columns, or in its name."""
    words = (cell for row in sheet.rows[:_MOST_ROWS_ABOVE] for cell in row if isinstance(cell, str))
    return any(len(text) <= _LONGEST_WORDS and meaning_of(text) == CLINICAL for text in (sheet.name or "", *words))


def _without_doubles(meanings: dict[int, str]) -> dict[int, str]:
    """Each field once: the first column that says it."""
    taken: set[str] = set()
    kept = {}
    for column, name in sorted(meanings.items()):
        parts = set(name.split("+"))
        if name in FIELDS and parts & taken:
            kept[column] = UNKNOWN
        else:
            kept[column] = name
            taken |= parts if name in FIELDS else set()
    return kept


def find_header(sheet: Sheet) -> Header | None:
    """The first row, or pair of rows, that heads a roster; else one that names people; else None."""
    fallback = None
    for place in range(min(len(sheet.rows), _MOST_ROWS_ABOVE)):
        if sum(isinstance(cell, str) and bool(cell) for cell in sheet.rows[place]) < 1:
            continue
        header = _header_at(sheet, place)
        if header is not None and header.is_of_roster:
            return header
        fallback = fallback or header
    return fallback


def _header_at(sheet: Sheet, place: int) -> Header | None:
    """The header whose upper or only row is at `place`, if it names people."""
    single = _single(sheet, place)
    pair = _pair(sheet, place) if place + 1 < len(sheet.rows) else None
    if single.names_people:
        return pair if pair is not None and _continues(sheet, single, pair) else single
    # The row below may name people all by itself: then this one is a title above it.
    if pair is not None and pair.names_people and not _single(sheet, place + 1).names_people:
        return pair
    return None


def _continues(sheet: Sheet, single: Header, pair: Header) -> bool:
    """Whether the row below belongs to the header: it leaves name and number empty, and names more, or parts a column."""
    people = [column for column, name in single.columns.items() if name in ("full_name", "register_number")]
    if any(_text(sheet, pair.place, column) for column in people):
        return False
    below = _texts(sheet, pair.place)
    return len(pair.columns) > len(single.columns) or any(meaning_of(text) != UNKNOWN for text in below.values())


def _text(sheet: Sheet, place: int, column: int) -> str:
    row = sheet.rows[place]
    value = row[column] if column < len(row) else None
    return clean(value) or "" if isinstance(value, str) else _fraction(value)


def _fraction(value: Any) -> str:
    """What was typed as a fraction of the sentence, where the spreadsheet made a day or a number of it."""
    if isinstance(value, date):
        return _FRACTIONS.get((value.day, value.month)) or _FRACTIONS.get((value.month, value.day)) or ""
    return _PARTS.get(round(value, 3), "") if isinstance(value, float) else ""


def _texts(sheet: Sheet, place: int) -> dict[int, str]:
    texts = {column: _text(sheet, place, column) for column in range(len(sheet.rows[place]))}
    return {column: text for column, text in texts.items() if text}


def _spread(sheet: Sheet, place: int) -> dict[int, str]:
    """The texts of a row, each merged one over all the columns that it covers."""
    texts = _texts(sheet, place)
    for top, left, _bottom, right in sheet.merged:
        if top == place and left in texts:
            texts |= dict.fromkeys(range(left, right + 1), texts[left])
    return texts


def _groups(sheet: Sheet, place: int, below: dict[int, str]) -> dict[int, str]:
    """The words above each column: merged ones spread, and unmerged ones as far to the right as nothing else stands.

    What lies above both name and register number, or alone above one of them, is a title and no group.
    """
    upper, found = _texts(sheet, place), _spread(sheet, place)
    last = None
    for column in sorted(set(below) | set(upper)):
        if column in upper:
            last = upper[column] if column in below and len(upper) > 1 else None
        elif column not in found and last is not None:
            found[column] = last
    people = {column for column, text in below.items() if meaning_of(text) in ("full_name", "register_number")}
    covered = Counter(text for column, text in found.items() if column in people)
    titles = {text for text, count in covered.items() if count > 1 or len(upper) == 1}
    return {column: text for column, text in found.items() if text not in titles}


def _single(sheet: Sheet, place: int) -> Header:
    texts = _texts(sheet, place)
    # A cell merged downwards says its word for this row too.
    for top, left, bottom, _right in sheet.merged:
        if top < place <= bottom and left not in texts and (text := _text(sheet, top, left)):
            texts[left] = text
    above = _groups(sheet, place - 1, texts) if place else {}
    meanings = {}
    for column, text in list(texts.items()):
        meanings[column] = meaning_of(text)
        if meanings[column] == UNKNOWN and column in above:
            texts[column] = f"{above[column]} {text}"
            meanings[column] = meaning_of(texts[column])
    return Header(place, texts, _without_doubles(meanings))


def _pair(sheet: Sheet, place: int) -> Header:
    lower = _texts(sheet, place + 1)
    upper = {**_texts(sheet, place), **_groups(sheet, place, lower)}
    texts, meanings = {}, {}
    for column in sorted(set(upper) | set(lower)):
        over, under = upper.get(column, ""), lower.get(column, "")
        both = " ".join(filter(None, (over, under)))
        found = {text: meaning_of(text) for text in (both, under or over)}
        # Whatever is clinical in one of them is so in both; else the text that says most is the column's.
        texts[column] = next((text for text, meaning in found.items() if meaning != UNKNOWN), both)
        meanings[column] = CLINICAL if CLINICAL in found.values() else found[texts[column]]
    return Header(place + 1, texts, _without_doubles(meanings))
