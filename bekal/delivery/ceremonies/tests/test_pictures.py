"""Pictures made ready: what may come in, what is left of it, what is refused and how soon."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bekal.delivery.ceremonies import pictures
from bekal.delivery.ceremonies.pictures import Unreadable, drawn_anew, ready

ORIENTATION, GPS, COMMENT = 0x0112, 0x8825, 0x9286


def drawn(form: str = "JPEG", size: tuple[int, int] = (800, 400), mode: str = "RGB", **options: object) -> bytes:
    """A picture with a red left half and a green right half."""
    image = Image.new(mode, size, "green" if mode != "P" else 0)
    if mode in ("RGB", "RGBA"):
        image.paste(Image.new(mode, (size[0] // 2, size[1]), "red"), (0, 0))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def told(**facts: object) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = facts.get("orientation", 1)
    exif[0x010F] = "Telepon Contoh"
    exif.get_ifd(GPS)[2] = (8.0, 32.0, 1.0)
    return exif


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_pictures_of_phones_and_screens_are_kept_as_jpeg(form: str, mode: str) -> None:
    made = drawn_anew(drawn(form, mode=mode))

    assert (made.width, made.height) == (800, 400)
    assert opened(made.large).format == "JPEG"
    assert max(opened(made.small).size) == pictures.SMALL_EDGE


def test_a_picture_of_several_as_some_phones_write_it_is_kept() -> None:
    out = io.BytesIO()
    first = Image.new("RGB", (60, 40), "red")
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])

    assert drawn_anew(out.getvalue()).width == 60


def test_a_large_picture_is_made_small_and_a_small_one_stays() -> None:
    assert drawn_anew(drawn(size=(4000, 3000))).width == pictures.EDGE
    assert drawn_anew(drawn(size=(100, 50))).width == 100


@pytest.mark.parametrize(("orientation", "size"), [(1, (800, 400)), (3, (800, 400)), (6, (400, 800)), (8, (400, 800))])
def test_a_picture_is_turned_upright(orientation: int, size: tuple[int, int]) -> None:
    made = drawn_anew(drawn(exif=told(orientation=orientation)))

    assert (made.width, made.height) == size
    red_is_first = opened(made.large).convert("RGB").getpixel((5, 5))[0] > 128  # type: ignore[index]
    assert red_is_first is (orientation in (1, 6))


def test_place_camera_comment_and_profile_are_left_out() -> None:
    sent = drawn(exif=told(), comment=b"Joko Prasetyo", icc_profile=b"x" * 200)
    assert b"Telepon Contoh" in sent and b"Joko Prasetyo" in sent

    for kept in (drawn_anew(sent).large, drawn_anew(sent).small):
        assert b"Telepon Contoh" not in kept and b"Joko Prasetyo" not in kept
        assert not opened(kept).getexif() and set(opened(kept).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


def test_words_beside_the_points_of_a_png_are_left_out() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Title", "Joko Prasetyo")

    assert b"Joko" not in drawn_anew(drawn("PNG", pnginfo=words)).large


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 400 million points."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 60_001)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "kind"),
        (b"bukan gambar", "kind"),
        (b"%PDF-1.7 surat", "kind"),
        (b"GIF89a" + b"\0" * 40, "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (drawn("TIFF"), "kind"),
        (drawn()[:900], "broken"),
        (drawn("PNG")[:200], "broken"),
        (bomb(), "points"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
        (b"\xff\xd8" + b"x" * pictures.MAX_BYTES, "bytes"),
    ],
    ids=["empty", "text", "pdf", "gif", "svg", "tiff", "cut jpeg", "cut png", "bomb", "heic", "long"],
)
def test_what_is_no_picture_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        ready(content)

    assert refused.value.reason == reason


def test_the_other_process_gives_back_the_same_picture() -> None:
    sent = drawn(exif=told(orientation=6))

    assert ready(sent) == drawn_anew(sent)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_a_picture_or_a_reason(data: st.DataObject) -> None:
    content = bytearray(drawn(size=(64, 32), exif=told()))
    for _time in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = drawn_anew(bytes(content))
    except Unreadable as refused:
        assert refused.reason in ("kind", "broken", "points")
    else:
        assert max(made.width, made.height) <= pictures.EDGE
