"""The reference tables say what they are, where they come from, and fit what the code asks of them."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

from bekal.delivery.programmes.choices import CriterionRule, ExitGroup, ProgrammeKind
from bekal.foundation.facilities.choices import FacilityKind, Zone
from bekal.foundation.facilities.reference import by_code, rows
from bekal.foundation.papers.choices import PaperKind
from bekal.foundation.papers.rules import check_pattern
from bekal.people.choices import ConsentKind, CustodyEnd, Standing

TABLES = sorted(path.stem for path in Path(settings.REFERENCE).glob("*.csv"))
# What names a row where it is not a code.
KEYS = {"holidays": ("on", "name"), "number_formats": ("kind",)}
VALUES = {
    CriterionRule.STANDING_IS: lambda value: value in Standing.values,
    CriterionRule.OFFENCE_GROUP_IS: lambda value: value in by_code("offence_groups"),
    CriterionRule.SERVED_FRACTION_AT_LEAST: lambda value: 0 < Fraction(value) < 1,
    CriterionRule.REMAINING_DAYS_AT_LEAST: str.isdecimal,
    CriterionRule.SENTENCE_AT_MOST_MONTHS: str.isdecimal,
    CriterionRule.SENTENCE_AT_LEAST_MONTHS: str.isdecimal,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_its_source_in_the_last_column(table: str) -> None:
    for row in rows(table):
        assert list(row)[-1] == "source"
        # `holidays.source` is a column of 160 characters.
        assert 0 < len(row["source"]) <= 160, row


@pytest.mark.parametrize("table", TABLES)
def test_no_row_has_more_or_fewer_cells_than_the_header(table: str) -> None:
    for row in rows(table):
        assert None not in row and None not in row.values(), row
        assert all(cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_there_twice(table: str) -> None:
    keys = Counter(tuple(row[column] for column in KEYS.get(table, ("code",))) for row in rows(table))

    assert not [key for key, times in keys.items() if times > 1]


def test_the_country_has_38_provinces_and_514_regencies() -> None:
    kinds = Counter(row["kind"] for row in rows("regencies"))

    assert len(rows("provinces")) == 38
    assert kinds == {"kabupaten": 416, "kota": 98}


def test_every_regency_lies_in_its_province_and_in_its_time_zone() -> None:
    provinces = by_code("provinces")

    for row in rows("regencies"):
        province = provinces[row["province_code"]]
        assert re.fullmatch(rf"{province['code']}\.\d\d", row["code"]), row
        assert row["zone"] == province["zone"], row
        assert row["zone"] in Zone.values, row


@pytest.mark.parametrize(
    ("regency", "zone"),
    [("51.02", "WITA"), ("61.71", "WIB"), ("62.71", "WIB"), ("63.71", "WITA"), ("65.71", "WITA"), ("96.71", "WIT")],
)
def test_known_towns_keep_their_time(regency: str, zone: str) -> None:
    assert by_code("regencies")[regency]["zone"] == zone


def test_tables_that_stand_beside_choices_have_the_same_codes() -> None:
    assert set(by_code("facility_kinds")) == set(FacilityKind.values)
    assert set(by_code("standings")) == set(Standing.values)
    assert set(by_code("custody_ends")) == set(CustodyEnd.values)
    assert {row["kind"] for row in rows("number_formats")} >= set(PaperKind.values)
    assert {row["standing"] for row in rows("register_classes")} <= set(Standing.values)


def test_every_question_of_consent_has_words_that_say_that_no_costs_nothing() -> None:
    assert {row["kind"] for row in rows("consent_texts")} == set(ConsentKind.values)
    for row in rows("consent_texts"):
        assert date.fromisoformat(row["valid_from"])
        assert "Jawaban tidak mengubah apa pun" in row["text"] and "dicabut kapan saja" in row["text"]


def test_every_end_of_a_stay_has_an_exit_of_its_own_and_only_death_is_no_legal_exit() -> None:
    exits = by_code("exit_kinds")

    for code in by_code("custody_ends"):
        assert exits[code]["group"] == (ExitGroup.DIED if code == CustodyEnd.DEATH else ExitGroup.BY_LAW)


def test_who_does_not_leave_by_law_or_death_leaves_with_a_reason() -> None:
    for row in rows("exit_kinds"):
        assert row["group"] in ExitGroup.values
        assert (row["needs_reason"] == "yes") == (row["group"] in (ExitGroup.REMOVED, ExitGroup.WITHDREW)), row


def test_reasons_for_absence_say_whether_they_excuse() -> None:
    assert {row["excused"] for row in rows("absence_reasons")} == {"yes", "no"}


def test_holidays_are_as_many_as_the_three_ministers_decided() -> None:
    counted = Counter((date.fromisoformat(row["on"]).year, row["kind"]) for row in rows("holidays"))

    assert counted == {
        (2025, "libur nasional"): 17,
        (2025, "cuti bersama"): 11,
        (2026, "libur nasional"): 17,
        (2026, "cuti bersama"): 8,
        (2027, "libur nasional"): 18,
        (2027, "cuti bersama"): 8,
    }


def test_numbers_can_be_written_and_a_certificate_tells_neither_kind_nor_place() -> None:
    patterns = {row["kind"]: row["pattern"] for row in rows("number_formats")}

    for pattern in patterns.values():
        check_pattern(pattern)
    assert not re.search(r"[A-Za-z]", re.sub(r"\{[^}]*\}", "", patterns[PaperKind.CERTIFICATE]))
    assert "kode_upt" not in patterns[PaperKind.CERTIFICATE]


@pytest.mark.parametrize("row", rows("eligibility_criteria"), ids=lambda row: row["code"])
def test_a_criterion_asks_what_a_rule_can_answer(row: dict[str, str]) -> None:
    assert row["programme_kind"] in ProgrammeKind.values
    assert VALUES[CriterionRule(row["rule"])](row["value"])
    assert date.fromisoformat(row["valid_from"])
    assert not row["valid_until"] or row["valid_until"] > row["valid_from"]
    assert row["basis"] and row["verified"] in ("yes", "no")


@pytest.mark.parametrize(
    ("offence", "group"),
    [
        ("Pasal 112 UU 35/2009", "narcotics"),
        ("Ps. 114 ayat (1) UU RI No. 35 Tahun 2009", "narcotics"),
        ("Narkotika", "narcotics"),
        ("Pasal 609 KUHP", "narcotics"),
        ("Pasal 5 UU No. 5 Tahun 2018", "terrorism"),
        ("Tipikor, Pasal 3 UU 31/1999 jo. UU 20/2001", "corruption"),
        ("Pasal 81 UU Perlindungan Anak", "sexual"),
        ("Persetubuhan", "sexual"),
        ("310 ayat (4) UU 22/2009", "traffic"),
        ("Pasal 363 KUHP", "theft"),
        ("363 ayat (1) ke-4 KUHP", "theft"),
        ("Curanmor", "theft"),
        ("Pasal 378 KUHP", "fraud"),
        ("Penggelapan", "fraud"),
        ("Pasal 351 KUHP", "violence"),
        ("Pembunuhan berencana", "violence"),
        ("Perjudian", "other"),
        ("Pasal 2 UU Darurat 12/1951", "other"),
    ],
)
def test_an_offence_as_written_falls_into_its_group(offence: str, group: str) -> None:
    first = next(row for row in rows("offence_groups") if re.search(row["pattern"], offence.casefold()))

    assert first["code"] == group
