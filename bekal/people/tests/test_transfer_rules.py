from datetime import date

import pytest

from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken
from bekal.people import rules
from bekal.people.rules import Side

DAY = date(2026, 12, 8)
ORIGIN, DESTINATION = Side.ORIGIN, Side.DESTINATION


def test_every_state_of_a_transfer_is_reached_and_left() -> None:
    final = {"refused", "withdrawn", "arrived", "turned_back"}

    assert problems(rules.TRANSFER_MOVES, start="requested", final=final) == []


@pytest.mark.parametrize(
    ("status", "asked_by_destination", "side", "moves"),
    [
        ("requested", False, ORIGIN, {"withdrawn"}),
        ("requested", False, DESTINATION, {"agreed", "refused"}),
        ("requested", True, ORIGIN, {"agreed", "refused"}),
        ("requested", True, DESTINATION, {"withdrawn"}),
        ("agreed", False, ORIGIN, {"departed", "withdrawn"}),
        ("agreed", True, ORIGIN, {"departed", "withdrawn"}),
        ("agreed", False, DESTINATION, {"withdrawn"}),
        ("departed", True, ORIGIN, {"turned_back"}),
        ("departed", True, DESTINATION, {"arrived"}),
        ("departed", False, None, {"turned_back", "arrived"}),
        ("arrived", False, ORIGIN, set()),
        ("refused", False, DESTINATION, set()),
    ],
)
def test_each_side_makes_its_own_moves(
    status: str, asked_by_destination: bool, side: Side | None, moves: set[str]
) -> None:
    assert rules.transfer_moves(status, side=side, asked_by_destination=asked_by_destination) == moves


def test_nobody_agrees_to_what_they_asked_themselves() -> None:
    with pytest.raises(RuleBroken):
        rules.check_turn("agreed", status="requested", side=ORIGIN, asked_by_destination=False)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"letter_on": date(2026, 12, 9)}, "letter_on"),
        ({"planned_on": date(2026, 12, 7)}, "planned_on"),
    ],
)
def test_a_request_that_will_not_do_names_its_field(facts: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_request(
            **{"reason": "Dekat keluarga", "letter_on": None, "planned_on": None, "today": DAY, **facts}
        )  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_fifty_questions_a_day_are_enough() -> None:
    rules.check_may_ask(asked_today=rules.MOST_ASKED_A_DAY - 1)

    with pytest.raises(RuleBroken):
        rules.check_may_ask(asked_today=rules.MOST_ASKED_A_DAY)


@pytest.mark.parametrize("arrived_on", [date(2026, 12, 5), date(2026, 12, 9)])
def test_nobody_arrives_before_departure_or_tomorrow(arrived_on: date) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_arrival(arrived_on=arrived_on, departed_on=date(2026, 12, 6), today=DAY)

    assert refusal.value.field == "arrived_on"
