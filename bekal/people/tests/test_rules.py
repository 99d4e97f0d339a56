from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference
from bekal.people import rules


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("I Wayan Mudita", "i wayan mudita"),
        ("  I  GUSTI NGURAH RA'I ", "i gusti ngurah rai"),
        ("José Ramos-Horta", "jose ramos horta"),
        ("Ni Luh Putu, S.Pd.", "ni luh putu s pd"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("--", ""),
    ],
)
def test_a_name_is_searched_without_case_accents_and_signs(name: str, searched: str) -> None:
    assert rules.search_name(name) == searched


@given(st.text(max_size=200))
def test_what_is_searched_is_searched_the_same_again(name: str) -> None:
    searched = rules.search_name(name)

    assert rules.search_name(searched) == searched
    assert len(searched) <= rules.NAME_LENGTH
    assert rules.is_named(searched, searched)


@pytest.mark.parametrize(
    ("term", "named"), [("wayan", True), ("mudi way", True), ("i wayan mudita", True), ("wyan", False), ("ayan", False)]
)
def test_every_word_typed_begins_a_word_of_the_name(term: str, named: bool) -> None:
    assert rules.is_named("i wayan mudita", term) is named


@pytest.mark.parametrize("typed", ["5102 0417 0890 0004", "'5102041708900004", "5102.0417.0890-0004"])
def test_a_nik_may_be_typed_with_signs(typed: str) -> None:
    assert rules.digits_of_nik(typed) == "5102041708900004"


@pytest.mark.parametrize("typed", ["510204170890000", "5,10203E+15", "51020417089000041", "nik", "٥١٠٢٠٤١٧٠٨٩٠٠٠٠٤"])
def test_anything_else_is_no_nik(typed: str) -> None:
    with pytest.raises(RuleBroken):
        rules.digits_of_nik(typed)


def test_a_masked_nik_keeps_four_digits_at_each_end() -> None:
    assert rules.masked_nik("5102041708900004") == "5102…0004"


@pytest.mark.parametrize(
    ("offence", "group"),
    [
        ("Pasal 112 UU 35/2009", "narcotics"),
        ("Pasal 114 ayat (1) UU RI No. 35 Tahun 2009", "narcotics"),
        ("Pasal 2 UU 31/1999 jo. UU 20/2001", "corruption"),
        ("Pasal 363 KUHP", "theft"),
        ("Perjudian", "other"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_law_that_leaves_no_doubt_names_the_group(offence: str | None, group: str) -> None:
    assert rules.offence_group(offence, groups=reference.rows("offence_groups")) == group


def test_legal_dates_do_not_fall() -> None:
    rules.check_legal_dates([date(2026, 1, 1), None, date(2026, 1, 1), date(2027, 1, 1)])
    with pytest.raises(RuleBroken):
        rules.check_legal_dates([date(2026, 1, 2), None, date(2026, 1, 1), None])


@pytest.mark.parametrize(
    ("kind", "ended_on", "field"),
    [
        ("lost", date(2026, 3, 1), "end_kind"),
        ("release", date(2026, 12, 9), "ended_on"),
        ("parole", date(2026, 1, 4), "ended_on"),
    ],
)
def test_a_stay_ends_in_a_known_way_in_its_time(kind: str, ended_on: date, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_end(kind=kind, ended_on=ended_on, admitted_on=date(2026, 1, 5), today=date(2026, 12, 8))

    assert refusal.value.field == field


def test_age_counts_whole_years() -> None:
    assert rules.age_on(date(1994, 3, 12), date(2026, 3, 11)) == 31
    assert rules.age_on(date(1994, 3, 12), date(2026, 3, 12)) == 32


def test_the_moves_of_a_roster_have_no_dead_ends() -> None:
    assert problems(rules.ROSTER_MOVES, start="reading", final={"committed", "refused", "cancelled"}) == []
