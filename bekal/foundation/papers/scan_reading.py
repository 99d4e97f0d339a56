"""What a scan from outside is, and which codes stand on it: a process of its own, started by `scanning`, that may be killed.

Standard input: the bytes. Standard output: a JSON object with `kind`, `pages` and `codes`, or with `wrong` alone.
"""

import io
import json
import logging
import sys
from typing import Any

import zxingcpp
from PIL import Image, ImageOps
from pyhanko.pdf_utils.reader import PdfFileReader

from bekal.foundation.core.confined import confine

MAX_SECONDS = 12
MAX_MEMORY = 1 << 30
MAX_SIDE = 12_000
MAX_PIXELS = 60_000_000
MAX_PAGES = 40
MAX_CODES = 200
# What makes a PDF do something, or carry something along. A scanner writes none of it.
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/SubmitForm")


def read(data: bytes) -> dict[str, Any]:
    """Kind, pages and codes of a scan, or what is wrong: `kind`, `broken`, `large`, `locked` or `active`."""
    if data[:5] == b"%PDF-":
        return _pdf(data)
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n":
        return _picture(data)
    return {"wrong": "kind"}


def _picture(data: bytes) -> dict[str, Any]:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    if max(picture.size) > MAX_SIDE or picture.width * picture.height > MAX_PIXELS:
        return {"wrong": "large"}
    kind = str(picture.format).lower()
    upright = ImageOps.exif_transpose(picture.convert("L"))
    found = zxingcpp.read_barcodes(upright, formats=zxingcpp.BarcodeFormat.QRCode)
    return {"kind": kind, "pages": 1, "codes": [code.text for code in found[:MAX_CODES] if len(code.text) <= 64]}


def _pdf(data: bytes) -> dict[str, Any]:
    if any(word in data for word in ACTIVE):
        return {"wrong": "active"}
    if b"/Encrypt" in data:
        return {"wrong": "locked"}
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        return {"wrong": "locked"}
    root = reader.root
    names = root.get("/Names", {})
    if "/OpenAction" in root and "/S" in root["/OpenAction"]:
        return {"wrong": "active"}
    if "/AA" in root or "/JavaScript" in names or "/EmbeddedFiles" in names:
        return {"wrong": "active"}
    pages = int(root["/Pages"]["/Count"])
    if not 1 <= pages <= MAX_PAGES:
        return {"wrong": "large"}
    return {"kind": "pdf", "pages": pages, "codes": []}


if __name__ == "__main__":
    confine(seconds=MAX_SECONDS, memory=MAX_MEMORY)
    logging.disable()
    try:
        told = read(sys.stdin.buffer.read())
    # Hostile bytes make a parser fail in ways that its authors did not name; all of them mean the same here.
    except Exception:
        told = {"wrong": "broken"}
    sys.stdout.write(json.dumps(told))
