"""Pictures made ready to keep: turned upright, made small, everything told beside the picture left out.

Judging what came in is the work of another process with a limit of time and memory (this file, started as a module): a few bytes
may stand for a picture that fills a machine. It knows no settings, holds no connection, and hands back pixels drawn anew.
"""

import io
import json
import sys
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from bekal.foundation.core.confined import Stopped, answer_of, confine

MAX_BYTES = 25 * 1024 * 1024
# Phones of today take up to 50 million points unless they are asked for more.
MAX_POINTS = 64_000_000
EDGE, SMALL_EDGE = 1600, 320
QUALITY = 82
# A JPEG of several pictures, as some phones write it, is opened as a JPEG and its first is kept.
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_SECONDS, MAX_MEMORY = 20, 1 << 30
PATIENCE_SECONDS = 60
_APPLE = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class Unreadable(Exception):
    """The file is no picture that can be kept: `reason` is `heic`, `kind`, `broken`, `points` or `bytes`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, and a small one for lists: JPEG without a word beside the points."""

    width: int
    height: int
    large: bytes
    small: bytes


def ready(content: bytes) -> Picture:
    """The picture that a file holds, made ready.

    Raises:
        Unreadable: with the reason.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable("bytes")
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        raise Unreadable("heic")
    try:
        made = answer_of("bekal.delivery.ceremonies.pictures", content, patience_seconds=PATIENCE_SECONDS)
    except Stopped as stopped:
        raise Unreadable("broken") from stopped
    head, _line, rest = made.partition(b"\n")
    told = json.loads(head)
    if "reason" in told:
        raise Unreadable(told["reason"])
    return Picture(told["width"], told["height"], rest[: told["large"]], rest[told["large"] :])


def drawn_anew(content: bytes) -> Picture:
    """The work of the other process: open, judge, turn, shrink, draw anew.

    Raises:
        Unreadable: with the reason.
    """
    Image.MAX_IMAGE_PIXELS = MAX_POINTS
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_POINTS:
                raise Unreadable("points")
            # A JPEG may be read at a half or a quarter of its size: less memory, and the same picture in the end.
            opened.draft("RGB", (2 * EDGE, 2 * EDGE))
            upright = ImageOps.exif_transpose(opened)
            plain = _plain(upright)
    except Unreadable:
        raise
    except UnidentifiedImageError as unknown:
        raise Unreadable("kind") from unknown
    except Image.DecompressionBombError as bomb:
        raise Unreadable("points") from bomb
    # A broken picture makes a decoder fail in ways that its authors did not name; all of them mean the same here.
    except Exception as broken:
        raise Unreadable("broken") from broken
    small = plain.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE))
    return Picture(plain.width, plain.height, _jpeg(plain), _jpeg(small))


def _plain(image: Image.Image) -> Image.Image:
    """The points alone, on white where they are see-through; no comment, no place, no camera goes along."""
    image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    layered = image.convert("RGBA")
    plain = Image.new("RGB", layered.size, "white")
    plain.paste(layered, mask=layered.getchannel("A"))
    return plain


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    confine(seconds=MAX_SECONDS, memory=MAX_MEMORY)
    try:
        made = drawn_anew(sys.stdin.buffer.read())
    except Unreadable as refused:
        sys.stdout.write(json.dumps({"reason": refused.reason}) + "\n")
    else:
        told = {"width": made.width, "height": made.height, "large": len(made.large)}
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made.large + made.small)
