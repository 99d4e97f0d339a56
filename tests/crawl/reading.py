"""What a file says when it is opened: cells, text, and what is written beside it for programs."""

import io
import re
import zipfile

from pypdf import PdfReader

from tests.crawl.walking import Answer

PACKAGES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


def text_of(answer: Answer) -> str:
    """All that somebody learns from an answer: its text, its source, its headers, and the metadata of a file."""
    told = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    if answer.kind in PACKAGES:
        return f"{told} {_of_package(answer.body)}"
    if answer.kind == "application/pdf":
        return f"{told} {_of_pdf(answer.body)}"
    return f"{told} {answer.body.decode('utf-8', 'replace')}"


def _of_package(content: bytes) -> str:
    """Every part of a spreadsheet or document, with its tags taken out: cells, properties, comments."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist() if name.endswith("xml")]
    return " ".join([*package.namelist(), *(re.sub(r"<[^>]*>", " ", part) for part in parts)])


def _of_pdf(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    parts = [page.extract_text() for page in reader.pages]
    parts += [f"{name} {value}" for name, value in (reader.metadata or {}).items()]
    parts += list(reader.attachments)
    if reader.xmp_metadata:
        parts.append(reader.xmp_metadata.stream.get_data().decode("utf-8", "replace"))
    parts += [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    return " ".join(parts)
