"""Files that only the holder of a key reads: AES-256-GCM in pieces of a megabyte, so that a large one needs little memory.

Each file has a key of its own (HKDF over the backup's key and the file's name), so a piece may be numbered from zero. The number
and a mark on the last piece stand in the nonce: a piece that is missing, doubled, moved or cut off is noticed.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE, TAG = 1 << 20, 16


class Damaged(Exception):
    """The file is not as it was written, or was written with another key."""


def _cipher(key: bytes, name: str) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=f"bekal file {name}".encode()).derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter:
    """Seals what is written to it into `file`, and tells its size and SHA-256. Nothing is whole before `finish`."""

    def __init__(self, file: BinaryIO, *, key: bytes, name: str) -> None:
        self._file, self._cipher = file, _cipher(key, name)
        self._waiting, self._number = bytearray(), 0
        self._digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._waiting += data
        # The last piece stays back: only `finish` knows that it is the last.
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> str:
        """Write the last piece; gives the SHA-256 of the sealed file in hex."""
        self._put(bytes(self._waiting), is_last=True)
        return self._digest.hexdigest()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), plain, None)
        self._file.write(sealed)
        self._digest.update(sealed)
        self.size += len(sealed)
        self._number += 1


def opened(file: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """The plain pieces of a sealed file.

    Raises:
        Damaged: at the first piece that is not as it was written.
    """
    cipher, number = _cipher(key, name), 0
    piece = file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, None)
        except (InvalidTag, ValueError):
            raise Damaged(name) from None
        if not following:
            return
        piece, number = following, number + 1
