from datetime import time

import pytest

from bekal.delivery.ceremonies import rules
from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken


def test_the_moves_of_a_ceremony_hold_together() -> None:
    final = {CeremonyStatus.ENDED, CeremonyStatus.CANCELLED}

    assert problems(rules.CEREMONY_MOVES, start=CeremonyStatus.PLANNED, final=final) == []


def test_the_moves_of_a_hand_over_hold_together() -> None:
    assert problems(rules.HAND_OVER_MOVES, start=HandOverOutcome.WAITING, final=set()) == []


@pytest.mark.parametrize(
    ("start", "minutes", "hour"),
    [(time(8, 30), 0, time(8, 30)), (time(8, 30), 100, time(10, 10)), (time(23), 90, time(23, 59))],
)
def test_a_line_of_the_running_order_stands_so_long_after_the_start(start: time, minutes: int, hour: time) -> None:
    assert rules.later(start, minutes) == hour


@pytest.mark.parametrize(
    ("confidential", "sees_care", "refused"), [(0, False, False), (1, True, False), (1, False, True)]
)
def test_a_batch_is_closed_by_whoever_sees_its_participants(confidential: int, sees_care: bool, refused: bool) -> None:
    try:
        rules.check_sees_all(confidential=confidential, sees_care=sees_care)
    except RuleBroken:
        assert refused
    else:
        assert not refused


def test_a_ceremony_does_not_end_before_each_hand_over_is_recorded() -> None:
    rules.check_all_recorded(0)
    with pytest.raises(RuleBroken, match="2"):
        rules.check_all_recorded(2)
