"""What a reading said, as the house keeps it: a few facts of the whole list, and its rows in pages of fifty.

Whoever shows fifty rows opens fifty rows. Each judging of a list writes pages of its own and leaves those of before.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bekal.people.imports import Judged
from bekal.people.models import RosterImport, RosterPage
from bekal.people.readings import Row

PER_PAGE = 50
ABSENT, WORKBOOK = "absent", "workbook"


@dataclass(frozen=True)
class Report:
    """A list as it was judged once, to be kept: `number` counts its judgings from 1; `workbook` holds its rejected rows."""

    number: int
    facts: dict[str, Any]
    judged: Judged
    workbook: bytes = b""

    @property
    def summary(self) -> str:
        """What is known of the whole list, as it is kept, encrypted, with its roster."""
        known = {**self.facts, "judging": self.number, "absent": len(self.judged.absent)}
        if self.workbook:
            known["workbook_of"] = self.number
        return json.dumps(known, ensure_ascii=False)

    def pages(self) -> Iterator[tuple[str, int, str]]:
        """Every page: its kind (a status, `absent` or `workbook`), its number from 0, its content as text."""
        for status in self.judged.counts:
            yield from _pages(status, self.judged.of(status))
        yield from _pages(ABSENT, self.judged.absent)
        if self.workbook:
            yield WORKBOOK, 0, base64.b64encode(self.workbook).decode()


def _pages(kind: str, items: Sequence[Any]) -> Iterator[tuple[str, int, str]]:
    for start in range(0, len(items), PER_PAGE):
        yield kind, start // PER_PAGE, json.dumps(items[start : start + PER_PAGE], ensure_ascii=False)


def facts_of(roster_import: RosterImport) -> dict[str, Any]:
    """What is known of the whole list; empty for one that was not read."""
    return json.loads(str(roster_import.report or "{}"))


def judged_again(roster_import: RosterImport, judged: Judged) -> Report:
    """The report of a list whose kept rows were judged once more. The workbook of its rejected rows stays the one it was."""
    facts = facts_of(roster_import)
    return Report(facts["judging"] + 1, facts, judged)


def next_number(roster_import: RosterImport) -> int:
    """The number of a list's next judging."""
    return facts_of(roster_import).get("judging", 0) + 1


def _kept(roster_import: RosterImport) -> QuerySet[RosterPage]:
    """The pages of the latest judging."""
    number = facts_of(roster_import).get("judging", 0)
    return RosterPage.objects.filter(roster_import=roster_import, judging=number).order_by("kind", "number")


def _items(pages: Iterable[RosterPage]) -> list[Any]:
    return [item for page in pages for item in json.loads(str(page.content))]


def first_rows(roster_import: RosterImport, statuses: Iterable[str]) -> list[Row]:
    """The first rows in each of these states, at most a page of each, in the order of the file."""
    pages = _kept(roster_import).filter(kind__in=list(statuses), number=0)
    return sorted(_items(pages), key=lambda row: row["row"])


def every_row(roster_import: RosterImport) -> list[Row]:
    """The whole list in the order of the file: for saving it and for programs, not for a page."""
    pages = _kept(roster_import).exclude(kind__in=[ABSENT, WORKBOOK])
    return sorted(_items(pages.iterator(chunk_size=PER_PAGE)), key=lambda row: row["row"])


def every_absent(roster_import: RosterImport) -> list[str]:
    """The register numbers of all who were in custody here and not on the list."""
    return _items(_kept(roster_import).filter(kind=ABSENT))


def workbook_of(roster_import: RosterImport) -> bytes:
    """The rejected rows as a workbook; empty where there are none."""
    number = facts_of(roster_import).get("workbook_of")
    page = RosterPage.objects.filter(roster_import=roster_import, judging=number, kind=WORKBOOK).first()
    return base64.b64decode(str(page.content)) if page else b""


@dataclass(frozen=True)
class Shelf(Sequence[Any]):
    """All items of one kind, for a paginator: as many as were counted, and only those of a slice are opened."""

    roster_import: RosterImport
    kind: str

    def __len__(self) -> int:
        if self.kind == ABSENT:
            return int(facts_of(self.roster_import).get("absent", 0))
        return int(self.roster_import.counts.get(self.kind, 0))

    def __getitem__(self, where: Any) -> Any:
        if isinstance(where, int):
            return self[where : where + 1][0]
        start, stop, _step = where.indices(len(self))
        first = start // PER_PAGE
        pages = _kept(self.roster_import).filter(kind=self.kind, number__gte=first, number__lt=-(-stop // PER_PAGE))
        return _items(pages)[start - first * PER_PAGE : stop - first * PER_PAGE]
