"""Tables of cases for the rules of programmes. No database."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import CriterionRule
from bekal.delivery.programmes.rules import CatchUp, Facts, Finding, Mark, Slot, State
from bekal.delivery.programmes.rules.eligibility import RULES
from bekal.foundation.core.moves import problems
from bekal.foundation.core.refusals import RuleBroken

START, END = date(2026, 11, 2), date(2026, 12, 8)
KNOWN = Facts(
    standing="sentenced",
    sentence=(3, 0, 0),
    third_on=date(2026, 2, 14),
    half_on=date(2026, 11, 20),
    two_thirds_on=date(2027, 2, 14),
    expires_on=date(2028, 2, 14),
    offence_group="theft",
)
NOTHING = Facts(standing="")


@pytest.mark.parametrize(
    ("moves", "start", "final"),
    [
        (rules.BATCH_MOVES, "planned", {"completed", "cancelled"}),
        (rules.NOMINATION_MOVES, "proposed", {"accepted", "refused", "withdrawn"}),
        (rules.HEARING_MOVES, "open", {"decided"}),
        (rules.DECREE_MOVES, "draft", {"signed"}),
        (rules.ENROLMENT_MOVES, "enrolled", {"completed", "participated", "left"}),
        (rules.TAG_MOVES, "worn", {"released"}),
        (rules.SESSION_MOVES, "planned", set()),
        (rules.CORRECTION_MOVES, "requested", {"accepted", "refused", "withdrawn"}),
    ],
)
def test_every_table_of_moves_is_proven(moves, start, final):
    assert problems(moves, start=start, final=final) == []


@pytest.mark.parametrize(
    ("counted", "held", "rate"),
    [(0, 0, None), (0, 20, "0.00"), (15, 20, "75.00"), (20, 20, "100.00"), (2, 3, "66.67")],
)
def test_attendance_rate(counted, held, rate):
    assert rules.attendance_rate(counted_jp=counted, held_jp=held) == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize(
    ("counted", "held", "percent", "completed"),
    [
        (0, 0, 0, False),
        (16, 20, 80, True),
        (15, 20, 80, False),
        (0, 20, 0, True),
        (20, 20, 100, True),
        (19, 20, 100, False),
    ],
)
def test_whoever_reaches_the_percent_of_held_hours_has_completed(counted, held, percent, completed):
    assert rules.has_completed(counted_jp=counted, held_jp=held, percent=percent) is completed


@given(some.integers(0, 200), some.integers(1, 200), some.integers(0, 100))
def test_more_hours_never_undo_a_completion(counted, held, percent):
    fewer = rules.has_completed(counted_jp=counted, held_jp=held, percent=percent)

    assert rules.has_completed(counted_jp=counted + 1, held_jp=held, percent=percent) >= fewer


@pytest.mark.parametrize(
    ("today", "is_recorded", "may"),
    [
        (date(2026, 12, 7), False, False),
        (date(2026, 12, 8), True, True),
        (date(2026, 12, 15), True, True),
        (date(2026, 12, 16), True, False),
        (date(2026, 12, 16), False, True),
    ],
)
def test_marks_change_for_seven_days_and_what_is_missing_may_follow(today, is_recorded, may):
    assert rules.may_edit_attendance(held_on=END, today=today, is_recorded=is_recorded) is may


@pytest.mark.parametrize(
    "mark",
    [
        Mark(False),
        Mark(False, "invented"),
        Mark(False, "sick", counted_jp=1),
        Mark(False, "sick", "active"),
        Mark(True, "sick"),
        Mark(True, counted_jp=6),
        Mark(True, participation="asleep"),
    ],
)
def test_a_mark_that_contradicts_itself_is_refused(mark):
    with pytest.raises(RuleBroken):
        rules.check_mark(mark, held_jp=5, reasons={"sick"})


def test_sessions_fall_on_the_pattern_and_on_no_holiday():
    days = rules.session_days(START, date(2026, 11, 15), weekdays=[1, 5], holidays={date(2026, 11, 13)})

    assert [day.day for day in days] == [2, 6, 9]


def _slot(day, begins, ends, *, place=1, teachers="o1", heads=10, is_shared=False):
    return Slot(day, time(begins), time(ends), place, frozenset(teachers.split()), heads, is_shared, "TB1")


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (_slot(START, 11, 13, teachers="o2"), "place"),
        (_slot(START, 12, 13), None),
        (_slot(START, 8, 12, place=2), "o1"),
        (_slot(START, 8, 12, place=2, teachers="i1"), None),
        (_slot(START, 8, 12, place=2, teachers=""), None),
        (_slot(START, 8, 12, teachers="", is_shared=True), "place"),
        (_slot(END, 8, 12), None),
    ],
)
def test_place_and_teacher_are_needed_once_at_a_time(other, what):
    found = rules.clash([_slot(START, 8, 12)], [other])

    assert (found.what if found else None) == what


@pytest.mark.parametrize(("heads", "is_full"), [(10, False), (11, True)])
def test_a_shared_place_takes_as_many_as_it_has_room_for(heads, is_full):
    mine = _slot(START, 8, 12, heads=heads, teachers="o2", is_shared=True)
    others = [_slot(START, 9, 10, is_shared=True), _slot(START, 12, 14, is_shared=True)]

    assert rules.clash([mine], others) is None
    assert (rules.crowded([mine], others, room={1: 20}) is not None) is is_full


@pytest.mark.parametrize(
    ("rows", "jp", "credited"),
    [
        ([], 0, 0),
        ([CatchUp(1, 5, 5)], 5, 0),
        ([CatchUp(1, 5, 5, True)], 5, 5),
        ([CatchUp(1, 3, 5, True)], 3, 3),
        ([CatchUp(1, 5, 3, True), CatchUp(1, 5, 3, True)], 5, 5),
        ([CatchUp(1, 5, 5, True, 20), CatchUp(2, 5, 5, True, 20)], 10, 4),
        ([CatchUp(1, 5, 5, True), CatchUp(2, 5, 4, False)], 9, 5),
    ],
)
def test_hours_are_made_up_once_and_count_as_the_rule_says(rows, jp, credited):
    assert rules.made_up(rows, held_jp=20) == rules.MadeUp(jp, credited)


@given(
    some.lists(
        some.builds(
            CatchUp, some.integers(1, 3), some.just(5), some.integers(0, 6), some.booleans(), some.integers(0, 100)
        )
    )
)
def test_nobody_makes_up_more_than_was_missed(rows):
    found = rules.made_up(rows, held_jp=20)

    assert found.credited_jp <= found.jp <= 5 * len({row.missed for row in rows})


def test_modules_follow_each_other_by_their_hours():
    assert rules.modules_in_turn([5, 5, 5, 5, 5], [10, 5, 5]) == [0, 0, 1, 2, None]


@pytest.mark.parametrize("rule", list(RULES))
def test_what_is_not_known_is_never_met(rule):
    value = {"standing_is": "sentenced", "offence_group_is": "theft", "served_fraction_at_least": "1/3"}.get(rule, "6")

    assert rules.judge(rule, value, NOTHING, starts_on=START, ends_on=END).finding == Finding.UNKNOWN


def test_each_criterion_has_its_function():
    assert set(RULES) == set(CriterionRule.values)
    assert all(function.__name__ == code for code, function in RULES.items())


@pytest.mark.parametrize(
    ("rule", "value", "finding"),
    [
        ("standing_is", "sentenced", Finding.MET),
        ("standing_is", "remand|child", Finding.NOT_MET),
        ("remaining_days_at_least", "0", Finding.MET),
        ("remaining_days_at_least", "433", Finding.MET),
        ("remaining_days_at_least", "434", Finding.NOT_MET),
        ("served_fraction_at_least", "1/3", Finding.MET),
        ("served_fraction_at_least", "1/2", Finding.WILL_BE),
        ("served_fraction_at_least", "2/3", Finding.WILL_BE),
        ("sentence_at_most_months", "36", Finding.MET),
        ("sentence_at_most_months", "35", Finding.NOT_MET),
        ("sentence_at_least_months", "36", Finding.MET),
        ("sentence_at_least_months", "37", Finding.NOT_MET),
        ("offence_group_is", "theft|fraud", Finding.MET),
        ("offence_group_is", "narcotics", Finding.NOT_MET),
    ],
)
def test_criteria(rule, value, finding):
    assert rules.judge(rule, value, KNOWN, starts_on=START, ends_on=END).finding == finding


def test_days_beyond_whole_months_count():
    longer = Facts(standing="sentenced", sentence=(3, 0, 1))

    verdict = rules.judge("sentence_at_most_months", "36", longer, starts_on=START, ends_on=END)
    assert verdict.finding == Finding.NOT_MET


def test_the_house_asks_that_one_is_still_here_at_the_end():
    gone = Facts(standing="sentenced", expires_on=date(2026, 12, 7))

    verdicts = rules.judge_all([], gone, starts_on=START, ends_on=END)

    assert [verdict.finding for verdict in verdicts] == [Finding.NOT_MET]
    with pytest.raises(RuleBroken):
        rules.needs_exception(verdicts, reason=" ")
    rules.needs_exception(verdicts, reason="Selesai di luar")


@pytest.mark.parametrize(
    ("rule", "said", "kept"),
    [
        ("remaining_days_at_least", "30", "30"),
        ("remaining_days_at_least", "-1", None),
        ("served_fraction_at_least", "1/3", "1/3"),
        ("served_fraction_at_least", "0.33", None),
        ("standing_is", "sentenced|child", "sentenced|child"),
        ("standing_is", "narapidana, Anak Binaan", "sentenced|child"),
        ("standing_is", "napi", None),
        ("standing_is", "Narapidana,", None),
    ],
)
def test_a_criterion_has_a_value_that_fits(rule, said, kept):
    known = {"standing_is": {"sentenced": "Narapidana", "child": "Anak Binaan"}}
    if kept:
        assert rules.read_value(rule, said, known=known) == kept
    else:
        with pytest.raises(RuleBroken):
            rules.read_value(rule, said, known=known)


def test_completion_is_told_with_both_denominators():
    told = rules.completion(completed=17, everyone=20, left_by_law=2)

    assert (told.completed, told.without_legal_exits, told.everyone) == (17, 18, 20)


@pytest.mark.parametrize(
    ("title", "number", "code"), [("Tata Boga", 2, "TB2"), ("Laundry", 1, "L1"), ("3 D", 1, "D1"), ("12", 3, "A3")]
)
def test_a_batch_has_a_short_code(title, number, code):
    assert rules.code_of(title, number=number) == code


def test_modules_that_do_not_sum_are_told():
    assert rules.modules_warning(modules_jp=0, hours_jp=20) == ""
    assert rules.modules_warning(modules_jp=20, hours_jp=20) == ""
    assert "16" in rules.modules_warning(modules_jp=16, hours_jp=20)


def test_what_somebody_must_do_stands_before_what_time_does():
    facts = rules.BatchFacts(
        starts_on=START,
        ends_on=END,
        has_participants_decree=True,
        has_team_decree=False,
        is_rehabilitation=False,
        has_provider_decree=False,
        has_standard=False,
        waiting_nominations=0,
        enrolled=18,
        sessions=24,
        held_jp=110,
        sessions_ahead=1,
        sessions_without_record=1,
        missing_marks=0,
        open_corrections=0,
        left_without_exit=0,
    )

    lacks = rules.before_closing(facts)

    assert [lack.state for lack in lacks][:2] == [State.NOT, State.TIME]
    assert not rules.is_ready(lacks)
    assert rules.is_ready(rules.before_start(facts))
    assert not rules.is_ready(rules.advice(facts))
