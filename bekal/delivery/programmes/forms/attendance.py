"""The sheet of a session as it was typed: read row by row, kept as typed where something is wrong."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import Participation
from bekal.delivery.programmes.documents import tag_number
from bekal.delivery.programmes.models import Attendance, Session
from bekal.delivery.programmes.queries import SheetRow
from bekal.delivery.programmes.queries.attendance import version_of
from bekal.delivery.programmes.rules import Mark

PRESENT, ABSENT = "h", "t"


@dataclass(frozen=True)
class Line:
    """A row as the page shows it: who, what is typed, what is wrong, and what somebody else wrote meanwhile."""

    key: UUID
    name: str
    tag: str
    present: str = ""
    reason: str = ""
    participation: str = ""
    jp: str = ""
    version: str = ""
    error: str = ""
    theirs: Attendance | None = None
    is_recorded: bool = False
    # A correction of this row waits for a decision.
    waits: bool = False

    @property
    def mark(self) -> Mark:
        """What the row says. Hours that are no number are nought; the error says so."""
        if self.present == PRESENT:
            jp = int(self.jp) if self.jp.isdecimal() else 0
            return Mark(True, "", self.participation or Participation.ACTIVE, jp)
        return Mark(False, self.reason)


def _shown(row: SheetRow, session: Session, waiting: Container[int | None]) -> Line:
    enrolment, attendance = row.enrolment, row.attendance
    line = Line(
        enrolment.public_id,
        enrolment.person.full_name,
        tag_number(session.batch, enrolment.tag.number),
        version=row.version,
        waits=enrolment.pk in waiting,
    )
    if attendance is None:
        return line
    return replace(
        line,
        present=PRESENT if attendance.is_present else ABSENT,
        reason=attendance.absence_reason,
        participation=attendance.participation,
        jp=str(attendance.counted_jp),
        is_recorded=True,
    )


@dataclass
class Sheet:
    """All rows of a session: as recorded, then as typed over it."""

    session: Session
    rows: Iterable[SheetRow]
    hours: int
    # Enrolments (primary keys) of whom a correction waits.
    waiting: Container[int | None] = ()
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = [_shown(row, self.session, self.waiting) for row in self.rows]

    def type_in(self, data: Mapping[str, str], *, fill_rest: bool = False, take_theirs: str = "") -> None:
        """Lay what was typed over what is recorded. `fill_rest`: whoever has no mark was there; `take_theirs`: an id."""
        self.lines = [
            line if str(line.key) == take_theirs else self._typed(line, data, fill_rest=fill_rest)
            for line in self.lines
        ]

    def _typed(self, line: Line, data: Mapping[str, str], *, fill_rest: bool) -> Line:
        present = data.get(f"h-{line.key}", "")
        if not present and data.get(f"a-{line.key}") in Participation.values:
            # Whoever took part was there: one key (P) is enough.
            present = PRESENT
        if present not in (PRESENT, ABSENT):
            if not fill_rest or line.is_recorded:
                return line
            present = PRESENT
        jp = self._hours(data.get(f"j-{line.key}", "").strip(), was_absent=line.present == ABSENT)
        typed = replace(
            line,
            present=present,
            reason=data.get(f"r-{line.key}", "") if present == ABSENT else "",
            participation=data.get(f"a-{line.key}", "") or Participation.ACTIVE if present == PRESENT else "",
            jp=jp if present == PRESENT else "0",
            version=data.get(f"v-{line.key}", ""),
        )
        return replace(typed, error=self._wrong(typed))

    def _hours(self, typed: str, *, was_absent: bool) -> str:
        """The hours of somebody present: all that were held, unless fewer were typed.

        A row that showed all hours still has all when fewer were held after all; one that showed nought because the person
        was absent has all once they are present.
        """
        shown_in_full = typed in (str(self.session.jp), str(self.session.held_jp)) and int(typed) > self.hours
        return str(self.hours) if not typed or shown_in_full or (was_absent and typed == "0") else typed

    def _wrong(self, line: Line) -> str:
        if line.present == ABSENT and not line.reason:
            return _("Choose a reason.")
        if line.present == PRESENT and (not line.jp.isdecimal() or int(line.jp) > self.hours):
            return _("JP from 0 to %(most)s.") % {"most": self.hours}
        return ""

    def show_clashes(self, clashes: Mapping[UUID, Attendance]) -> None:
        """Put beside each clashing row what somebody else wrote; saved once more, the officer's own entry stands."""
        self.lines = [
            replace(line, theirs=clashes[line.key], version=version_of(clashes[line.key]))
            if line.key in clashes
            else line
            for line in self.lines
        ]

    @property
    def has_errors(self) -> bool:
        return any(line.error for line in self.lines)

    @property
    def marks(self) -> dict[UUID, Mark]:
        return {line.key: line.mark for line in self.lines if line.present}

    @property
    def read(self) -> dict[UUID, str]:
        return {line.key: line.version for line in self.lines}

    @property
    def filled(self) -> int:
        return sum(bool(line.present) for line in self.lines)

    @property
    def open(self) -> int:
        return len(self.lines) - self.filled
