"""What a seal must know of a PDF that typst just wrote: its last objects and where they stand (ISO 32000-1, 7.5).

This reads the plain form in which typst writes, and refuses every other: files from outside are for `verifying`.
"""

import re
from dataclasses import dataclass


class NotDrawnHere(ValueError):
    """The bytes are not a PDF in the form in which typst writes."""


# A row of the table of objects: offset, generation, in use; always so long.
ROW = 20


@dataclass(frozen=True)
class DrawnPdf:
    """The objects that a seal changes, each as its number and the text of its dictionary."""

    size: int
    table_at: int
    info: int
    first_id: bytes
    catalogue: tuple[int, bytes]
    first_page: tuple[int, bytes]


def read(pdf: bytes) -> DrawnPdf:
    """Find catalogue and first page.

    Raises:
        NotDrawnHere: the file is of another form, or signed already.
    """
    table_at = int(_found(rb"startxref\n(\d+)\n%%EOF\s*$", pdf[-64:])[0])
    trailer = pdf[pdf.rfind(b"trailer\n") :]
    if table_at + ROW * int(_found(rb"/Size (\d+)", trailer)[0]) > len(pdf):
        raise NotDrawnHere("The table of objects is cut.")
    root = int(_found(rb"/Root (\d+) 0 R", trailer)[0])
    catalogue = _dictionary(pdf, table_at, root)
    if b"/AcroForm" in catalogue:
        raise NotDrawnHere("The file has a form already.")
    page, found = int(_found(rb"/Pages (\d+) 0 R", catalogue)[0]), b"/Type/Pages"
    while b"/Type/Pages" in found:
        found = _dictionary(pdf, table_at, page)
        if b"/Type/Pages" in found:
            page = int(_found(rb"/Kids\[(\d+) 0 R", found)[0])
    return DrawnPdf(
        size=int(_found(rb"/Size (\d+)", trailer)[0]),
        table_at=table_at,
        info=int(_found(rb"/Info (\d+) 0 R", trailer)[0]),
        first_id=_found(rb"/ID\[(\([^()\\]*\))\(", trailer)[0],
        catalogue=(root, catalogue),
        first_page=(page, found),
    )


def _dictionary(pdf: bytes, table_at: int, number: int) -> bytes:
    first = pdf.index(b"\n", table_at + len(b"xref\n")) + 1
    row = pdf[first + ROW * number : first + ROW * (number + 1)]
    at = int(_found(rb"^(\d{10}) 00000 n", row)[0])
    return _found(rb"^%d 0 obj\n(<<.*?>>)\nendobj" % number, pdf[at : pdf.find(b"endobj", at) + 6])[0]


def _found(pattern: bytes, text: bytes) -> tuple[bytes, ...]:
    match = re.search(pattern, text, re.DOTALL)
    if match is None:
        raise NotDrawnHere(f"Not in the form of a drawn paper: {pattern!r} is missing.")
    return match.groups()
