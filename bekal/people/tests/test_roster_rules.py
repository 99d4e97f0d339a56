"""Rules of reading, as tables of cases, and laws that hold for anything."""

import contextlib
import io
import time
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bekal.people.roster import (
    Refused,
    compare,
    read_register_number,
    read_register_number_loosely,
    read_roster,
    rejected_workbook,
    without_clinical,
)
from bekal.people.roster.dates import Unreadable, read_date, split_place_and_date
from bekal.people.roster.headers import meaning_of
from bekal.people.roster.identity import read_nik
from bekal.people.roster.sentences import read_sentence

HEADER = ["No", "Nama", "No. Reg", "NIK", "TTL", "L/P", "Ekspirasi", "Ket"]
JOKO = [1, "Joko Prasetyo", "B.I 118/2025", "3509121203940001", "Jember, 12 Maret 1994", "L", "14-02-28", "-"]


def book(rows: list[list[Any]], *, sheets: dict[str, list[list[Any]]] | None = None) -> bytes:
    """A workbook with these rows, text as text."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    for name, lines in {"Data": rows, **(sheets or {})}.items():
        sheet = made.add_worksheet(name)
        for line, row in enumerate(lines):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(line, place, value)
    made.close()
    return out.getvalue()


def judged(*rows: list[Any]) -> list[tuple[str, list[str]]]:
    """Status and reasons of each row below the usual header."""
    verdicts = compare(read_roster(book([HEADER, *rows]), name="x"), {})
    return [(verdict.status, sorted(reason.code for reason in verdict.reasons)) for verdict in verdicts.rows]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("17/08/1990", date(1990, 8, 17)),
        ("17-8-90", date(1990, 8, 17)),
        ("17.08.1990", date(1990, 8, 17)),
        ("1990-08-17", date(1990, 8, 17)),
        ("1990-08-17 00:00:00", date(1990, 8, 17)),
        ("17 Agustus 1990", date(1990, 8, 17)),
        ("17 AGT 1990", date(1990, 8, 17)),
        ("17-Agu-90", date(1990, 8, 17)),
        ("5 Nop 1979", date(1979, 11, 5)),
        ("1 Peb 1980", date(1980, 2, 1)),
        ("3 May 1981", date(1981, 5, 3)),
        (33102.0, date(1990, 8, 17)),
        ("33102", date(1990, 8, 17)),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_as_they_are_written(written: Any, day: date | None) -> None:
    assert read_date(written, is_birth=True) == day


@pytest.mark.parametrize(
    "written", ["31/02/1990", "32/01/1990", "17 Augustus", "besok", 5.0, 19900817.0, "1990", "00/00/0000", 1.5]
)
def test_what_is_no_date_is_not_made_one(written: Any) -> None:
    with pytest.raises(Unreadable):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "is_birth", "year"), [("1-1-16", True, 1916), ("1-1-15", True, 2015), ("1-1-98", False, 2098)]
)
def test_two_digit_years(written: str, is_birth: bool, year: int) -> None:
    assert read_date(written, is_birth=is_birth) == date(year, 1, 1)


def test_serial_numbers_of_the_other_epoch() -> None:
    assert read_date(31640.0, is_1904=True) == read_date(33102.0)


@pytest.mark.parametrize(
    ("written", "place", "day"),
    [
        ("Tabanan, 17 Agustus 1990", "Tabanan", date(1990, 8, 17)),
        ("Banyuwangi / 09-08-1988", "Banyuwangi", date(1988, 8, 9)),
        ("Lombok Timur 17/08/1990", "Lombok Timur", date(1990, 8, 17)),
        ("17/08/1990", None, date(1990, 8, 17)),
        ("Tabanan", "Tabanan", None),
        ("-", None, None),
    ],
)
def test_place_and_date_in_one_cell(written: str, place: str | None, day: date | None) -> None:
    assert split_place_and_date(written) == (place, day, False)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("BI.123/2025", "B.I 123/2025"),
        ("B I / 123 / 2025", "B.I 123/2025"),
        ("b.i 0123/25", "B.I 123/2025"),
        ("B.II.a 7/2025", "B.IIa 7/2025"),
        ("BIIA 7/2025", "B.IIa 7/2025"),
        ("B.IIb 7/2025", "B.IIb 7/2025"),
        ("BIII 7/2025", "B.III 7/2025"),
        ("AIII 172/2025", "A.III 172/2025"),
        ("A.V 1/2025", "A.V 1/2025"),
        ("B.II 7/2025", None),
        ("A.VI 7/2025", None),
        ("C 7/2025", None),
        ("B.I 0/2025", None),
        ("BI-12", None),
        ("proses", None),
    ],
)
def test_register_numbers(written: str, number: str | None) -> None:
    assert read_register_number(written) == number


@given(
    st.sampled_from(["A.I", "A.II", "A.III", "A.IV", "A.V", "B.I", "B.IIa", "B.IIb", "B.III"]),
    st.integers(1, 99_999),
    st.integers(2000, 2099),
)
def test_a_register_number_in_order_is_left_as_it_is(kind: str, number: int, year: int) -> None:
    written = f"{kind} {number}/{year}"

    assert read_register_number(written) == written


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("5102992104979007", ("5102992104979007", False)),
        ("'5102992711883032", ("5102992711883032", False)),
        ("5102 9901 0184-5544", ("5102990101845544", False)),
        (5102994101003750.0, (None, True)),
        ("5,10299E+15", (None, True)),
        ("510299290892635", (None, True)),
        ("5102992706790201.0", (None, True)),
        ("-", (None, False)),
        (None, (None, False)),
    ],
)
def test_nik(value: Any, read: tuple[str | None, bool]) -> None:
    assert read_nik(value) == read


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("5 th 6 bln", (5, 6, 0)),
        ("5 tahun", (5, 0, 0)),
        ("10 bulan 15 hari", (0, 10, 15)),
        ("5-6-0", (5, 6, 0)),
        ("1 tahun, 3 bulan", (1, 3, 0)),
        ("5 (lima) tahun dan 6 (enam) bulan", (5, 6, 0)),
        ("2thn", (2, 0, 0)),
        ("seumur hidup", None),
        ("lima tahun", None),
        ("0-0-0", None),
        ("5 tahun 2 tahun", None),
    ],
)
def test_lengths_of_sentences(written: str, length: tuple[int, int, int] | None) -> None:
    assert read_sentence(written) == length


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Nama Warga\nBinaan", "full_name"),
        ("NAMA NARAPIDANA", "full_name"),
        ("No. Registrasi", "register_number"),
        ("Reg.", "register_number"),
        ("No. KTP", "nik"),
        ("Tempat/Tgl Lahir", "birth_place+birth_on"),
        ("Tempat dan Tanggal Lahir", "birth_place+birth_on"),
        ("Tgl. Lahir", "birth_on"),
        ("2/3 MP", "two_thirds_on"),
        ("Tgl 2/3", "two_thirds_on"),
        ("Tgl Ekspirasi", "expires_on"),
        ("Blok/Kamar", "block"),
        ("No Urut", "row_number"),
        ("Skor ASSIST", "clinical"),
        ("Hasil Tes Urine", "clinical"),
        ("Riwayat Penggunaan", "clinical"),
        ("HIV", "clinical"),
        ("Ukuran Baju", "unknown"),
        ("Umur", "unknown"),
        ("Nama Ayah", "unknown"),
    ],
)
def test_headers(header: str, meaning: str) -> None:
    assert meaning_of(header) == meaning


def test_a_row_that_is_in_order_is_new() -> None:
    assert judged(JOKO) == [("new", [])]


@pytest.mark.parametrize(
    ("changes", "status", "reasons"),
    [
        ({1: None}, "rejected", ["missing_name"]),
        ({2: None}, "rejected", ["missing_register_number"]),
        ({2: "BI-12"}, "rejected", ["bad_register_number"]),
        ({3: 3509121203940001.0}, "doubtful", ["nik_damaged"]),
        ({3: "3509125203940001"}, "doubtful", ["nik_mismatch"]),
        ({4: "Jember, 31 Februari 1994"}, "doubtful", ["impossible_date"]),
        ({1: "I Gede Oka 2"}, "doubtful", ["odd_characters"]),
        ({1: "<script>"}, "doubtful", ["odd_characters"]),
        ({7: "Mutasi ke Lapas Kenanga"}, "doubtful", ["left_by_remark"]),
        ({1: "Ma’ruf bin H. Abdul-Karim (alias Pak De)"}, "new", []),
    ],
)
def test_what_is_wrong_with_a_row_is_said(changes: dict[int, Any], status: str, reasons: list[str]) -> None:
    row = [changes.get(place, value) for place, value in enumerate(JOKO)]

    # A row in order at the end keeps a row without name or number from being the footer.
    assert judged(row, [2, "Made", "B.I 2/2025", None, None, "L", None, None])[0] == (status, reasons)


def test_rows_against_each_other() -> None:
    again = ["", "  JOKO PRASETYO ", *JOKO[2:]]
    other = ["", "Made Oka", *JOKO[2:]]
    same_nik = ["", "Made Oka", "B.I 9/2025", JOKO[3], JOKO[4], "L", None, None]

    assert judged(JOKO, again, other, same_nik)[1:] == [
        ("repeated", ["repeated_row"]),
        ("rejected", ["register_number_taken"]),
        ("doubtful", ["nik_taken"]),
    ]


def test_footers_and_repeated_headers_are_not_people() -> None:
    rows = [JOKO, HEADER, [2, "Made Oka", "B.I 9/2025"], [], ["", "Mengetahui,"], ["", "Kepala Lapas"], ["Jumlah: 2"]]

    assert [status for status, _reasons in judged(*rows)] == ["new", "new"]


def test_an_empty_cell_does_not_erase_what_is_known() -> None:
    known = {
        "B.I 118/2025": {"full_name": "Joko Prasetyo", "register_number": "B.I 118/2025", "nik": "1", "block": "C.4"}
    }
    reading = read_roster(book([HEADER, ["", "JOKO PRASETYO", "B.I 118/2025"]]), name="x")

    (verdict,) = compare(reading, known).rows

    assert (verdict.status, verdict.changes) == ("changed", ["standing"])


def test_a_corrected_mapping_is_followed_but_never_into_a_clinical_column() -> None:
    header = [*HEADER[:7], "Hasil Urine", "Kmr Lama"]
    data = book([header, [*JOKO[:7], "Negatif", "D.1"]])

    reading = read_roster(data, name="x", mapping={"H": "block", "I": "block"})

    assert reading.rows[0].person["block"] == "D.1"
    assert reading.ignored["H"] == "clinical"
    assert "Negatif" not in str([column.sample for column in reading.shown_columns()])


def test_a_clinical_column_leaves_no_trace_in_the_copy() -> None:
    header = [*HEADER, "Skor ASSIST"]
    reading = read_roster(book([header, [*JOKO, "RAHASIA-27"]]), name="x")

    with zipfile.ZipFile(io.BytesIO(without_clinical(reading))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"RAHASIA" not in everything
    assert b"ASSIST" not in everything
    assert b"Joko Prasetyo" in everything


def test_rejected_rows_come_back_as_written_with_the_reason_beside_them() -> None:
    reading = read_roster(book([HEADER, ["", "=1+1", "BI-12", None, "x"], JOKO]), name="x")

    sheet = openpyxl.load_workbook(io.BytesIO(rejected_workbook(reading, compare(reading, {})))).active

    assert [cell.value for cell in sheet[2]][:2] == ["'=1+1", "BI-12"]
    assert '"BI-12" bukan nomor register (sel C2)' in str(sheet["H2"].value)


def test_a_hidden_sheet_is_not_read_and_the_fullest_visible_one_is() -> None:
    data = book([HEADER, JOKO], sheets={"Lain": [HEADER, JOKO, [2, "Made", "B.I 2/2025"]], "Rekap": [["Jumlah", 3]]})

    assert read_roster(data, name="x").sheet.name == "Lain"
    assert read_roster(data, name="x", sheet="Data").sheet.name == "Data"


def test_a_far_cell_does_not_make_the_sheet_enormous() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet()
    for line, row in enumerate([HEADER, JOKO]):
        sheet.write_row(line, 0, row)
    sheet.write(1_048_575, 16_383, "x")
    made.close()

    assert len(read_roster(out.getvalue(), name="x").rows) == 1


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not_a_spreadsheet"),
        (b"%PDF-1.7\n1 0 obj", "not_a_spreadsheet"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "not_a_spreadsheet"),
        (b"PK\x03\x04 broken", "damaged_file"),
        (_zip(word__document_xml=b"<x/>"), "not_a_spreadsheet"),
        (b"a;b\n1;2\n", "no_header"),
        (b"Nama;No Reg\nJoko;B.I 1/2025\n", "not_a_roster"),
        (book([[None]]), "empty_file"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_roster(data, name="x")

    assert refused.value.code == code


def test_a_bomb_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 410_000_000)

    with pytest.raises(Refused) as refused:
        read_roster(bomb.getvalue(), name="x")

    assert refused.value.code == "damaged_file"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Nama;No Reg;NIK\n"]),
)
def test_any_bytes_are_read_or_refused(noise: bytes, begins: bytes) -> None:
    try:
        read_roster(begins + noise, name="x")
    except Refused as refused:
        assert str(refused)


def test_cells_that_are_never_closed_cost_no_more_than_their_length() -> None:
    xml = b"<sheetData><row r='1'>" + b'<c r="A2">' * 40_000 + b'<c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = book([HEADER, JOKO])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, b"<worksheet>" + xml + b"</worksheet>" if name == "xl/worksheets/sheet1.xml" else part)

    begun = time.monotonic()
    with contextlib.suppress(Refused):
        read_roster(out.getvalue(), name="x")

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("b1 163 2025", "B.I 163/2025"),
        ("B.I 163/2025", "B.I 163/2025"),
        ("bi/163/25", "B.I 163/2025"),
        ("a3-40-2019", "A.III 40/2019"),
        ("b 2a 7 2024", "B.IIa 7/2024"),
        ("B1163/2025", None),
        ("b1 163", None),
        ("Bagus 1 2 2025", None),
        ("b6 1 2025", None),
    ],
)
def test_a_register_number_is_found_however_it_is_typed(typed: str, number: str | None) -> None:
    assert read_register_number_loosely(typed) == number
