"""Scans from outside: what is kept, what is refused, and that nothing hostile gets further than its own process."""

import io

import pytest
import zxingcpp
from PIL import Image

from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.papers import scanning
from bekal.foundation.papers.scanning import look_at


def picture_of(text: str, kind: str = "PNG") -> bytes:
    """A photo of a code on white paper."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=8))
    page = Image.new("L", (drawn.width + 200, drawn.height + 200), 255)
    page.paste(drawn, (100, 100))
    kept = io.BytesIO()
    page.save(kept, kind)
    return kept.getvalue()


def a_pdf(*, pages: int = 1, root: bytes = b"", encrypted: bool = False) -> bytes:
    """The smallest PDF that a reader takes, with an index that is right."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P 0>>/ID[<00><00>]" if encrypted else b""
    return out + b"trailer<</Root 1 0 R/Size 4" + extra + b">>\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize(("kind", "told"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_a_picture_is_read(kind, told):
    looked = look_at(picture_of("K7M29QXR", kind))

    assert (looked.kind, looked.pages, looked.codes) == (told, 1, ("K7M29QXR",))


def test_a_pdf_is_counted():
    assert look_at(a_pdf(pages=3)).pages == 3


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "PDF, JPEG"),
        (b"MZ\x90\x00 a program", "PDF, JPEG"),
        (b"GIF89a\x01\x00\x01\x00", "PDF, JPEG"),
        (b"<svg onload=alert(1)>", "PDF, JPEG"),
        (b"\xff\xd8\xff\xe0 no picture", "rusak"),
        (picture_of("X")[:200], "rusak"),
        (b"%PDF-1.4 and nothing else", "rusak"),
        (a_pdf(root=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "program"),
        (a_pdf(root=b"/Names<</EmbeddedFiles<<>>>>"), "program"),
        (a_pdf(root=b"/AA<<>>"), "program"),
        (a_pdf(pages=500), "terlalu"),
        (a_pdf(encrypted=True), "kata sandi"),
    ],
)
def test_what_is_no_scan_is_refused_with_a_sentence(data, word):
    with pytest.raises(RuleBroken, match=word):
        look_at(data)


def test_a_picture_that_would_fill_the_memory_is_refused():
    small = picture_of("X")
    # The head of a PNG says how large it is; what follows does not matter any more.
    bomb = small[:16] + (50_000).to_bytes(4, "big") * 2 + small[24:]

    with pytest.raises(RuleBroken):
        look_at(bomb)


def test_a_file_that_is_too_large_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(scanning, "MAX_BYTES", 10)

    with pytest.raises(RuleBroken, match="10 MB"):
        look_at(b"%PDF-1.4 more than ten")
