"""A whole sheet as it was keyed from paper: people by sessions, one short text a cell, kept as typed where something is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import SessionStatus
from bekal.delivery.programmes.documents import tag_number
from bekal.delivery.programmes.models import Attendance, Enrolment, Session
from bekal.delivery.programmes.operations import Column, Saved
from bekal.delivery.programmes.operations.attendance import says
from bekal.delivery.programmes.queries import GridColumn, SheetRow, session_version
from bekal.delivery.programmes.queries.attendance import version_of
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference

ANSWERS = {"ya": SessionStatus.HELD, "sebagian": SessionStatus.PARTLY_HELD, "tidak": SessionStatus.NOT_HELD}


def keys_of_reasons() -> dict[str, str]:
    """The reason of each key, as `reference/absence_reasons.csv` says."""
    return {row["key"]: row["code"] for row in reference.rows("absence_reasons")}


class CodeForm(forms.Form):
    """The code that stands on a sheet."""

    code = forms.CharField(
        label=gettext_lazy("Code of the sheet"),
        help_text=gettext_lazy("It stands at the top right of the paper, beside the QR."),
        max_length=20,
    )

    def clean_code(self) -> str:
        return rules.code_typed(self.cleaned_data["code"])


@dataclass(frozen=True)
class Cell:
    """One mark: what is typed, what is wrong, what somebody else wrote meanwhile. Off the list there is nothing to type."""

    name: str
    key: UUID
    text: str = ""
    version: str = ""
    error: str = ""
    is_on_list: bool = True
    theirs: Attendance | None = None
    theirs_text: str = ""


@dataclass
class Keying:
    """One session of the sheet: was it held, its cells, the sum on paper."""

    place: int
    session: Session
    status: str
    hours: str
    note: str
    version: str
    cells: list[Cell]
    on_paper: str = ""
    is_recorded: bool = False

    @property
    def held_jp(self) -> int:
        """The hours that count for whoever was there."""
        if self.status == SessionStatus.PARTLY_HELD and self.hours.isdecimal():
            return min(int(self.hours), self.session.jp)
        return self.session.jp

    @property
    def present(self) -> int:
        return sum(cell.text[:1] in (rules.PRESENT, rules.PASSIVE) for cell in self.cells)

    @property
    def filled(self) -> int:
        return sum(bool(cell.text) for cell in self.cells)

    @property
    def differs(self) -> bool:
        return self.status != SessionStatus.NOT_HELD and rules.sum_differs(typed=self.present, on_paper=self.on_paper)

    @property
    def is_untouched(self) -> bool:
        """Nothing recorded and nothing typed: a session that is still to come, or was not on anybody's mind."""
        return not self.is_recorded and not self.filled and self.status != SessionStatus.NOT_HELD


