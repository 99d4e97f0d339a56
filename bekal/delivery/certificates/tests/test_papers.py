"""The file that a holder takes along: it says what it must, it tells nothing else, and any change to it is found."""

import json
import re
import subprocess
import zlib
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
import zxingcpp
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from PIL import Image

from bekal.delivery.certificates import operations
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.certificates.tests.factories import enrol, make_batch
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.queries import pdf_of
from bekal.people.models import Person

As = Callable[[User], User]
Issue = Callable[..., Certificate]
PRISON = (
    "lapas",
    "pemasyarakatan",
    "narapidana",
    "penjara",
    "warga binaan",
    "rutan",
    "lpka",
    "bapas",
    "melati",
    "imigrasi",
)


@pytest.fixture
def issue(melati: Facility, joko: Person, wira: User, as_user: As, now: datetime) -> Issue:
    def make(*, kind: str = "training", status: str = "completed") -> Certificate:
        as_user(wira)
        batch = make_batch(melati, code=f"B{Certificate.objects.count()}", at=now, kind=kind)
        return operations.issue(enrolment=enrol(batch, joko, by=wira, at=now, status=status), by=wira, at=now)

    return make


def everything_in(pdf: bytes) -> str:
    """All that the file holds, in the open and inside its compressed streams and its signature, as text in small letters."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    parts += [bytes.fromhex(found[1].decode()) for found in re.finditer(rb"/Contents\s*<([0-9a-fA-F]+)>", pdf)]
    whole = b"\n".join(parts)
    return (whole.decode("latin-1") + whole.decode("utf-16-be", "ignore") + whole.decode("utf-16-le", "ignore")).lower()


def text_of(pdf: bytes, folder: Path) -> str:
    (folder / "surat.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", folder / "surat.pdf", "-"], capture_output=True, text=True).stdout


@pytest.mark.parametrize("options", [{}, {"status": "participated"}, {"kind": "rehabilitation"}])
def test_no_byte_of_a_certificate_says_prison(issue: Issue, tmp_path: Path, options: dict[str, str]) -> None:
    pdf = pdf_of(issue(**options).paper)
    held, shown = everything_in(pdf), text_of(pdf, tmp_path).lower()

    for word in PRISON:
        assert word not in held
        assert word not in shown


def test_a_training_certificate_lists_modules_and_hours_and_no_mark(issue: Issue, tmp_path: Path) -> None:
    shown = text_of(pdf_of(issue().paper), tmp_path)

    assert "Joko Prasetyo" in shown
    assert "Kebersihan pangan" in shown
    assert "120" in shown
    for word in ("kompeten", "Kompeten", "Nilai", "Lulus"):
        assert word not in shown


def test_the_title_of_the_file_does_not_tell_the_kind(issue: Issue) -> None:
    titles = set()
    for options in ({}, {"status": "participated"}, {"kind": "rehabilitation"}):
        certificate = issue(**options)
        held = everything_in(pdf_of(certificate.paper))
        titles.add(re.search(r"<dc:title>.*?</dc:title>", held)[0].replace(certificate.paper.number.lower(), "N"))

    assert len(titles) == 1


def test_the_qr_leads_to_the_check_page(issue: Issue, tmp_path: Path, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://periksa.amerta.example"
    certificate = issue()
    (tmp_path / "s.pdf").write_bytes(pdf_of(certificate.paper))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", tmp_path / "s.pdf", tmp_path / "s"], check=True
    )

    with Image.open(next(tmp_path.glob("s-*.png"))) as picture:
        read = zxingcpp.read_barcode(picture)

    assert read.text == f"https://periksa.amerta.example/periksa/{certificate.code}"
    assert "periksa.amerta.example/periksa" in text_of(pdf_of(certificate.paper), tmp_path)


def test_without_a_public_address_the_paper_names_the_office_to_ask(issue: Issue, tmp_path: Path) -> None:
    shown = text_of(pdf_of(issue().paper), tmp_path)

    assert "Jalan Kenari 1" in shown
    assert "localhost" not in shown


def verify(pdf: bytes, folder: Path) -> tuple[int, dict]:
    (folder / "masuk.pdf").write_bytes(pdf)
    out = StringIO()
    try:
        call_command("verify_paper", str(folder / "masuk.pdf"), "--json", stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_file_as_it_was_issued_is_good(issue: Issue, tmp_path: Path) -> None:
    code, said = verify(pdf_of(issue().paper), tmp_path)

    assert code == 0
    assert (said["known"], said["unchanged"], said["revoked"]) == (True, True, False)
    assert [signature["signer"] for signature in said["signatures"]] == ["Balai Latihan Amerta"]
    assert said["signatures"][0]["is_valid"]


def test_a_revoked_one_is_known_and_not_good(issue: Issue, wira: User, tmp_path: Path, now: datetime) -> None:
    certificate = issue()
    operations.revoke(certificate=certificate, reason="Bukan haknya", by=wira, at=now)

    code, said = verify(pdf_of(certificate.paper), tmp_path)

    assert (code, said["known"], said["revoked"]) == (1, True, True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pdf: pdf[:2000] + bytes([pdf[2000] ^ 1]) + pdf[2001:],
        lambda pdf: pdf[:-1],
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf + b"\n%more",
        lambda pdf: pdf.replace(b"%%EOF", b"%%EOG"),
    ],
)
def test_any_change_is_found_and_nothing_breaks(issue: Issue, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    code, said = verify(spoil(pdf_of(issue().paper)), tmp_path)

    assert code == 1
    assert said["unchanged"] is not True
    assert said["reason"]


@pytest.mark.parametrize(
    "noise", [b"", b"\0" * 3000, b"%PDF-1.7\n%%EOF", b"%PDF-1.7" + bytes(range(256)) * 40, b"PK\3\4"]
)
def test_noise_is_answered_and_never_a_trace(db: None, tmp_path: Path, noise: bytes) -> None:
    code, said = verify(noise, tmp_path)

    assert (code, said["known"], said["signatures"]) == (1, False, [])


def test_a_file_that_is_not_there_is_a_wrong_call(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("verify_paper", str(tmp_path / "tidak-ada.pdf"))

    assert refused.value.returncode == 2


def test_papers_are_exported_under_names_that_tell_nothing(issue: Issue, tmp_path: Path) -> None:
    certificates = [issue(), issue(kind="rehabilitation")]
    out = StringIO()

    call_command("export_papers", "--kind", "certificate", "--out", str(tmp_path / "keluar"), "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert said["count"] == 2
    for certificate in certificates:
        assert (tmp_path / "keluar" / f"surat-{certificate.code}.pdf").read_bytes() == pdf_of(certificate.paper)
