"""Text files whose fields are parted by a sign (CSV): which encoding, which sign, and is it a list at all."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from bekal.people.roster.refusals import Refused

_UTF_8, _UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_SIGNS = ";\t,|"
_HEAD_LINES = 200
# A quoted field with more lines than this was never closed: it would swallow the people below it.
_MOST_LINES_OF_A_FIELD = 20
# Longer than any cell of a spreadsheet may be.
csv.field_size_limit(1_000_000)


def looks_delimited(data: bytes) -> bool:
    """Whether bytes are text whose lines have fields: half of them equally many, or some of them many."""
    head = data[:65_536]
    is_wide = head[:2] in _UTF_16
    if not is_wide and any(byte < 32 and byte not in b"\t\n\x0b\x0c\r\x1a" for byte in head):
        return False
    _encoding, text = decoded(head if is_wide or len(data) == len(head) else head[: head.rfind(b"\n") + 1] or head)
    found = [_fitness(text, sign) for sign in _SIGNS]
    return any(share >= 0.5 or (fields >= 3 and lines >= 2) for share, fields, lines in found)


def decoded(data: bytes) -> tuple[str, str]:
    """The encoding (`utf-8`, `cp1252`, or `utf-16` where a mark says so) and the text."""
    if data[:2] in _UTF_16:
        return "utf-16", data.decode("utf-16", errors="replace")
    plain = data.removeprefix(_UTF_8)
    try:
        return "utf-8", plain.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", plain.decode("cp1252", errors="replace")


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a list, each with the number of the line on which it begins."""
    sign = max(_SIGNS, key=lambda sign: _weight(text, sign))
    found = list(_read(text, sign, csv.QUOTE_MINIMAL))
    if any(cell.count("\n") > _MOST_LINES_OF_A_FIELD for _line, record in found for cell in record):
        found = list(_read(text, sign, csv.QUOTE_NONE))
    elif found and text.count('"') % 2 and any(sign in cell for cell in found[-1][1]):
        found = _closed(found, text, sign)
    yield from found


def _closed(found: list[tuple[int, list[str]]], text: str, sign: str) -> list[tuple[int, list[str]]]:
    """The records, where a quote in the last of them was never closed and swallowed what follows on its lines."""
    begins = found[-1][0]
    rest = "\n".join(io.StringIO(text, newline=None).read().split("\n")[begins - 1 :])
    return found[:-1] + [(begins + line - 1, record) for line, record in _read(rest, sign, csv.QUOTE_NONE)]


def _weight(text: str, sign: str) -> float:
    share, fields, _lines = _fitness(text, sign)
    return share * (fields - 1)


def _fitness(text: str, sign: str) -> tuple[float, int, int]:
    """The share of filled lines that have the usual number of fields, that number, and how many lines they are."""
    head = _head(text)
    if sign == "," and _is_prose(head):
        return 0.0, 1, 0
    lines = [record for _line, record in _read(head, sign, csv.QUOTE_MINIMAL) if any(map(str.strip, record))]
    # A single comma at the end of a line parts nothing.
    counts = Counter(len(record) for record in lines if len(record) > 2 or (len(record) == 2 and all(record)))
    ((fields, count),) = counts.most_common(1) or [(1, 0)]
    return (count / len(lines) if lines else 0.0), fields, count


def _is_prose(text: str) -> bool:
    """Whether commas are set as in sentences, with a space behind them."""
    return text.count(", ") * 2 > text.count(",")


def _head(text: str) -> str:
    place = -1
    for _turn in range(_HEAD_LINES):
        place = text.find("\n", place + 1)
        if place < 0:
            return text
    return text[: place + 1]


def _read(text: str, sign: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    # Line ends of every system are one here; a NUL is nothing.
    lines = io.StringIO(text.replace("\0", ""), newline=None)
    reader = csv.reader(lines, delimiter=sign, quoting=quoting)
    begins = 1
    try:
        for record in reader:
            yield begins, record
            begins = reader.line_num + 1
    # A field longer than any cell may be.
    except csv.Error as broken:
        raise Refused("damaged_file") from broken
