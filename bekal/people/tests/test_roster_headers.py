"""Headers as desks draw them: merged and in two rows, under letters and titles, with words and numbers of their own."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from bekal.people.roster import Reading, read_roster, without_clinical
from bekal.people.roster.synonyms import CLINICAL, meaning_of

UPPER = ["No", "NAMA", "NO. REGISTER", "LAHIR", None, "JK", "PUTUSAN", "TANGGAL", None, None, "HASIL TES", None, "KET"]
LOWER = [None, None, None, "TEMPAT", "TANGGAL", None, None, "2/3", "EKSPIRASI", "MASUK", "AWAL", "AKHIR", None]
JOKO = [
    1,
    "Joko",
    "B.I 1/2025",
    "Jember",
    "1-1-90",
    "L",
    "5 Th 6 Bln",
    "1/1/27",
    "1/1/28",
    "2-2-25",
    "RAHASIA",
    "x",
    "y",
]
MERGED = [(0, 3, 0, 4), (0, 7, 0, 9), (0, 10, 0, 11)]
MEANT = {
    "B": "full_name", "C": "register_number", "D": "birth_place", "E": "birth_on", "F": "sex", "G": "sentence",
    "H": "two_thirds_on", "I": "expires_on", "J": "admitted_on", "M": "remark",
}  # fmt: skip
Ranges = list[tuple[int, int, int, int]]


def sheet(rows: list[list[Any]], merged: Ranges | None = None, *, name: str = "Data") -> Reading:
    """What is read of a sheet with these rows and merged ranges (first row, first column, last row, last column)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    written, day = book.add_worksheet(name), book.add_format({"num_format": "d-mmm"})
    for place in merged or []:
        written.merge_range(*place, "")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                written.write_datetime(number, column, value, day)
            elif value is not None:
                written.write(number, column, value)
    book.close()
    return read_roster(out.getvalue(), name="x")


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "not merged"])
def test_a_header_in_two_rows_is_read_as_one(merged: Ranges) -> None:
    reading = sheet([UPPER, LOWER, JOKO], merged)

    assert (reading.header_row, reading.columns) == (2, MEANT)
    assert reading.ignored == {"A": "row_number", "K": "clinical", "L": "clinical"}


def test_a_header_in_two_rows_is_read_from_csv_too() -> None:
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in (UPPER, LOWER, JOKO)]

    assert read_roster("\n".join(lines).encode(), name="x").columns == MEANT


def test_a_copy_without_clinical_columns_is_read_like_the_file() -> None:
    reading = sheet(
        [["Kop surat"], *[UPPER, LOWER, JOKO]], [(a + 1, b, c + 1, d) for a, b, c, d in MERGED], name="Rehab"
    )

    copy = read_roster(without_clinical(reading), name="x", sheet="Rehab")

    assert (copy.columns, copy.header_row, copy.header_key) == (reading.columns, 3, reading.header_key)
    assert [(row.number, row.person) for row in copy.rows] == [(row.number, row.person) for row in reading.rows]
    assert (copy.has_clinical, copy.sheet.name) == (False, "Daftar")


@pytest.mark.parametrize("merged", [[(0, 0, 0, 4)], []])
def test_a_title_says_nothing_of_the_columns_below_it(merged: Ranges) -> None:
    rows = [
        ["DAFTAR PESERTA REHABILITASI"],
        ["No", "Nama", "No. Reg", "Umur", "NIK"],
        [1, "Joko", "B.I 1/2025", 30, None],
    ]

    assert sheet(rows, merged).ignored == {"A": "row_number", "D": "unknown"}


@pytest.mark.parametrize("numbers", [[1, 2, 3, 4], ["(1)", "(2)", "(3)", "(4)"]])
def test_a_row_that_numbers_the_columns_is_nobody(numbers: list[Any]) -> None:
    reading = sheet([["No", "Nama", "No. Reg", "TTL"], numbers, [1, "Joko", "B.I 1/2025", "Jember, 1-1-90"]])

    assert [row.number for row in reading.rows] == [3]


