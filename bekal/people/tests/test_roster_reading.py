"""Files that would grow: a few bytes that stand for millions of cells, and texts that keep a pattern busy."""

import io
import time
import zipfile

import pytest
import xlsxwriter

from bekal.people.roster import Reading, Refused, read_register_number, read_roster
from bekal.people.roster.dates import Unreadable, read_date, split_place_and_date
from bekal.people.roster.limits import check_shared_strings, narrowed
from bekal.people.roster.sentences import read_sentence

_HEADER = ("Nama", "No. Reg", "NIK", "TTL")
_JOKO = ("Joko Prasetyo", "B.I 118/2025", "3509121203940001", "Jember, 12 Maret 1994")
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)
_FEW_SECONDS = 5.0


def _cell(text: str, said: str = "") -> str:
    return f'<table:table-cell {said} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _row(cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{cells}</table:table-row>"


def _ods(*more: str) -> bytes:
    """A roster of one person as ODS, with more rows as XML below."""
    rows = "".join(_row("".join(map(_cell, row))) for row in (_HEADER, _JOKO)) + "".join(more)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def _read(data: bytes) -> Reading:
    return read_roster(data, name="x")


_TO_THE_RIGHT = '<table:table-cell table:number-columns-repeated="16383"/>'


@pytest.mark.parametrize(
    "more",
    [
        "",
        _row(_TO_THE_RIGHT, 'table:number-rows-repeated="1048570"'),
        _row(_cell("x", 'table:number-columns-repeated="2000000000"')),
        _row(_cell("x", "table:number-columns-repeated='2000000000'")),
        _row(_cell("x"), "table:number-rows-repeated='2000000000'"),
        _row(_TO_THE_RIGHT + _cell("x")) + _row(_cell("") + _TO_THE_RIGHT) * 300,
        _row(_cell('<text:s text:c="2000000000"/>')),
    ],
    ids=["plain", "a million rows", "wide", "wide, other quotes", "long, other quotes", "a far cell", "spaces"],
)
def test_an_ods_is_read_like_what_it_holds(more: str) -> None:
    person = _read(_ods(more)).rows[0].person

    assert (person["register_number"], person["nik"]) == ("B.I 118/2025", "3509121203940001")


