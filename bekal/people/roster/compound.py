"""Old Office files (OLE2 compound files): which streams they hold.

After [MS-CFB]: a header of 512 bytes, a table of sectors, and a directory whose entries name streams in UTF-16.
"""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER, _ENTRY, _LAST_SECTOR = 512, 128, 0xFFFFFFFA


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
        directory = self._joined(struct.unpack_from("<I", data, 48)[0])
        if len(directory) % self.size:
            raise Broken
        self.entries = dict(self._entries(directory))

    def _begins(self, sector: int) -> int:
        return (sector + 1) * self.size

    def _sector(self, number: int) -> bytes:
        begins = self._begins(number)
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

    def _chain(self, sector: int) -> list[int]:
        sectors: list[int] = []
        while sector < _LAST_SECTOR:
            if sector >= len(self.table) or len(sectors) > len(self.table):
                raise Broken
            sectors.append(sector)
            sector = self.table[sector]
        return sectors

    def _joined(self, sector: int) -> bytes:
        return b"".join(map(self._sector, self._chain(sector)))

    def _entries(self, directory: bytes) -> Iterator[tuple[str, int]]:
        for begins in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", directory, begins + 64)[0]
            if 2 < length <= 64:
                name = directory[begins : begins + length - 2].decode("utf-16-le", errors="replace")
                yield name, struct.unpack_from("<I", directory, begins + 116)[0]

    @property
    def _workbook(self) -> int | None:
        return next((self.entries[name] for name in ("Workbook", "Book") if name in self.entries), None)

    def workbook(self) -> bytes | None:
        """The stream of an XLS; None where there is none."""
        return None if self._workbook is None else self._joined(self._workbook)

    def with_workbook(self, stream: bytes) -> bytes:
        """The file with another stream of the same length in the place of the workbook's."""
        changed = bytearray(self.data)
        for turn, sector in enumerate(self._chain(self._workbook or 0)):
            piece = stream[turn * self.size : (turn + 1) * self.size]
            changed[self._begins(sector) : self._begins(sector) + len(piece)] = piece
        return bytes(changed)
