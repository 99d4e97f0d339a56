"""The text for the press as a file: DOCX and plain text. The file says nothing of the machine or the officer."""

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document
from docx.shared import Cm, Pt

from bekal.delivery.ceremonies.choices import PressStatus
from bekal.delivery.ceremonies.models import PressRelease

DRAFTED = "RANCANGAN, BELUM DISETUJUI"
# The earliest day that a ZIP file can name: each part of the file bears it, whenever it was made.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def paragraphs_of(body: str) -> list[str]:
    """The paragraphs of a text: parted by empty lines, or by the ends of lines."""
    return [line.strip() for line in body.splitlines() if line.strip()]


def press_text(press: PressRelease) -> bytes:
    """The text alone, as every editor opens it."""
    head = [] if press.status != PressStatus.DRAFT else [DRAFTED]
    return ("\r\n\r\n".join([*head, press.title, *paragraphs_of(press.body)]) + "\r\n").encode("utf-8-sig")


def press_docx(press: PressRelease) -> bytes:
    """The text as DOCX; the same text gives the same bytes. Its author is the facility, its days are the ceremony's."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.5)
    if press.status == PressStatus.DRAFT:
        document.add_paragraph().add_run(DRAFTED).bold = True
    document.add_paragraph("SIARAN PERS")
    document.add_heading(press.title, level=1)
    for text in paragraphs_of(press.body):
        document.add_paragraph(text)
    day = datetime.combine(press.ceremony.held_on, time(), UTC)
    said = document.core_properties
    said.author = said.last_modified_by = press.facility.name
    said.title, said.subject, said.keywords, said.comments, said.category = press.title, "", "", "", ""
    said.language, said.revision = "id-ID", 1
    said.created = said.modified = said.last_printed = day.replace(tzinfo=None)
    raw = io.BytesIO()
    document.save(raw)
    return _plain(raw.getvalue())


def _plain(made: bytes) -> bytes:
    """The package with every part at the same day, and without the picture that its pattern brings along."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = before.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                part = _without_thumbnail(part)
            if name == "docProps/app.xml":
                part = _APP
            after.writestr(zipfile.ZipInfo(name, _NO_DAY), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_thumbnail(relations: bytes) -> bytes:
    parts = relations.split(b"<Relationship ")
    return (
        parts[0]
        + b"".join(
            b"<Relationship " + part.replace(b"</Relationships>", b"") for part in parts[1:] if b"thumbnail" not in part
        )
        + b"</Relationships>"
    )


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