@pytest.mark.parametrize(
    "more",
    [
        _row(_cell("x", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="100"') * 200,
        _row(_cell("x" * 200_000, 'table:number-columns-repeated="400"'), 'table:number-rows-repeated="100"'),
        _row(_cell("x"), 'table:x=">" table:number-rows-repeated="2000000000"'),
        _row(_cell("x", 'table:number-columns-repeated="&#50;000000000"')),
        _row(_cell("x", 'table:number-columns-repeated="-5"')),
    ],
    ids=["cells", "text", "rows behind a sign", "an entity", "less than none"],
)
def test_an_ods_that_would_grow_without_end_is_refused(more: str) -> None:
    with pytest.raises(Refused) as refused:
        _read(_ods(more))

    assert refused.value.code == "damaged_file"


def test_a_row_of_many_empty_cells_is_looked_through_once() -> None:
    row = _row("<table:table-cell/>" * 60_000 + _cell("x") + _TO_THE_RIGHT + _cell("y"))
    began = time.monotonic()

    narrowed(f'<table:table table:name="Data">{row}</table:table>'.encode())

    assert time.monotonic() - began < _FEW_SECONDS


@pytest.mark.parametrize(
    "more",
    ["<!--" + "<text:s " * 9 + "-->", "<![CDATA[<text:s ]]>", "<?x y?>"],
    ids=["comment", "cdata", "instruction"],
)
def test_what_no_spreadsheet_program_writes_is_refused(more: str) -> None:
    with pytest.raises(Refused) as refused:
        _read(_ods(_row(_cell("x")) + more))

    assert refused.value.code == "damaged_file"


def test_ordinary_content_is_left_as_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(_ods())) as archive:
        content = archive.read("content.xml")

    assert narrowed(content) == content


def test_a_long_text_shared_by_many_cells_is_refused() -> None:
    strings = b"<sst><si><t>a</t></si><si><t>" + b"a" * 1_000_000 + b"</t></si></sst>"
    few, many = (b'<c t="s"><v>1</v></c>' * count for count in (10, 1_000))

    check_shared_strings(strings, [few])
    with pytest.raises(Refused):
        check_shared_strings(strings, [few, many])


def test_short_texts_may_be_shared_by_any_number_of_cells() -> None:
    check_shared_strings(b"<sst><si><t>a</t></si></sst>", [b'<c t="s"><v>0</v></c>' * 100_000])


def _xlsx(cells: str, *strings: str) -> bytes:
    """A roster of one person as XLSX, with these cells in a third row, and strings to share (numbers 8 and on)."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet()
    for line, row in enumerate((_HEADER, _JOKO)):
        sheet.write_row(line, 0, row)
    made.close()
    changed = io.BytesIO()
    more = {
        "xl/worksheets/sheet1.xml": ("</sheetData>", cells),
        "xl/sharedStrings.xml": ("</sst>", "".join(f"<si><t>{text}</t></si>" for text in strings)),
    }
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            end, said = more.get(name, ("", ""))
            content = archive.read(name).decode()
            target.writestr(name, content.replace(end, said + end) if said else content)
    return changed.getvalue()


def test_an_xlsx_whose_cells_share_a_giant_text_is_refused_before_it_is_copied() -> None:
    cells = "".join(f'<row r="{line}"><c r="F{line}" t="s"><v>8</v></c></row>' for line in range(3, 2_003))

    with pytest.raises(Refused) as refused:
        _read(_xlsx(cells, "a" * 2_000_000))

    assert refused.value.code == "damaged_file"


@pytest.mark.parametrize("place", ["ZZZZZZ3", "AAAA3", "XFD3", "XFD1048576", "A1048576"])
def test_a_far_cell_of_an_xlsx_is_no_part_of_the_list(place: str) -> None:
    row = "".join(character for character in place if character.isdecimal())

    assert len(_read(_xlsx(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')).rows) == 1


@pytest.mark.parametrize(("first", "last"), [(4, 6), (4, 4)], ids=["merged", "not merged"])
def test_a_column_without_a_word_goes_on_with_its_clinical_neighbour(first: int, last: int) -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet()
    for line, row in enumerate((_HEADER, (*_JOKO, "RAHASIA-1", "RAHASIA-2", "RAHASIA-3"))):
        sheet.write_row(line, 0, row)
    sheet.write(0, first, "Hasil HIV")
    if last > first:
        sheet.merge_range(0, first, 0, last, "Hasil HIV")
    made.close()

    reading = _read(out.getvalue())

    assert reading.ignored == {"E": "clinical", "F": "clinical", "G": "clinical"}
    assert "RAHASIA" not in str([reading.shown_columns(), *(row.person for row in reading.rows)])


@pytest.mark.parametrize("end", ["\n", "", "\r\n"])
def test_a_quote_that_is_never_closed_swallows_nobody(end: str) -> None:
    lines = ("Nama;No. Reg;NIK", "Joko;B.I 1/2025;", '"Made;B.I 2/2025;', "Oka;B.I 3/2025;")
    data = (end or "\n").join(lines) + end

    rows = _read(data.encode()).rows

    assert [(row.number, row.person["register_number"]) for row in rows] == [
        (2, "B.I 1/2025"),
        (3, "B.I 2/2025"),
        (4, "B.I 3/2025"),
    ]


def test_a_mapping_to_what_is_no_field_changes_nothing() -> None:
    reading = read_roster(_xlsx(""), name="x", mapping={"A": "nonsense", "ZZ": "nik"})

    assert reading.columns == {"A": "full_name", "B": "register_number", "C": "nik", "D": "birth_place+birth_on"}


@pytest.mark.parametrize("filler", [". ", "/", "1 ", "1-", "(", ", ", "1a", "Senin "])
def test_a_long_cell_is_read_or_doubted_at_once(filler: str) -> None:
    text = "B" + filler * 100_000 + "x"
    begins = time.process_time()

    assert read_register_number(text) is None
    assert read_sentence(text) is None
    assert split_place_and_date(text) == (None, None, True)
    with pytest.raises(Unreadable):
        read_date(text)
    assert time.process_time() - begins < _FEW_SECONDS
