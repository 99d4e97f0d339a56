"""What a file is, by what it holds and never by what it is called."""

import io
import zipfile

from bekal.people.roster.refusals import Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# More than a roster of half a million people needs; a bomb that unpacks to more is not opened.
MAX_UNPACKED, MAX_PARTS = 400_000_000, 2_000


def kind_of(data: bytes) -> str:
    """`xlsx`, `xls`, `ods` or `csv`.

    Raises:
        Refused: empty, locked, damaged, or no spreadsheet.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("empty_file")
    if data[:2] == b"PK":
        return _packed(data)
    if data[:8] == _OLE:
        return _compound(data)
    _check_text(data)
    return "csv"


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
                raise Refused("damaged_file")
            names = {part.filename for part in parts}
            if names & {"xl/workbook.xml", "xl/workbook.bin"}:
                return "xlsx"
            if "mimetype" in names and archive.read("mimetype")[:64].strip().startswith(_ODS):
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                if b"encryption-data" in manifest:
                    raise Refused("password")
                return "ods"
    except Refused:
        raise
    # A broken archive fails in many ways (bad offsets, sizes, checksums, encryption flags): all mean the same here.
    except Exception as broken:
        raise Refused("damaged_file") from broken
    raise Refused("not_a_spreadsheet")


def _compound(data: bytes) -> str:
    """An old Office file: its directory names the streams, in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refused("password")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if len(data) < 1536:
        raise Refused("damaged_file")
    raise Refused("not_a_spreadsheet")


def _check_text(data: bytes) -> None:
    """Text that may be a list: no bytes of pictures, and lines with several fields.

    Raises:
        Refused: it is something else.
    """
    head = data[:65_536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    strange = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27) for byte in head)
    if strange or head.lstrip()[:1] in (b"<", b"{") or head[:5] == b"%PDF-":
        raise Refused("not_a_spreadsheet")
    lines = [line for line in head.splitlines() if line.strip()]
    if not any(max(line.count(sign) for line in lines[:200]) >= 1 and len(lines) > 1 for sign in (b";", b",", b"\t", b"|")):
        raise Refused("not_a_spreadsheet")
