"""A PAdES seal (ETSI EN 319 142-1, level B-B), added behind a paper that was just drawn here.

The drawn bytes stay as they are; behind them come the changed catalogue and first page, a field without a look, and the
signature over all. Our own writer, since one that reads the whole file first takes as long as drawing (ADR 4).
"""

from datetime import UTC, datetime
from hashlib import sha256

from bekal.foundation.papers import cms, drawn_pdf
from bekal.foundation.papers.seal_keys import SealKey

FIELD = "Segel"
# Read aloud by a screen reader; PDF/UA asks for it.
FIELD_LABEL = "Segel elektronik, tidak tersertifikasi"
# Four numbers, each as wide as the longest may be: they are known last and may not move what stands behind them.
RANGE = b"/ByteRange[0 %010d %010d %010d]"


def seal(pdf: bytes, *, key: SealKey, at: datetime) -> bytes:
    """The paper with a seal over all of it. `pdf` is one that was drawn here.

    Raises:
        NotDrawnHere: the bytes do not have the form of a drawn paper.
    """
    drawn = drawn_pdf.read(pdf)
    field, signature = drawn.size, drawn.size + 1
    root, catalogue = drawn.catalogue
    page, first_page = drawn.first_page
    hole = bytes(2 * cms.room(key)).replace(b"\0", b"0")
    objects = {
        root: _with(
            catalogue,
            b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>" % field,
            b"/Extensions<</ESIC<</Type/DeveloperExtensions/BaseVersion/1.7/ExtensionLevel 1>>>>",
        ),
        page: _with_annotation(first_page, field),
        # No size and beside the page: nothing to see, and nothing that would need a tag (PDF/UA-1, 7.18).
        field: b"<</Type/Annot/Subtype/Widget/FT/Sig/T%s/TU%s/F 132/Rect[-1 -1 -1 -1]/P %d 0 R/V %d 0 R>>"
        % (_text(FIELD), _text(FIELD_LABEL), page, signature),
        signature: b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:%s)/Name%s%s/Contents<%s>>>"
        % (at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode(), _text(key.subject), RANGE % (0, 0, 0), hole),
    }
    whole = bytearray(pdf + _update(drawn, objects, begins=len(pdf), told=sha256(pdf).digest()))
    opens = whole.rindex(b"/Contents<") + len(b"/Contents")
    closes = opens + len(hole) + 2
    range_at = whole.rindex(b"/ByteRange[", 0, opens)
    written = RANGE % (opens, closes, len(whole) - closes)
    whole[range_at : range_at + len(written)] = written
    digest = sha256(whole[:opens])
    digest.update(whole[closes:])
    made = cms.container(digest.digest(), key=key).hex().encode()
    whole[opens + 1 : opens + 1 + len(made)] = made
    return bytes(whole)


def _with(dictionary: bytes, *entries: bytes) -> bytes:
    return dictionary[:-2] + b"".join(entries) + b">>"


def _with_annotation(page: bytes, field: int) -> bytes:
    """The page with the field among its annotations: links that a template drew stay before it."""
    if b"/Annots[" in page:
        return page.replace(b"/Annots[", b"/Annots[%d 0 R " % field, 1)
    return _with(page, b"/Annots[%d 0 R]" % field)


def _text(words: str) -> bytes:
    """A text string in UTF-16, which may hold every letter."""
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()


def _update(drawn: drawn_pdf.DrawnPdf, objects: dict[int, bytes], *, begins: int, told: bytes) -> bytes:
    """New objects with their table and trailer, as they stand behind a file of `begins` bytes."""
    body, rows = bytearray(b"\n"), bytearray()
    for number, dictionary in sorted(objects.items()):
        rows += b"%d 1\n%010d 00000 n\r\n" % (number, begins + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, dictionary)
    table_at = begins + len(body)
    body += b"xref\n%s" % rows
    body += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[%s<%s>]/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        drawn.size + len(objects) - 2,
        drawn.catalogue[0],
        drawn.info,
        drawn.first_id,
        told[:16].hex().upper().encode(),
        drawn.table_at,
        table_at,
    )
    return bytes(body)
