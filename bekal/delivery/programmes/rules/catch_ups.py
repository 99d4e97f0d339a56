"""Catch-up sessions (pertemuan susulan): who may sit in one, and which hours are made up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken


@dataclass(frozen=True)
class CatchUp:
    """What somebody did in one catch-up session: for which missed session, and what the programme's rule says of that day."""

    missed: int
    missed_jp: int
    counted_jp: int
    does_count: bool = False
    most_percent: int = 100


@dataclass(frozen=True)
class MadeUp:
    """Hours (JP) made up, and how many of them count towards completion."""

    jp: int = 0
    credited_jp: int = 0


def made_up(catch_ups: Iterable[CatchUp], *, held_jp: int) -> MadeUp:
    """What somebody made up: never more than they missed of a session, nor more than the rule's percent of the held hours."""
    rows = list(catch_ups)
    counting = [row for row in rows if row.does_count]
    most = min((held_jp * row.most_percent // 100 for row in counting), default=0)
    return MadeUp(_filled(rows), min(_filled(counting), most))


def _filled(rows: list[CatchUp]) -> int:
    missed = {row.missed: row.missed_jp for row in rows}
    return sum(min(gap, sum(row.counted_jp for row in rows if row.missed == key)) for key, gap in missed.items())


def check_catch_up(*, was_held: bool, is_catch_up: bool, chosen: int, without_gap: int) -> None:
    """A catch-up session makes up for an ordinary one that was held, for somebody who missed hours of it.

    Raises:
        RuleBroken: saying which of these is not so.
    """
    if is_catch_up:
        raise RuleBroken(_("A catch-up session is not made up for itself. Choose the session that was missed."))
    if not was_held:
        raise RuleBroken(_("Only a session that was held can be made up for. One that was not held is planned anew."))
    if chosen == 0:
        raise RuleBroken(_("Choose at least one participant who missed the session."), field="people")
    if without_gap:
        raise RuleBroken(_("Somebody chosen missed nothing of this session. Read the page again."), field="people")
