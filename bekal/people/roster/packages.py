"""Zipped files (XLSX, ODS): opened with care, since a small one may unpack to anything."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from bekal.people.roster.refusals import Refused

# A roster of a million rows unpacks to less; what holds more, or packs nothing into much, is a bomb.
MOST_BYTES, MOST_PARTS, MOST_RATIO = 320_000_000, 2_000, 120
_SMALL = 40_000_000
# Readers make room for as many entries as a part says it has; no part has ten million.
_GIANT_COUNT = re.compile(rb"""ount\s*=\s*["']\+?0*[1-9]\d{7}""")
_STEP = 1 << 20
_ENCRYPTED = 0x1


class Package:
    """The parts of a zipped file, each unpacked at most to the size that the whole may have.

    Raises:
        Refused: `damaged_file` where the archive is broken or a bomb, `password` where its parts are encrypted.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError, OverflowError) as broken:
            raise Refused("damaged_file") from broken
        self.parts = {part.filename: part for part in self.archive.infolist()}
        self.packed = len(data)
        declared = sum(part.file_size for part in self.parts.values())
        if len(self.parts) > MOST_PARTS or not self._may_hold(declared):
            raise Refused("damaged_file")
        if any(part.flag_bits & _ENCRYPTED for part in self.parts.values()):
            raise Refused("password")

    def _may_hold(self, size: int) -> bool:
        return size <= min(MOST_BYTES, max(_SMALL, self.packed * MOST_RATIO))

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str) -> bytes:
        """One part, or nothing where it is not there.

        Raises:
            Refused: it is broken.
        """
        return b"".join(self._pieces(self.parts[name])) if name in self.parts else b""

    def check(self) -> None:
        """Unpack everything once, in small pieces: what the archive and its parts say of their size may be a lie.

        Raises:
            Refused: a part is broken, defines entities, or the whole is larger than it says.
        """
        size = 0
        for part in self.parts.values():
            tail = b""
            for number, piece in enumerate(self._pieces(part)):
                size += len(piece)
                if not self._may_hold(size) or _GIANT_COUNT.search(tail + piece):
                    raise Refused("damaged_file")
                if number == 0 and (b"<!DOCTYPE" in piece[:4_096] or b"<!ENTITY" in piece[:4_096]):
                    raise Refused("damaged_file")
                tail = piece[-64:]

    def changed(self, name: str, content: bytes) -> bytes:
        """The bytes of this package with one part changed."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part in self.parts:
                archive.writestr(part, content if part == name else self.read(part))
        return out.getvalue()

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self.archive.open(part) as stream:
                while piece := stream.read(_STEP):
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as broken:
            raise Refused("damaged_file") from broken
