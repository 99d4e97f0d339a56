"""From the cells below a header to people, each with what is doubtful about it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bekal.people.roster.dates import Unreadable, read_date, split_place_and_date
from bekal.people.roster.headers import Header, letter
from bekal.people.roster.identity import agrees, read_nik
from bekal.people.roster.reading import Sheet
from bekal.people.roster.reasons import Reason
from bekal.people.roster.registers import read_register, standing_of
from bekal.people.roster.sentences import read_sentence
from bekal.people.roster.synonyms import BIRTH, meaning_of
from bekal.people.roster.text import clean, has_odd_characters

LEGAL_DATES = ("third_on", "half_on", "two_thirds_on", "expires_on")
# As written, without anything but letters: `Laki - laki`, `Lk.`
_NOT_A_LETTER = re.compile(r"[^a-z]")
_MALE = {"l", "lk", "laki", "lakilaki", "pria", "male"}
_FEMALE = {"p", "pr", "perempuan", "wanita", "female"}
# By name, or by the class of the register: `A.III` is remand, `B.I` sentenced.
_STANDINGS = {
    "remand": re.compile(r"(?:.*\b)?tahanan|a\.? ?(?:i{1,3}|iv|v)\b"),
    "sentenced": re.compile(r"(?:.*\b)?(?:napi|nara ?pidana|terpidana|pidana)|b\.? ?i{1,3}"),
}
_COUNTED = ("jumlah", "total", "sub total", "subtotal")
_LEFT = ("mutasi ke", "pindah ke", "dipindahkan ke", "meninggal")


@dataclass
class RosterRow:
    """A person of the list: the row's number, the fields as read, and reasons for doubt or rejection."""

    number: int
    person: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    # As written, by field: for the list of what was rejected, and for the sentences.
    register_text: str | None = None

    @property
    def born(self) -> str | None:
        return self.person.get("birth_on")


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, sheet: Sheet, header: Header, *, is_1904: bool) -> None:
        self.sheet, self.header, self.is_1904 = sheet, header, is_1904
        self.place_of = {name: column for column, name in header.columns.items()}
        self.readers: list[tuple[int, str, Callable[[RosterRow, str, Any, int], None]]] = [
            (column, name, self._reader(name)) for column, name in header.columns.items()
        ]

    def _reader(self, name: str) -> Callable[[RosterRow, str, Any, int], None]:
        if name.endswith("_on") and name != BIRTH:
            return self._date
        special = {
            "full_name": self._name,
            "birth_place": self._name,
            "register_number": self._register,
            "nik": self._nik,
            BIRTH: self._birth,
            "sex": self._sex,
            "sentence": self._sentence,
            "standing": self._standing,
            "remark": self._remark,
        }
        return special.get(name, self._text)

    def rows(self) -> Iterator[RosterRow]:
        """The people: from the header to the last row that has both a name and a register number."""
        first = self.header.place + 1
        name_at, register_at = self.place_of["full_name"], self.place_of["register_number"]
        cells = self.sheet.rows
        pairs = [(clean(_at(row, name_at)), clean(_at(row, register_at))) for row in cells[first:]]
        if pairs and self._counts_columns(first):
            pairs[0] = (None, None)
        for place in self._titles():
            if place >= first:
                pairs[place - first] = (None, None)
        pairs = [(None, None) if _is_no_person(name, number) else (name, number) for name, number in pairs]
        last = max((place for place, (name, number) in enumerate(pairs) if name and number), default=-1)
        for place, (name, number) in enumerate(pairs[: last + 1], start=first):
            if name or number:
                yield self._row(place)

    def _counts_columns(self, place: int) -> bool:
        """Whether the row below the header numbers the columns: 1, 2, 3, …"""
        said = [(clean(cell) or "").strip("() ") for cell in self.sheet.rows[place]]
        figures = [int(text) for text in said if text.isdecimal() and len(text) < 3]
        filled = sum(map(bool, said))
        return filled > 2 and len(figures) == filled and figures == list(range(figures[0], figures[0] + filled))

    def _titles(self) -> Iterator[int]:
        """Rows with one cell merged over both name and register number: the title of a block, and nobody."""
        people = sorted((self.place_of["full_name"], self.place_of["register_number"]))
        for top, left, _bottom, right in self.sheet.merged:
            if left <= people[0] and people[1] <= right and top < len(self.sheet.rows):
                yield top

    def _row(self, place: int) -> RosterRow:
        row = RosterRow(self.sheet.numbers[place])
        cells = self.sheet.rows[place]
        for column, name, read in self.readers:
            read(row, name, cells[column] if column < len(cells) else None, column)
        self._together(row)
        return row

    def _doubt(self, row: RosterRow, code: str, name: str | None, column: int, written: Any = None) -> None:
        row.reasons.append(Reason(code, name, f"{letter(column)}{row.number}", clean(written)))

    def _text(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        row.person[name] = clean(value)

    def _name(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        text = row.person[name] = clean(value)
        if name == "full_name" and text is None:
            self._doubt(row, "missing_name", name, column)
        elif has_odd_characters(text):
            self._doubt(row, "odd_characters", name, column, text)

    def _register(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        row.register_text = text = clean(value)
        number = read_register(text) if text else None
        row.person[name] = number
        if text is None:
            self._doubt(row, "missing_register_number", name, column)
        elif number is None:
            self._doubt(row, "bad_register_number", name, column, text)

    def _nik(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        row.person[name], is_damaged = read_nik(value)
        if is_damaged:
            self._doubt(row, "nik_damaged", name, column, value)

    def _birth(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        place, born, is_unreadable = split_place_and_date(value, is_1904=self.is_1904)
        row.person["birth_place"], row.person["birth_on"] = place, born.isoformat() if born else None
        if is_unreadable:
            self._doubt(row, "impossible_date", "birth_on", column, value)
        if has_odd_characters(place):
            self._doubt(row, "odd_characters", "birth_place", column, place)

    def _date(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        try:
            day = read_date(value, is_birth=name == "birth_on", is_1904=self.is_1904)
        except Unreadable:
            row.person[name] = None
            self._doubt(row, "impossible_date", name, column, value)
        else:
            row.person[name] = day.isoformat() if day else None

    def _sex(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        text = _NOT_A_LETTER.sub("", (clean(value) or "").casefold())
        row.person[name] = "male" if text in _MALE else "female" if text in _FEMALE else None

    def _sentence(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        text = clean(value)
        length = read_sentence(text) if text and isinstance(value, str) else None
        row.person[name] = dict(zip(("years", "months", "days"), length, strict=True)) if length else None
        if text and length is None:
            self._doubt(row, "bad_sentence", name, column, text)

    def _standing(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        text = (clean(value) or "").casefold()
        row.person[name] = next((standing for standing, words in _STANDINGS.items() if words.match(text)), None)

    def _remark(self, row: RosterRow, name: str, value: Any, column: int) -> None:
        text = row.person[name] = clean(value)
        if text and text.casefold().startswith(_LEFT):
            self._doubt(row, "left_by_remark", name, column, text)

    def _together(self, row: RosterRow) -> None:
        """What shows only when the fields of a row are seen together."""
        person = row.person
        number, said = person["register_number"], person.get("standing")
        if number:
            person["standing"] = standing_of(number)
            if said and said != person["standing"]:
                self._doubt(row, "standing_mismatch", "standing", self.place_of["standing"])
        nik, born, sex = person.get("nik"), person.get("birth_on"), person.get("sex")
        if nik and born and sex and not agrees(nik, birth_on=date.fromisoformat(born), sex=sex):
            self._doubt(row, "nik_mismatch", "nik", self.place_of["nik"])
        days = [day for day in map(person.get, LEGAL_DATES) if day]
        if days != sorted(days):
            row.reasons.append(Reason("dates_out_of_order"))


def _is_no_person(name: str | None, number: str | None) -> bool:
    """Whether a row is the header once more, or counts people: `Jumlah` beside a figure is nobody's name."""
    if not name or not number:
        return False
    if meaning_of(name) == "full_name" and meaning_of(number) == "register_number":
        return True
    return number.isdecimal() and name.casefold().startswith(_COUNTED)


def _at(row: list[Any], column: int) -> Any:
    return row[column] if column < len(row) else None
