import io
import time

import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from bekal.foundation.papers.judging import judged
from bekal.foundation.papers.seal_keys import SealKey
from bekal.foundation.papers.tests.conftest import AT
from bekal.foundation.papers.verifying import MAX_BYTES, signatures_of

# A file has a byte range in a remark only: enough to be judged, nothing to be found.
REMARK = b"%/ByteRange\n"


def _house(key: SealKey) -> list[bytes]:
    return [key.certificate.public_bytes(Encoding.DER)]


def _passes(pdf: bytes, key: SealKey) -> bool:
    """Whether a file would be taken for ours: a valid seal over all of it, by the very certificate of the house."""
    found = judged(pdf, house=_house(key)) or []
    return any(one["is_valid"] and one["is_whole"] and one["is_of_house"] for one in found)


def test_a_seal_is_whole_ours_and_dated_as_told(sealed: bytes, key: SealKey) -> None:
    (finding,) = signatures_of(sealed, trusted=[key.certificate]) or []

    assert (finding.is_valid, finding.is_whole, finding.is_of_house) == (True, True, True)
    assert finding.signer == "Balai Latihan Amerta"
    assert finding.fingerprint == key.fingerprint.hex()
    assert finding.claimed_at == AT


def test_a_seal_of_another_house_is_not_ours(sealed: bytes) -> None:
    (finding,) = judged(sealed, house=[]) or []

    assert (finding["is_valid"], finding["is_of_house"], finding["reason"]) == (False, False, "unknown key")


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_no_changed_byte_passes(sealed: bytes, key: SealKey, place: int, flip: int) -> None:
    changed = bytearray(sealed)
    changed[place % len(sealed)] ^= flip

    # The signature's own container lies outside what it covers (ISO 32000-1, 12.8.1): a version number of its envelope may be
    # another and the paper is still the paper. The archive's SHA-256 notices it; everything else the seal must notice.
    container = range(sealed.rindex(b"/Contents"), sealed.rindex(b">>>\nendobj"))
    assert place % len(sealed) in container or not _passes(bytes(changed), key)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(min_value=1))
def test_no_cut_file_passes(sealed: bytes, key: SealKey, cut: int) -> None:
    # Behind the end mark stands a line end, without which nothing is lost but the seal no longer covers what it says.
    assert not _passes(sealed[: len(sealed) - 1 - cut % (len(sealed) - 1)], key)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise_is_answered_calmly(noise: bytes) -> None:
    assert not judged(noise, house=[])
    assert not judged(b"%PDF-1.7\n" + REMARK + noise, house=[])


def test_whatever_is_laid_over_is_noticed(sealed: bytes, key: SealKey) -> None:
    writer, laid = pypdf.PdfWriter(io.BytesIO(sealed), incremental=True), io.BytesIO()
    writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(sealed)).pages[1])
    writer.write(laid)

    (finding,) = judged(laid.getvalue(), house=_house(key)) or []

    assert (finding["is_valid"], finding["is_whole"], finding["reason"]) == (False, False, "added to after sealing")


def test_whatever_is_added_is_noticed_even_where_the_standard_allows_it(sealed: bytes, key: SealKey) -> None:
    writer, added = IncrementalPdfFileWriter(io.BytesIO(sealed)), io.BytesIO()
    information = writer.trailer["/Info"]
    information["/Title"] = generic.pdf_string("Surat lain")
    writer.update_container(information)
    writer.write(added)

    assert not _passes(added.getvalue(), key)
    assert not _passes(sealed + b"\n% more\n", key)


def test_a_file_too_large_or_of_another_kind_is_not_read() -> None:
    assert signatures_of(b"%PDF-1.7\n" + bytes(MAX_BYTES), trusted=[]) is None
    assert signatures_of(b"PK\x03\x04" + REMARK, trusted=[]) is None


def test_a_file_without_signature_has_none(drawn: bytes) -> None:
    assert signatures_of(drawn, trusted=[]) == []


def _file(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects, the first of them the catalogue."""
    body, rows = b"%PDF-1.7\n" + REMARK, b"0000000000 65535 f \n"
    for number in range(1, len(objects) + 1):
        rows += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n" % (len(objects) + 1) + rows + trailer


def _doubling_fields() -> bytes:
    """Sixty fields, each of which has the next one as a child twice: 2⁶⁰ ways through them."""
    form = {1: b"<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>"}
    form |= {n: b"<</T(a%d)/Kids[%d 0 R %d 0 R]>>" % (n, n + 1, n + 1) for n in range(2, 62)}
    return _file(form | {62: b"<</T(z)/FT/Sig>>"})


HOSTILE = {
    "fields that double": _doubling_fields(),
    "a field that is its own child": _file(
        {1: b"<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>", 2: b"<</T(a)/Kids[2 0 R]>>"}
    ),
    "a catalogue that is itself": _file({1: b"1 0 R"}),
    "a deep array": _file({1: b"<</Type/Catalog/A" + b"[" * 200_000 + b"]" * 200_000 + b">>"}),
    "many fields": _file(
        {1: b"<</Type/Catalog/AcroForm<</Fields[" + b"2 0 R " * 300_000 + b"]>>>>", 2: b"<</T(a)/FT/Sig>>"}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little_time(name: str) -> None:
    before = time.monotonic()

    assert not signatures_of(HOSTILE[name], trusted=[])
    assert time.monotonic() - before < 40


@pytest.mark.parametrize("numbers", [b"[0 1 2 9999999999]", b"[0 -5 7 8]", b"[(a) 0 0 0]", b"[]", b"[1 2 3]"])
def test_a_byte_range_may_say_anything(numbers: bytes, sealed: bytes, key: SealKey) -> None:
    begins = sealed.index(b"/ByteRange[") + len(b"/ByteRange")
    ends = sealed.index(b"]", begins) + 1
    told = sealed[:begins] + numbers.ljust(ends - begins) + sealed[ends:]

    assert not any(finding.is_valid for finding in signatures_of(told, trusted=[key.certificate]) or [])
