"""Sealed files open as they were written, or not at all."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.keeping import sealed_files
from bekal.foundation.keeping.sealed_files import PIECE, TAG, Damaged, SealedWriter, opened

KEY = bytes(range(32))


def _sealed(data: bytes, *, name: str = "a") -> bytes:
    into = BytesIO()
    writer = SealedWriter(into, key=KEY, name=name)
    writer.write(data)
    writer.finish()
    return into.getvalue()


def _plain(sealed: bytes, *, name: str = "a", key: bytes = KEY) -> bytes:
    return b"".join(opened(BytesIO(sealed), key=key, name=name))


@given(st.lists(st.integers(0, 3 * 64), max_size=6))
def test_what_is_written_in_any_portions_is_read_again(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_files, "PIECE", 64)
        into, data = BytesIO(), b""
        writer = SealedWriter(into, key=KEY, name="a")
        for number, size in enumerate(sizes):
            portion = bytes([number]) * size
            writer.write(portion)
            data += portion
        writer.finish()

        assert _plain(into.getvalue()) == data
        assert writer.size == len(into.getvalue())


THREE = _sealed(b"x" * PIECE + b"y" * PIECE + b"z")
FULL = PIECE + TAG


@pytest.mark.parametrize(
    "spoilt",
    [
        THREE[:-1],
        THREE[: 2 * FULL],
        THREE[:FULL],
        b"",
        THREE[FULL : 2 * FULL] + THREE[:FULL] + THREE[2 * FULL :],
        THREE[:FULL] + THREE[2 * FULL :],
        THREE + b"more",
        bytes([THREE[0] ^ 1]) + THREE[1:],
    ],
    ids=["a byte short", "last piece gone", "two gone", "empty", "swapped", "one out", "one more", "one bit"],
)
def test_a_changed_file_does_not_open(spoilt: bytes) -> None:
    with pytest.raises(Damaged):
        _plain(spoilt)


def test_a_file_opens_under_its_own_name_and_key_alone() -> None:
    with pytest.raises(Damaged):
        _plain(_sealed(b"words"), name="b")
    with pytest.raises(Damaged):
        _plain(_sealed(b"words"), key=bytes(32))
