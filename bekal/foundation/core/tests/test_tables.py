import io
from datetime import date

import openpyxl
import pytest

from bekal.foundation.core.tables import csv_bytes, harmless, xlsx_bytes


@pytest.mark.parametrize("text", ["=1+1", "+62", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "%0A=1"])
def test_text_that_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Joko", "-", "–", "B.I 118/2025", 12, None, date(2026, 12, 9)])
def test_ordinary_values_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


def test_csv_opens_in_excel_with_days_and_no_formula() -> None:
    content = csv_bytes(["Nama", "Hari"], [["=HYPERLINK(1)", date(2026, 12, 9)], ["I Made", None]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1);2026-12-09" in content.decode("utf-8-sig")


def test_xlsx_keeps_text_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("Daftar", ["Nama", "Hari"], [["=1+1", date(2026, 12, 9)]])))
    cell = book.active["A2"]

    assert cell.value == "=1+1"
    assert cell.data_type == "s"
