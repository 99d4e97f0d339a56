"""The timetable: days from a weekly pattern, modules in turn, and who or what would be double-booked."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta


@dataclass(frozen=True)
class Slot:
    """Hours of a day at a place with a teacher (primary keys; no teacher is None), and whose they are (a code)."""

    on: date
    starts_at: time
    ends_at: time
    place: int
    teacher: int | None
    whose: str = ""

    def meets(self, other: "Slot") -> bool:
        """Whether both share a moment: one may begin in the minute in which the other ends."""
        return self.on == other.on and self.starts_at < other.ends_at and other.starts_at < self.ends_at


def session_days(first: date, last: date, *, weekdays: Container[int], holidays: Container[date]) -> list[date]:
    """The days from `first` to `last` whose ISO weekday (1 is Monday) is in the pattern and that are no holiday."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.isoweekday() in weekdays and day not in holidays]


def clash(mine: Iterable[Slot], others: Iterable[Slot]) -> tuple[Slot, Slot] | None:
    """The first of `mine` that needs a place or a teacher at the same time as one of `others`, with that other one."""
    taken: dict[date, list[Slot]] = {}
    for other in others:
        taken.setdefault(other.on, []).append(other)
    for slot in mine:
        for other in taken.get(slot.on, ()):
            same = slot.place == other.place or (slot.teacher is not None and slot.teacher == other.teacher)
            if same and slot.meets(other):
                return slot, other
    return None


def modules_in_turn(session_hours: Sequence[int], module_hours: Sequence[int]) -> list[int | None]:
    """For each session, the index of the module whose hours it begins in; None once all modules are through."""
    ends, total = [], 0
    for hours in module_hours:
        total += hours
        ends.append(total)
    turns: list[int | None] = []
    passed = 0
    for hours in session_hours:
        turns.append(next((index for index, end in enumerate(ends) if passed < end), None))
        passed += hours
    return turns
