"""How a batch goes: its days with their counts, and where each participant stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import EnrolmentStatus, SessionStatus
from bekal.delivery.programmes.models import Batch, Enrolment, Session
from bekal.delivery.programmes.queries.batches import participants_of
from bekal.delivery.programmes.queries.catch_ups import made_up_in
from bekal.delivery.programmes.queries.counts import SessionCounts
from bekal.delivery.programmes.rules import MadeUp, attendance_rate, has_completed
from bekal.foundation.core.days import short_day, weekday
from bekal.foundation.facilities import reference

LOW_SHARE = 0.8


@dataclass(frozen=True)
class Day:
    """A day of the strip: a session with its counts, or a holiday with its name. `look` is off, now, low or nothing."""

    on: date
    look: str
    session: Session | None = None
    counts: SessionCounts | None = None
    holiday: str = ""
    is_first_of_month: bool = False

    @property
    def label(self) -> str:
        """`Sen 2`."""
        return f"{weekday(self.on)[:3]} {self.on.day}"

    @property
    def month(self) -> str:
        """`Nov`."""
        return short_day(self.on, with_year=False).split()[1]


def _look(session: Session, counts: SessionCounts | None, today: date) -> str:
    if session.status == SessionStatus.NOT_HELD:
        return "off"
    if session.held_on == today:
        return "now"
    is_marked = session.status != SessionStatus.PLANNED and counts and counts.expected
    return "low" if is_marked and counts and counts.present < LOW_SHARE * counts.expected else ""


def days_from(
    batch: Batch,
    sessions: list[Session],
    counts: dict[int, SessionCounts],
    holidays: dict[date, str],
    *,
    today: date,
) -> list[Day]:
    """The sessions and the holidays on the batch's weekdays, in their order."""
    days = [
        Day(session.held_on, _look(session, counts.get(session.pk), today), session, counts.get(session.pk))
        for session in sessions
    ]
    taught = {session.held_on for session in sessions}
    for on, name in holidays.items():
        if on.isoweekday() in batch.weekdays and on not in taught:
            days.append(Day(on, "off", holiday=name))
    days.sort(key=lambda day: (day.on, day.session.number if day.session else 0))
    months: set[tuple[int, int]] = set()
    strip = []
    for day in days:
        month = (day.on.year, day.on.month)
        strip.append(Day(day.on, day.look, day.session, day.counts, day.holiday, month not in months))
        months.add(month)
    return strip


@dataclass(frozen=True)
class Standing:
    """Where a participant stands: hours that count, their share of the held ones, and one word for it."""

    enrolment: Enrolment
    jp: int
    held_jp: int
    rate: Decimal | None
    made_up: MadeUp
    has_reached: bool
    word: str
    look: str
    has_left: bool

    @property
    def rate_with(self) -> Decimal | None:
        """The share with the hours that were made up, whether or not they count towards completion."""
        return attendance_rate(counted_jp=self.jp + self.made_up.jp, held_jp=self.held_jp)

    @property
    def exit_label(self) -> str:
        row = reference.by_code("exit_kinds").get(self.enrolment.exit_kind)
        return reference.label_of(row) if row else ""


def standings_of(batch: Batch, *, held_jp: int) -> list[Standing]:
    """Each participant of a batch that the user may see, those who left last."""
    made_up = made_up_in([batch], held_jp={batch.pk: held_jp})
    return standings_from(batch, participants_of(batch), made_up, held_jp=held_jp)


def standings_from(
    batch: Batch, participants: Iterable[Enrolment], made_up: dict[int, MadeUp], *, held_jp: int
) -> list[Standing]:
    """The same from participants already read, and what each of them made up."""
    percent = batch.programme.attendance_percent
    rows = [_standing(row, held_jp, percent, made_up.get(row.pk, MadeUp())) for row in participants]
    return sorted(rows, key=lambda row: row.has_left)


def _standing(enrolment: Enrolment, held_jp: int, percent: int, made_up: MadeUp) -> Standing:
    jp = int(enrolment.jp)  # type: ignore[attr-defined]
    has_left = enrolment.status == EnrolmentStatus.LEFT
    reached = has_completed(counted_jp=jp + made_up.credited_jp, held_jp=held_jp, percent=percent)
    if has_left:
        word, look = str(enrolment.get_exit_group_display()), "none"
    elif enrolment.status != EnrolmentStatus.ENROLLED:
        word, look = str(enrolment.get_status_display()), "good" if enrolment.status == "completed" else "none"
    elif not held_jp:
        word, look = _("Taking part"), "none"
    elif reached:
        word, look = _("Meets the rule"), "good"
    else:
        word, look = _("Attendance is low"), "bad"
    rate = attendance_rate(counted_jp=jp, held_jp=held_jp)
    return Standing(enrolment, jp, held_jp, rate, made_up, reached, word, look, has_left)
