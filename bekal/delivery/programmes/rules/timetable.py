"""The timetable: days from a weekly pattern, modules in turn, and who or what would be double-booked."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

PLACE = "place"


@dataclass(frozen=True)
class Slot:
    """Hours of a day at a place: who teaches (codes), for how many people, whether others may be there too, and whose they are.

    `whose` is empty where whoever asks may not know.
    """

    on: date
    starts_at: time
    ends_at: time
    place: int
    teachers: frozenset[str] = frozenset()
    heads: int = 0
    is_shared: bool = False
    whose: str = ""
    # Primary key of the session whose hours these are; 0 while it is only planned.
    session: int = 0

    def meets(self, other: "Slot") -> bool:
        """Whether both share a moment: one may begin in the minute in which the other ends."""
        return self.on == other.on and self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def needs_also(self, other: "Slot") -> str | None:
        """What both need and only one can have: `place`, or the code of a teacher."""
        if not self.meets(other):
            return None
        if self.place == other.place and not (self.is_shared and other.is_shared):
            return PLACE
        return min(self.teachers & other.teachers, default=None)


@dataclass(frozen=True)
class Clash:
    """Two slots that need the same thing: `place`, or the code of a teacher."""

    mine: Slot
    other: Slot
    what: str


def session_days(first: date, last: date, *, weekdays: Container[int], holidays: Container[date]) -> list[date]:
    """The days from `first` to `last` whose ISO weekday (1 is Monday) is in the pattern and that are no holiday."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.isoweekday() in weekdays and day not in holidays]


def clash(mine: Iterable[Slot], others: Iterable[Slot]) -> Clash | None:
    """The first of `mine` that needs a place or a teacher at the same time as one of `others`, with that other one."""
    taken = _by_day(others)
    for slot in mine:
        for other in taken.get(slot.on, ()):
            what = slot.needs_also(other)
            if what:
                return Clash(slot, other, what)
    return None


def crowded(mine: Iterable[Slot], others: Iterable[Slot], *, room: Mapping[int, int]) -> Slot | None:
    """The first of `mine` in a shared place that has no room for all who would be there; `room` by place."""
    taken = _by_day(others)
    for slot in mine:
        there = sum(other.heads for other in taken.get(slot.on, ()) if other.place == slot.place and slot.meets(other))
        if slot.is_shared and there + slot.heads > room[slot.place]:
            return slot
    return None


def sharing(mine: Iterable[Slot], others: Iterable[Slot]) -> list[Slot]:
    """Those of `others` that are in one shared place with one of `mine` at the same time."""
    taken = _by_day(others)
    return [
        other
        for slot in mine
        for other in taken.get(slot.on, ())
        if slot.is_shared and slot.place == other.place and slot.meets(other)
    ]


def _by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.on, []).append(slot)
    return days


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
