"""Rules of facilities, as tables of cases."""

from datetime import date

import pytest

from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import rules


@pytest.mark.parametrize("day", [date(1945, 8, 17), date(2026, 11, 24), date(9999, 12, 31)])
def test_officials_take_office_from_the_republic_on(day: date) -> None:
    rules.check_takes_office(day)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1, 1, 2), date(202, 6, 1), date(1945, 8, 16)])
def test_a_year_that_is_a_slip_of_the_pen_is_refused_by_its_field(day: date) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_takes_office(day)

    assert refused.value.field == "from_on"