def test_the_title_of_a_block_and_its_sum_are_nobody() -> None:
    rows = [
        ["Nama", "No. Reg", "TTL"],
        ["BLOK ANGGREK"],
        ["Joko", "B.I 1/2025", "Jember, 1-1-90"],
        ["Jumlah", 1, None],
        ["Made", "B.I 2/2025", "Jember, 1-1-90"],
        ["JUMLAH", 2],
    ]

    assert [row.number for row in sheet(rows, [(1, 0, 1, 2)]).rows] == [3, 5]


def test_fractions_that_became_days_are_fractions_again() -> None:
    header = ["Nama", "No. Reg", date(2025, 3, 1), date(2025, 1, 2), date(2025, 3, 2), "Exp"]

    columns = sheet([header, ["Joko", "B.I 1/2025", "1-1-26", "1-1-27", "1-2-27", "1-1-28"]]).columns

    assert list(columns.values())[2:] == ["third_on", "half_on", "two_thirds_on", "expires_on"]


def test_a_column_without_a_word_is_said_to_be_ignored() -> None:
    reading = sheet([["Nama", None, "No. Reg", "TTL"], ["Joko", "alias", "B.I 1/2025", "Jember, 1-1-90"]])

    assert reading.ignored == {"B": "unknown"}


@pytest.mark.parametrize(
    ("meaning", "headers"),
    [
        ("full_name", "N A M A; Nama WBP/Tahanan; Nama Lengkap (sesuai KTP); nama_lengkap"),
        ("register_number", "NO.REG; No\nReg; No. Register/Registrasi; no_reg; Register"),
        ("nik", "N.I.K.; NIK/No. KTP; NIK (16 digit); Nomor KTP"),
        ("birth_place+birth_on", "T.T.L; Tempat & Tgl. Lahir; TTL (Tempat, Tanggal Lahir); Tempat, Tanggal Lahir"),
        ("birth_place", "Tmp. Lahir; Tempat\nLahir; Kelahiran Tempat"),
        ("birth_on", "TGL.LAHIR; Tanggal Lahir (dd/mm/yyyy); Lahir Tgl"),
        ("sex", "J.K.; Jenis Kelamin (L/P); L / P; Jns Kelamin"),
        ("offence", "Pasal/Perkara; Jenis Tindak Pidana; Pasal yang Dilanggar"),
        ("sentence", "LAMA PIDANA (Th-Bl-Hr); Putusan/Vonis; Vonis Hakim"),
        ("third_on", "⅓; Tgl. 1/3 MP; TAHAP PEMBINAAN 1/3"),
        ("two_thirds_on", "⅔; Tanggal\n2/3; 2/3 Masa Pidana"),
        ("expires_on", "EKSPIRASI (BEBAS MURNI); Tgl Bebas Murni; Exp.; Ekspirasi/Bebas Murni"),
        ("admitted_on", "Tgl Masuk Lapas/Rutan; TGL\nMASUK; Tanggal Masuk UPT"),
        ("block", "Blok - Kamar; Blok & Kamar; No. Kamar; Kamar Hunian"),
        ("remark", "Ket.; Ket/Catatan; Keterangan Lain"),
        ("row_number", "NO.; No.Urut; NOMOR\nURUT"),
        (CLINICAL, "ASSIST 1/2; A.S.I; Keterangan (kesehatan); Gol. Darah; Hasil Lab; Tensi; THC; Lama Pemakaian; Konselor"),
        (CLINICAL, "Zat yang digunakan; Jenis Narkotika; CD4; ODGJ; Post WHOQOL; Program Rehabilitasi; Riwayat Penyakit"),
        ("unknown", "Tgl Putusan; Sisa Pidana; Status Perkawinan; Nama Alias; Riwayat Pendidikan; Ukuran Pakaian; Register F"),
    ],
)  # fmt: skip
def test_words_of_desks_are_understood(meaning: str, headers: str) -> None:
    assert {header: meaning_of(header) for header in headers.split("; ")} == dict.fromkeys(headers.split("; "), meaning)
