"""Files as they come: cut, locked, misnamed, giant, or noise. Each is read or refused, and none ends the process."""

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from bekal.people.roster import Reading, Refused, compare, read_roster, rejected_workbook, without_clinical
from bekal.people.roster.compound import Compound
from bekal.people.roster.legacy import records_of

ROSTERS = Path(__file__).resolve().parents[3] / "tests" / "data" / "rosters"
HEADER = ["No", "Nama", "No. Reg", "NIK", "TTL", "JK", "Ekspirasi"]
JOKO = [1, "Joko Prasetyo", "B.I 118/2025", "3509121203940001", "Jember, 12 Maret 1994", "L", "14-02-28"]
CELL_OF_STRING, SHEET, STRINGS, DIMENSIONS = 0x00FD, 0x0085, 0x00FC, 0x0200


def xlsx(sheets: dict[str, list[list[Any]]], *, hidden: str = "", far: tuple[int, int] | None = None) -> bytes:
    """A workbook of these sheets; `far` is the row and column of one more cell, from nought."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if far:
            sheet.write(*far, "x")
        if name == hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def rezipped(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zipped file with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def read(data: bytes) -> Reading:
    return read_roster(data, name="x")


def refusal_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    return refused.value.code


def old_xls(patch: Callable[[bytearray, int, int, int], None]) -> bytes:
    """The XLS of the test data, with `patch` called for each record: stream, kind, place, length."""
    compound = Compound((ROSTERS / "14-lama.xls").read_bytes())
    stream = bytearray(compound.workbook() or b"")
    sheets = [
        struct.unpack_from("<I", stream, place)[0] for kind, place, _length in records_of(stream) if kind == SHEET
    ]
    for begins in (0, *sheets):
        for kind, place, length in records_of(bytes(stream), begins):
            patch(stream, kind, place, length)
    return compound.with_workbook(bytes(stream))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Nama;No. Reg;NIK\rJoko;B.I 1/2025;\rMade;B.I 2/2025;\r", 2),
        ("sep=;\nNama;No. Reg;NIK\nJoko;B.I 1/2025;\n", 1),
        ("Nama\tNo. Reg\tTTL\nJoko\tB.I 1/2025\tJember, 1 Mei 1990\n", 1),
        ("Nama;No. Reg;NIK\n", 0),
        ('Nama;No. Reg;NIK\n"Dek Joko;B.I 1/2025;\n' + "".join(f"Made;B.I {n}/2025;\n" for n in range(2, 40)), 39),
        ('Laporan\n\nNama,No. Reg,TTL\nJoko,B.I 1/2025,"Jember, 1 Mei 1990"\nTabanan\nKepala Lapas\n', 1),
    ],
    ids=["old Macintosh", "sign told", "tabs", "header alone", "quote never closed", "letter around it"],
)
def test_csv_of_every_kind_is_read(text: str, people: int) -> None:
    reading = read(text.encode())

    assert (reading.kind, reading.encoding, len(reading.rows)) == ("csv", "utf-8", people)


def test_the_row_of_a_csv_is_the_line_on_which_it_begins() -> None:
    reading = read(b'Nama;No. Reg;"Tgl\nLahir"\n"Joko\nP";B.I 1/2025;1-1-90\n\nMade;B.I 2/2025;\n')

    assert [(row.number, row.person["full_name"]) for row in reading.rows] == [(3, "Joko P"), (6, "Made")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b";;;\n;;;\n", "empty_file"),
        (b"Yth. Kepala Lapas,\nBersama ini kami kirim daftar, dan surat.\nTerima kasih, kami,\n", "not_a_spreadsheet"),
        (b"{\\rtf1 Nama; No. Reg; NIK}", "not_a_spreadsheet"),
        (b'[{"nama": 1, "reg": 2},\n{"nama": 1, "reg": 2}]', "not_a_spreadsheet"),
        (b"GIF89a" + bytes(range(256)), "not_a_spreadsheet"),
    ],
    ids=["signs alone", "letter", "rtf", "json", "gif"],
)  # fmt: skip
def test_text_that_is_no_list_is_refused(data: bytes, code: str) -> None:
    assert refusal_of(data) == code


@pytest.mark.parametrize("share", [0.1, 0.5, 0.75, 0.97])
@pytest.mark.parametrize("file", ["01-rapi.xlsx", "14-lama.xls"])
def test_a_cut_file_is_damaged(file: str, share: float) -> None:
    data = (ROSTERS / file).read_bytes()

    assert refusal_of(data[: int(len(data) * share)]) == "damaged_file"


def test_a_locked_xls_asks_for_no_password() -> None:
    def lock(stream: bytearray, kind: int, place: int, length: int) -> None:
        if kind == 0x00E1:
            struct.pack_into("<H", stream, place - 4, 0x002F)

    assert refusal_of(old_xls(lock)) == "password"


@pytest.mark.parametrize("far", [(1_048_575, 16_383), (149_000, 700), (400_000, 0), (5, 16_383)])
def test_a_far_cell_costs_nothing_and_moves_nobody(far: tuple[int, int]) -> None:
    reading = read(xlsx({"Data": [["Judul"], HEADER, [], JOKO]}, far=far))

    assert (reading.header_row, [row.number for row in reading.rows]) == (2, [4])


def test_a_far_cell_of_an_xls_costs_nothing() -> None:
    places: list[int] = []

    def far(stream: bytearray, kind: int, place: int, length: int) -> None:
        if kind == CELL_OF_STRING:
            places.append(place)
            struct.pack_into("<HH", stream, place, 65_535, 255) if len(places) == 120 else None

    assert [row.number for row in read(old_xls(far)).rows] == list(range(2, 17))


@pytest.mark.parametrize(
    ("wanted", "at", "said", "code"),
    [
        (CELL_OF_STRING, 2, 0xFFFF, "damaged_file"),
        (STRINGS, 6, 0x7FFF, "damaged_file"),
        (DIMENSIONS, 6, 0x7FFF, None),
    ],
    ids=["a column that no XLS has", "more strings than bytes", "more rows than any"],
)
def test_what_an_xls_declares_of_itself_takes_no_memory(wanted: int, at: int, said: int, code: str | None) -> None:
    def lie(stream: bytearray, kind: int, place: int, length: int) -> None:
        if kind == wanted:
            struct.pack_into("<H", stream, place + at, said)

    data = old_xls(lie)

    assert refusal_of(data) == code if code else len(read(data).rows) == 15


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b" " * 200_000_000 + b"<sheetData>"),
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999999'),
        ("xl/styles.xml", b'cellXfs count="', b'cellXfs count="9999999999'),
    ],
    ids=["entities", "bomb", "many strings", "many styles"],
)
def test_an_xlsx_that_would_grow_is_refused(part: str, old: bytes, new: bytes) -> None:
    assert (
        refusal_of(rezipped(xlsx({"Data": [HEADER, JOKO]}), part, lambda xml: xml.replace(old, new))) == "damaged_file"
    )


def test_a_hidden_sheet_is_not_read_but_its_clinical_column_keeps_the_file_from_being_kept() -> None:
    reading = read(xlsx({"Data": [HEADER, JOKO], "Lain": [["Nama", "Skor ASSIST"], ["Joko", 27]]}, hidden="Lain"))

    assert (reading.sheet.name, reading.has_clinical) == ("Data", True)


def test_a_sheet_is_found_whatever_the_case_of_its_name_and_no_other_is_taken_for_it() -> None:
    data = xlsx({"Data": [HEADER, JOKO], "Lain": [HEADER]})

    assert read_roster(data, name="x", sheet="data ").sheet.name == "Data"
    with pytest.raises(Refused):
        read_roster(data, name="x", sheet="Apa")


@pytest.mark.parametrize(
    "file", ["01-rapi.xlsx", "06-banyak-lembar.xlsx", "14-lama.xls", "07-titik-koma.csv", "23-sandi.xlsx"]
)
def test_a_file_with_some_bytes_changed_is_read_or_refused(file: str) -> None:
    whole = (ROSTERS / file).read_bytes()
    for seed in range(60):
        chance, data = Random(seed), bytearray(whole)
        for _turn in range(chance.choice([1, 3, 20, 200])):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
        with suppress(Refused):
            reading = read(bytes(data))
            assert without_clinical(reading) and rejected_workbook(reading, compare(reading, {}))
