"""Old Office files (OLE2 compound files): which streams they hold, and what an XLS says of itself before its cells.

After [MS-CFB] and [MS-XLS]: a header of 512 bytes, a table of sectors, and a directory whose entries name streams in UTF-16.
"""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY, _LAST_SECTOR = 512, 128, 0xFFFFFFFA
_RECORD_EOF, _RECORD_DATEMODE, _RECORD_FILEPASS = 0x000A, 0x0022, 0x002F
# A workbook's own records stand before its sheets; more than this is no roster.
_MOST_RECORDS = 100_000


class Broken(ValueError):
    """The sectors do not hold together."""


class Compound:
    """The directory of a compound file.

    Raises:
        Broken: cut off, or its tables point outside it.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER + _ENTRY:
            raise Broken
        self.data = data
        self.size = 1 << min(struct.unpack_from("<H", data, 30)[0], 20)
        self.table = self._table()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self.entries = dict(self._entries(directory))

    def _sector(self, number: int) -> bytes:
        begins = _HEADER + number * self.size if self.size == _HEADER else (number + 1) * self.size
        found = self.data[begins : begins + self.size]
        if len(found) < _ENTRY:
            raise Broken
        return found

    def _numbers(self, sector: int) -> list[int]:
        content = self._sector(sector)
        return list(struct.unpack_from(f"<{len(content) // 4}I", content))

    def _table(self) -> list[int]:
        """Which sector follows which. The first 109 sectors of this table are named in the header, others in a chain."""
        sectors = [number for number in struct.unpack_from("<109I", self.data, 76) if number < _LAST_SECTOR]
        more = struct.unpack_from("<I", self.data, 68)[0]
        for _turn in range(len(self.data) // self.size + 1):
            if more >= _LAST_SECTOR:
                break
            *named, more = self._numbers(more)
            sectors += [number for number in named if number < _LAST_SECTOR]
        return [following for sector in sectors for following in self._numbers(sector)]

    def _chain(self, sector: int) -> bytes:
        parts = []
        for _turn in range(len(self.table) + 1):
            if sector >= _LAST_SECTOR:
                return b"".join(parts)
            if sector >= len(self.table):
                raise Broken
            parts.append(self._sector(sector))
            sector = self.table[sector]
        raise Broken

    def _entries(self, directory: bytes) -> Iterator[tuple[str, int]]:
        for begins in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", directory, begins + 64)[0]
            if 2 < length <= 64:
                name = directory[begins : begins + length - 2].decode("utf-16-le", errors="replace")
                yield name, struct.unpack_from("<I", directory, begins + 116)[0]

    def workbook(self) -> bytes | None:
        """The stream of an XLS; None where there is none."""
        first = next((self.entries[name] for name in ("Workbook", "Book") if name in self.entries), None)
        return None if first is None else self._chain(first)


def records_of(workbook: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook before its first sheet: kind and content."""
    place = 0
    for _turn in range(_MOST_RECORDS):
        if place + 4 > len(workbook):
            return
        kind, length = struct.unpack_from("<HH", workbook, place)
        if kind == _RECORD_EOF:
            return
        yield kind, workbook[place + 4 : place + 4 + length]
        place += 4 + length


def is_locked(workbook: bytes) -> bool:
    """Whether the sheets of an XLS are encrypted."""
    return any(kind == _RECORD_FILEPASS for kind, _content in records_of(workbook))


def is_1904(workbook: bytes) -> bool:
    """Whether an XLS counts its days from 1904, as old Macintoshes did."""
    return any(kind == _RECORD_DATEMODE and content[:1] == b"\1" for kind, content in records_of(workbook))