@dataclass
class Grid:
    """All of a sheet."""

    people: Sequence[Enrolment]
    read: Sequence[GridColumn]
    columns: list[Keying] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reasons = keys_of_reasons()
        self.keys = {code: key for key, code in self.reasons.items()}
        self.columns = [self._shown(place, column) for place, column in enumerate(self.read)]

    def _shown(self, place: int, column: GridColumn) -> Keying:
        session = column.session
        is_planned = session.status == SessionStatus.PLANNED
        held = session.jp if is_planned else session.held_jp or 0
        return Keying(
            place,
            session,
            SessionStatus.HELD if is_planned else session.status,
            str(held) if session.status == SessionStatus.PARTLY_HELD else "",
            session.note,
            session_version(session),
            [self._cell(place, person, row, held) for person, row in zip(self.people, column.cells, strict=True)],
            is_recorded=not is_planned,
        )

    def _cell(self, place: int, person: Enrolment, row: SheetRow | None, held: int) -> Cell:
        name = f"{place}-{person.public_id}"
        if row is None:
            return Cell(name, person.public_id, is_on_list=False)
        text = self._text(row.attendance, held)
        return Cell(name, person.public_id, text, row.version)

    def _text(self, row: Attendance | None, held: int) -> str:
        mark = says(row) if row else None
        return rules.cell_of_mark(mark, held_jp=held, keys=self.keys) if mark else ""

    def type_in(self, data: Mapping[str, Any]) -> None:
        """Lay what was typed over what is recorded."""
        for column in self.columns:
            at = column.place
            column.status = ANSWERS.get(str(data.get(f"ada-{at}", "")), SessionStatus.HELD)
            column.hours = str(data.get(f"jam-{at}", "")).strip()[:2]
            column.note = str(data.get(f"catatan-{at}", "")).strip()[:200]
            column.on_paper = str(data.get(f"jumlah-{at}", "")).strip()[:3]
            column.version = str(data.get(f"versi-{at}", column.version))
            column.cells = [self._typed(column, cell, data) for cell in column.cells]

    def _typed(self, column: Keying, cell: Cell, data: Mapping[str, Any]) -> Cell:
        if not cell.is_on_list or data.get(f"ambil-{cell.name}"):
            # Somebody else's entry is taken: it stays as it is recorded.
            return cell
        text = str(data.get(f"s-{cell.name}", "")).strip().upper()[:3]
        if not text:
            # What is recorded is not emptied by an empty cell: that is what undoing is for.
            return replace(cell, version=str(data.get(f"v-{cell.name}", "")))
        typed = replace(cell, text=text, version=str(data.get(f"v-{cell.name}", "")))
        if column.status == SessionStatus.NOT_HELD:
            return typed
        try:
            rules.mark_of_cell(text, held_jp=column.held_jp, reasons=self.reasons)
        except RuleBroken as refusal:
            return replace(typed, error=refusal.message)
        return typed

    @property
    def rows(self) -> list[tuple[Enrolment, str, list[Cell]]]:
        """Each person with the tag's number and the cells of all sessions."""
        return [
            (person, tag_number(person.batch, person.tag.number), [column.cells[place] for column in self.columns])
            for place, person in enumerate(self.people)
        ]

    @property
    def errors(self) -> list[str]:
        """What is wrong, with row and session, in the order of the paper."""
        return [
            _("Row %(row)s, %(session)s: %(why)s")
            % {"row": place, "session": column.session.name, "why": column.cells[place - 1].error}
            for place in range(1, len(self.people) + 1)
            for column in self.columns
            if column.cells[place - 1].error
        ]

    @property
    def differing(self) -> list[Keying]:
        return [column for column in self.columns if column.differs]

    @property
    def typed_columns(self) -> list[Column]:
        """What the operation takes; a session of which nothing was typed is left out."""
        return [
            Column(
                column.session,
                column.status,
                int(column.hours) if column.hours.isdecimal() else None,
                column.note,
                self._marks(column),
                {cell.key: cell.version for cell in column.cells},
                column.version,
            )
            for column in self.columns
            if not column.is_untouched
        ]

    def _marks(self, column: Keying) -> dict[UUID, Mark]:
        if column.status == SessionStatus.NOT_HELD:
            return {}
        return {
            cell.key: rules.mark_of_cell(cell.text, held_jp=column.held_jp, reasons=self.reasons)
            for cell in column.cells
            if cell.text and cell.is_on_list
        }

    def show_clashes(self, saved: Mapping[UUID, Saved]) -> None:
        """Put beside each clashing cell what somebody else wrote; saved once more, the officer's own entry stands."""
        for column in self.columns:
            clashes = saved[column.session.public_id].clashes if column.session.public_id in saved else {}
            column.cells = [
                replace(
                    cell,
                    theirs=clashes[cell.key],
                    theirs_text=self._text(clashes[cell.key], column.held_jp) or "–",
                    version=version_of(clashes[cell.key]),
                )
                if cell.key in clashes
                else cell
                for cell in column.cells
            ]

    @property
    def clashing(self) -> list[tuple[int, Enrolment, Keying, Cell]]:
        """The cells on which somebody else was faster, by row."""
        return [
            (place + 1, person, column, column.cells[place])
            for place, person in enumerate(self.people)
            for column in self.columns
            if column.cells[place].theirs
        ]
