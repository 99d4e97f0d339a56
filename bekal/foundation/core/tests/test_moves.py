import pytest

from bekal.foundation.core.moves import check_move, diagram, problems
from bekal.foundation.core.refusals import RuleBroken

DOOR = {"shut": {"open"}, "open": {"shut", "gone"}, "gone": set()}


def test_a_move_in_the_table_is_let_through_and_any_other_refused() -> None:
    check_move(DOOR, "shut", "open")

    with pytest.raises(RuleBroken):
        check_move(DOOR, "shut", "gone")
    with pytest.raises(RuleBroken):
        check_move(DOOR, "unknown", "open")


@pytest.mark.parametrize(
    ("table", "final", "found"),
    [
        (DOOR, {"gone"}, []),
        (DOOR, set(), ["gone cannot be left"]),
        ({**DOOR, "island": {"open"}}, {"gone"}, ["island cannot be reached"]),
        ({**DOOR, "gone": {"open"}}, {"gone"}, ["gone is final and can be left"]),
        ({"shut": {"ajar"}}, set(), ["ajar is not a row of the table"]),
    ],
)
def test_the_checker_finds_what_is_wrong_with_a_table(table, final, found) -> None:  # type: ignore[no-untyped-def]
    assert problems(table, start="shut", final=final) == found


def test_a_table_is_drawn_with_its_labels() -> None:
    drawn = diagram(DOOR, start="shut", labels={"shut": "Tertutup", "open": "Terbuka", "gone": "Hilang"})

    assert "open: Terbuka" in drawn
    assert "shut --> open" in drawn
    assert "gone --> [*]" in drawn
