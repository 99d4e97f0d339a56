import base64
import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from bekal.foundation.papers import drawing
from bekal.foundation.papers.drawing import Undrawable, draw
from bekal.foundation.papers.tests.samples import CERTIFICATE, DECREE, EVERY_PAPER, HEARING, LONG_NAME

AT = datetime(2026, 12, 9, 2, tzinfo=UTC)
KINDS = ["sertifikat", "keikutsertaan", "rehabilitasi"]


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("template", KINDS)
def test_a_certificate_claims_archive_and_accessibility_and_says_its_facts(template: str) -> None:
    pdf = draw(template, CERTIFICATE, drawn_at=AT)

    metadata = pypdf.PdfReader(io.BytesIO(pdf)).xmp_metadata
    assert metadata is not None
    raw = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2<" in raw and "<pdfaid:conformance>A<" in raw and "<pdfuaid:part>1<" in raw
    assert "Joko Prasetyo" in _text(pdf)
    assert "kompeten" not in _text(pdf).lower()


def test_the_same_data_give_the_same_bytes() -> None:
    assert draw("sertifikat", CERTIFICATE, drawn_at=AT) == draw("sertifikat", CERTIFICATE, drawn_at=AT)


def test_several_officers_print_at_once() -> None:
    papers = list(EVERY_PAPER.values()) * 2
    alone = [draw(template, data, drawn_at=AT) for template, data in papers]

    with ThreadPoolExecutor(max_workers=4) as officers:
        together = list(officers.map(lambda paper: draw(*paper, drawn_at=AT), papers))

    assert together == alone


def test_metadata_do_not_tell_the_kind() -> None:
    told = {str(pypdf.PdfReader(io.BytesIO(draw(kind, CERTIFICATE, drawn_at=AT))).metadata) for kind in KINDS}

    assert len(told) == 1


@pytest.mark.parametrize(
    "name",
    [
        "#strong[x]",
        "$x^2$",
        "*Joko*",
        "@label",
        '"; panic("x")',
        "<script>alert(1)</script>",
        "`raw`",
        "\\u{41}",
        "// x",
    ],
)
def test_what_people_typed_is_printed_and_never_run(name: str) -> None:
    text = _text(draw("sertifikat", {**CERTIFICATE, "nama": name}, drawn_at=AT))

    assert name.replace(" ", "") in text.replace(" ", "").replace("\n", "")


def test_a_long_name_stays_on_its_page() -> None:
    pdf = draw("sertifikat", {**CERTIFICATE, "nama": LONG_NAME}, drawn_at=AT)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2


def test_data_that_do_not_fit_are_refused_with_a_sentence() -> None:
    with pytest.raises(Undrawable, match="tidak dapat digambar"):
        draw("sertifikat", {"nomor": "1"}, drawn_at=AT)


def test_every_template_says_its_version() -> None:
    names = {path.stem for path in drawing.TEMPLATES.glob("*.typ")} - {"rumah", "sertifikat-muka"}

    assert names == {template for template, _data in EVERY_PAPER.values()}
    assert all(drawing.version_of(name) >= 1 for name in names)


@pytest.mark.parametrize("name", EVERY_PAPER)
def test_every_paper_is_archivable_tagged_and_drawn_the_same_each_time(name: str) -> None:
    template, data = EVERY_PAPER[name]

    pdf = draw(template, data, drawn_at=AT)

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.xmp_metadata is not None
    raw = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2<" in raw and "<pdfaid:conformance>A<" in raw and "<pdfuaid:part>1<" in raw
    assert reader.root_object["/MarkInfo"]["/Marked"] and reader.root_object["/Lang"] == "id"
    assert pdf == draw(template, data, drawn_at=AT)
    assert len(pdf) < 120_000


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Joko 😀", ["😀 (U+1F600)"]),
        ("ꦗꦏ dan ᬩᬮᬶ", ["ꦏ (U+A98F)", "ꦗ (U+A997)", "ᬩ (U+1B29)"]),
        ("a\0b", ["U+0000"]),
        ("Joko\u202eoteyesarP", ["U+202E"]),
        ("Joko \ud800", ["U+D800"]),
    ],
)
def test_a_letter_that_no_font_has_is_named(typed: str, named: list[str]) -> None:
    with pytest.raises(Undrawable, match="Ganti atau hapus karakternya") as refused:
        draw("sertifikat", {**CERTIFICATE, "nama": typed}, drawn_at=AT)

    assert all(letter in str(refused.value) for letter in named)


@pytest.mark.parametrize("name", ["Ġużè Ćirić", "Nguyễn Thị Hồng", "Елена Ω", "عمر", "O’Neil-d'Arc", "Joko\tPrasetyo"])
def test_letters_of_other_tongues_are_printed_where_the_fonts_have_them(name: str) -> None:
    assert draw("sertifikat", {**CERTIFICATE, "nama": name}, drawn_at=AT)


@pytest.mark.parametrize("template", KINDS)
def test_qr_leads_to_the_check_page_and_can_be_read(template: str, tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(draw(template, CERTIFICATE, drawn_at=AT))
    subprocess.run(
        ["pdftoppm", "-r", "100", "-png", "-f", "1", "-l", "1", "surat.pdf", "surat"], cwd=tmp_path, check=True
    )
    (picture,) = tmp_path.glob("*.png")

    (code,) = zxingcpp.read_barcodes(Image.open(picture))
    assert code.text == CERTIFICATE["tautan"]


def test_days_are_told_in_words() -> None:
    said = " ".join(_text(draw("berita-acara-sidang", HEARING, drawn_at=AT)).split())

    assert "Rabu, tanggal dua puluh satu, bulan Oktober, tahun dua ribu dua puluh enam (21 Oktober 2026)" in said


@pytest.mark.parametrize("day", ["", "besok", "Rabu, 9 Desember 0000", "9 Desember 2026"])
def test_a_day_in_another_form_is_printed_as_it_is(day: str) -> None:
    assert day in " ".join(_text(draw("berita-acara-sidang", HEARING | {"hari": day}, drawn_at=AT)).split())


def test_a_decree_may_decide_as_much_as_it_likes() -> None:
    clauses = [f"Butir {place}." for place in range(1, 22)]
    said = " ".join(_text(draw("sk", DECREE | {"memutuskan": clauses}, drawn_at=AT)).split())

    assert all(word in said for word in ("KESATU", "KESEBELAS", "KEDUA BELAS", "KEDUA PULUH SATU"))


def test_a_letterhead_may_bear_a_picture() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(picture, "PNG")
    logo = base64.b64encode(picture.getvalue()).decode()

    pdf = draw("sk", DECREE | {"logo": logo}, drawn_at=AT)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


def test_tags_are_of_true_size_ten_to_a_page() -> None:
    template, data = EVERY_PAPER["tanda-peserta"]
    pdf = draw(template, data, drawn_at=AT)

    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(edge) * 25.4 / 72) for edge in pages[0].mediabox[2:]] == [210, 297]
    assert [page.extract_text().count("Dipakai selama") for page in pages] == [10, 10, 4]
