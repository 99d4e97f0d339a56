"""What a file is, by what it holds and never by what it is called."""

import re

from bekal.people.roster.compound import MAGIC, Broken, Compound
from bekal.people.roster.delimited import looks_delimited
from bekal.people.roster.legacy import is_locked
from bekal.people.roster.packages import Package
from bekal.people.roster.refusals import Refused

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_OFFICE = (b"word/", b"ppt/", b"visio/", b"opendocument.text", b"opendocument.presentation", b"epub+zip")
# Blanks, marks of byte order, and the signs of a list without a filled cell.
_NOTHING = b'\0 \t\r\n\xef\xbb\xbf\xff\xfe;,|"'
_MARKUP = re.compile(rb"\s*(?:<|\{\\rtf|%PDF|%!PS|\{\s*\"|\[\s*[{\[])")


def kind_of(data: bytes) -> str:
    """`xlsx`, `xls`, `ods` or `csv`.

    Raises:
        Refused: empty, locked, damaged, or no spreadsheet.
    """
    if not data.strip(_NOTHING):
        raise Refused("empty_file")
    if data[:2] == b"PK":
        return _packed(data)
    if data[:8] == MAGIC:
        return _compound(data)
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:64]) or not looks_delimited(data):
        raise Refused("not_a_spreadsheet")
    return "csv"


def _packed(data: bytes) -> str:
    try:
        package = Package(data)
    except Refused:
        # The rest is cut off, but the first part tells that it was a letter or a slide show.
        if any(sign in data[:65_536] for sign in _OTHER_OFFICE) and b"xl/" not in data:
            raise Refused("not_a_spreadsheet") from None
        raise
    if "xl/workbook.xml" in package:
        kind = "xlsx"
    elif package.read("mimetype").strip().startswith(_ODS) and "content.xml" in package:
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise Refused("password")
        kind = "ods"
    elif "encrypted-package" in package:
        raise Refused("password")
    else:
        raise Refused("not_a_spreadsheet")
    package.check()
    return kind


def _compound(data: bytes) -> str:
    try:
        compound = Compound(data)
        if "EncryptedPackage" in compound.entries:
            raise Refused("password")
        workbook = compound.workbook()
    except Broken as broken:
        raise Refused("damaged_file") from broken
    if workbook is None:
        raise Refused("not_a_spreadsheet")
    if is_locked(workbook):
        raise Refused("password")
    return "xls"
