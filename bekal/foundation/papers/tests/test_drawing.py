import io
from datetime import UTC, datetime

import pypdf
import pytest

from bekal.foundation.papers import drawing
from bekal.foundation.papers.drawing import Undrawable, draw
from bekal.foundation.papers.tests.samples import CERTIFICATE

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
    name = "Anak Agung Ngurah Gede Putra Wiraatmaja Kusumaningrat Suryadiningrat Wiradharma Mahendradatta"
    pdf = draw("sertifikat", {**CERTIFICATE, "nama": name}, drawn_at=AT)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2


def test_data_that_do_not_fit_are_refused_with_a_sentence() -> None:
    with pytest.raises(Undrawable, match="tidak dapat digambar"):
        draw("sertifikat", {"nomor": "1"}, drawn_at=AT)


def test_every_template_says_its_version() -> None:
    names = [path.stem for path in drawing.TEMPLATES.glob("*.typ") if path.stem not in ("rumah", "sertifikat-muka")]

    assert {drawing.version_of(name) for name in names} == {1}
