from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.core import days
from bekal.foundation.core.words import in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (45, "empat puluh lima"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_500_000, "satu juta lima ratus ribu"),
        (2_000_000_000, "dua miliar"),
    ],
)
def test_numbers_are_spoken_as_offices_write_them(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(min_value=0, max_value=10**15 - 1), st.integers(min_value=0, max_value=10**15 - 1))
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)
    assert "  " not in in_words(one)


def test_a_number_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        in_words(-1)


def test_days_are_written_in_indonesian() -> None:
    day = date(2026, 12, 9)

    assert days.long_day(day) == "9 Desember 2026"
    assert days.short_day(day) == "9 Des 2026"
    assert days.weekday(day) == "Rabu"
    assert days.span(date(2026, 11, 2), day) == "2 Nov – 9 Des 2026"
    assert days.span(date(2025, 11, 2), day) == "2 Nov 2025 – 9 Des 2026"
