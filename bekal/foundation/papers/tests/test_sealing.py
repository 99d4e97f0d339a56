import io
import re
import shutil
import subprocess
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pypdf
import pytest
import typst
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from bekal.foundation.papers import drawing, seal_keys
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.drawn_pdf import NotDrawnHere
from bekal.foundation.papers.judging import judged
from bekal.foundation.papers.seal_keys import SealKey
from bekal.foundation.papers.sealing import seal
from bekal.foundation.papers.tests.conftest import AT
from bekal.foundation.papers.tests.samples import EVERY_PAPER

WITA = timezone(timedelta(hours=8))


def _judged(pdf: bytes, key: SealKey) -> dict[str, object]:
    (finding,) = judged(pdf, house=[key.certificate.public_bytes(Encoding.DER)]) or [{}]
    return finding


def _pdfsig(pdf: bytes, folder: Path) -> str:
    assert shutil.which("pdfsig"), "poppler-utils is part of what ./test installs"
    (folder / "surat.pdf").write_bytes(pdf)
    call = ["pdfsig", "-nocert", str(folder / "surat.pdf")]
    return subprocess.run(call, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", EVERY_PAPER)
def test_two_other_programs_accept_the_seal_of_every_paper(name: str, key: SealKey, tmp_path: Path) -> None:
    template, data = EVERY_PAPER[name]
    pdf = seal(draw(template, data, drawn_at=AT), key=key, at=AT)

    said = _pdfsig(pdf, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert _judged(pdf, key) | {"fingerprint": ""} == {
        "signer": "Balai Latihan Amerta",
        "fingerprint": "",
        "is_valid": True,
        "is_whole": True,
        "is_of_house": True,
        "claimed_at": "2026-12-09T02:00:00+00:00",
        "reason": "",
    }


def test_every_length_of_signature_fits(drawn: bytes, key: SealKey) -> None:
    sizes = {len(pdf) for pdf in (seal(drawn, key=key, at=AT) for _time in range(40))}

    # An ECDSA signature has 70 to 72 bytes, and rarely fewer; the room for it is always the same.
    assert len(sizes) == 1


def test_the_drawn_bytes_stay_as_they_are(drawn: bytes, sealed: bytes) -> None:
    assert sealed.startswith(drawn)
    assert len(sealed) - len(drawn) < 4_000


def test_a_sealed_paper_still_claims_archive_and_accessibility_and_shows_the_same(drawn: bytes, sealed: bytes) -> None:
    before, after = pypdf.PdfReader(io.BytesIO(drawn)), pypdf.PdfReader(io.BytesIO(sealed))

    assert before.xmp_metadata is not None and after.xmp_metadata is not None
    assert before.xmp_metadata.stream.get_data() == after.xmp_metadata.stream.get_data()
    assert after.pdf_header == "%PDF-1.7" and "/Version" not in after.root_object
    assert [page.get_contents().get_data() for page in before.pages] == [
        page.get_contents().get_data() for page in after.pages
    ]


def test_the_field_has_a_label_and_nothing_to_see(sealed: bytes) -> None:
    (field,) = pypdf.PdfReader(io.BytesIO(sealed)).root_object["/AcroForm"]["/Fields"]
    widget = field.get_object()

    assert widget["/TU"] == "Segel elektronik, tidak tersertifikasi"
    assert [float(edge) for edge in widget["/Rect"]] == [-1, -1, -1, -1]
    assert widget["/F"] == 132


def test_the_container_says_what_the_baseline_asks_for_and_no_more(sealed: bytes) -> None:
    reader = PdfFileReader(io.BytesIO(sealed))
    (signature,) = reader.embedded_signatures
    (signer,) = asn1_cms.ContentInfo.load(signature.pkcs7_content)["content"]["signer_infos"]

    told = [attribute["type"].native for attribute in signer["signed_attrs"]]
    assert sorted(told) == ["content_type", "message_digest", "signing_certificate_v2"]
    assert not signer["unsigned_attrs"]


def test_the_hour_is_told_in_utc_whatever_the_zone(drawn: bytes, key: SealKey) -> None:
    pdf = seal(drawn, key=key, at=datetime(2026, 12, 9, 10, tzinfo=WITA))

    assert _judged(pdf, key)["claimed_at"] == "2026-12-09T02:00:00+00:00"


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Balai (Kayu) \\ Éka >> Ω", "Balai (Kayu) \\ Éka >> Ω"),
        ("Balai ᬩᬮᬶ", "Balai"),
        ("ᬩᬮᬶ", "Penerbit"),
        ("B" * 80, "B" * 64),
    ],
)
def test_a_signer_may_be_called_anything(subject: str, told: str, drawn: bytes, settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    key = seal_keys.key_of(uuid.UUID(int=3), subject=subject)
    pdf = seal(drawn, key=key, at=AT)

    assert _judged(pdf, key)["signer"] == told
    assert "Signature is Valid." in _pdfsig(pdf, tmp_path)


def test_links_of_a_paper_stay_beside_the_seal(key: SealKey, tmp_path: Path) -> None:
    source = b'#set document(title: "x"); #link("https://periksa.amerta.example")[periksa]'
    linked = bytes(typst.compile(source, pdf_standards=drawing.STANDARDS, ignore_system_fonts=True))  # type: ignore[arg-type]

    pdf = seal(linked, key=key, at=AT)

    kinds = [note.get_object()["/Subtype"] for note in pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]]
    assert sorted(kinds) == ["/Link", "/Widget"]
    assert _judged(pdf, key)["is_valid"]


def test_nothing_in_a_sealed_certificate_says_where_it_was_earned(sealed: bytes) -> None:
    telling = rb"(?i)lapas|pemasyarakatan|narapidana|warga binaan|penjara|rutan|bekal|prison|inmate"
    reader = pypdf.PdfReader(io.BytesIO(sealed))

    assert re.findall(telling, sealed) == []
    for number in range(1, len(reader.xref_objStm) + int(reader.trailer["/Size"])):
        part = reader.get_object(number)
        if isinstance(part, pypdf.generic.StreamObject):
            assert re.findall(telling, part.get_data()) == []
    assert re.findall(telling.decode(), "".join(page.extract_text() for page in reader.pages)) == []


@pytest.mark.parametrize("spoil", ["sealed before", "cut", "noise", "of another program"])
def test_only_a_paper_drawn_here_is_sealed(spoil: str, drawn: bytes, sealed: bytes, key: SealKey) -> None:
    written = io.BytesIO()
    other = pypdf.PdfWriter()
    other.add_blank_page(100, 100)
    other.write(written)
    spoilt = {
        "sealed before": sealed,
        "cut": drawn[: len(drawn) // 2],
        "noise": b"%PDF-1.7\nstartxref\n9\n%%EOF\n",
        "of another program": written.getvalue(),
    }

    with pytest.raises(NotDrawnHere):
        seal(spoilt[spoil], key=key, at=AT)
