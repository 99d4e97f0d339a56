"""What is missing before a batch may start and before it may close ("Apa yang belum")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.core.days import short_day


class State(StrEnum):
    NOT = "not"
    TIME = "time"
    MET = "met"


@dataclass(frozen=True)
class Lack:
    """One condition: met, waiting for a day, or for somebody. `who` is whose turn it is, `by` until when."""

    state: State
    what: str
    who: str = ""
    by: date | None = None
    # Which page helps: the view's name in this app, taking the batch.
    page: str = ""


@dataclass(frozen=True)
class BatchFacts:
    """The counts that decide whether a batch may start or close, read on one day."""

    starts_on: date
    ends_on: date
    has_participants_decree: bool
    has_team_decree: bool
    is_rehabilitation: bool
    has_provider_decree: bool
    has_standard: bool
    waiting_nominations: int
    enrolled: int
    sessions: int
    held_jp: int
    sessions_ahead: int
    sessions_without_record: int
    missing_marks: int
    open_corrections: int
    left_without_exit: int


def is_ready(lacks: Iterable[Lack]) -> bool:
    """Whether everything is met."""
    return all(lack.state == State.MET for lack in lacks)


def _either(is_met: bool, met: str, lacking: str, *, who: str, by: date | None, page: str = "") -> Lack:
    return Lack(State.MET, met) if is_met else Lack(State.NOT, lacking, who, by, page)


def before_start(facts: BatchFacts) -> list[Lack]:
    """The conditions of a start, those that somebody must meet first."""
    lead, by = _("whoever leads the batch"), facts.starts_on
    hearing = ngettext(
        "%(n)s nomination waits for the hearing", "%(n)s nominations wait for the hearing", facts.waiting_nominations
    ) % {"n": facts.waiting_nominations}
    enrolled = ngettext("%(n)s participant enrolled", "%(n)s participants enrolled", facts.enrolled)
    lacks = [
        _either(
            not facts.waiting_nominations, _("No nomination waits"), hearing, who=_("the board"), by=by, page="hearings"
        ),
        _either(
            facts.has_participants_decree,
            _("Decree on the participants is there"),
            _("Decree on the participants is missing"),
            who=_("the head"),
            by=by,
            page="decree-draft",
        ),
        _either(
            facts.enrolled > 0,
            enrolled % {"n": facts.enrolled},
            _("Nobody is enrolled yet"),
            who=lead,
            by=by,
            page="propose",
        ),
        _either(
            facts.sessions > 0,
            ngettext("%(n)s session planned", "%(n)s sessions planned", facts.sessions) % {"n": facts.sessions},
            _("No session is planned yet"),
            who=lead,
            by=by,
            page="sessions",
        ),
    ]
    return _sorted(lacks)


def advice(facts: BatchFacts) -> list[Lack]:
    """What a good batch also has; nothing here holds it up."""
    lead, by = _("whoever leads the batch"), facts.ends_on
    lacks = [
        _either(
            facts.has_team_decree,
            _("Decree on the team is there"),
            _("Decree on the team is missing"),
            who=_("the head"),
            by=by,
            page="decree-draft",
        ),
        _either(
            facts.has_standard,
            _("The standard followed is named"),
            _("The standard followed is not named"),
            who=lead,
            by=by,
        ),
    ]
    if facts.is_rehabilitation:
        lacks.append(
            _either(
                facts.has_provider_decree,
                _("This year's decree on providers is named"),
                _("This year's decree on providers is not named"),
                who=lead,
                by=by,
            )
        )
    return _sorted(lacks)


def before_closing(facts: BatchFacts) -> list[Lack]:
    """The conditions of a closing, those that somebody must meet first."""
    teacher, lead = _("the teacher"), _("whoever leads the batch")
    without = ngettext(
        "%(n)s session has no attendance", "%(n)s sessions have no attendance", facts.sessions_without_record
    ) % {"n": facts.sessions_without_record}
    marks = ngettext(
        "%(n)s participant is not filled in", "%(n)s rows of attendance are not filled in", facts.missing_marks
    ) % {"n": facts.missing_marks}
    gone = ngettext(
        "%(n)s participant has left the facility without an exit here",
        "%(n)s participants have left the facility without an exit here",
        facts.left_without_exit,
    ) % {"n": facts.left_without_exit}
    corrections = ngettext(
        "%(n)s correction waits for a decision", "%(n)s corrections wait for a decision", facts.open_corrections
    ) % {"n": facts.open_corrections}
    ahead = ngettext("%(n)s session lies ahead", "%(n)s sessions lie ahead", facts.sessions_ahead)
    lacks = [
        Lack(State.TIME, ahead % {"n": facts.sessions_ahead}, by=facts.ends_on, page="sessions")
        if facts.sessions_ahead
        else Lack(State.MET, _("All sessions have had their day")),
        _either(
            not facts.sessions_without_record,
            _("Every past session is recorded"),
            without,
            who=teacher,
            by=facts.ends_on,
            page="sessions",
        ),
        _either(
            not facts.missing_marks,
            _("Attendance is complete"),
            marks,
            who=teacher,
            by=facts.ends_on,
            page="sessions",
        ),
        _either(
            not facts.open_corrections,
            _("No correction waits"),
            corrections,
            who=_("whoever decides corrections"),
            by=facts.ends_on,
        ),
        _either(facts.held_jp > 0, _("Hours were held"), _("No hours were held yet"), who=teacher, by=facts.ends_on),
        _either(
            not facts.left_without_exit, _("Whoever left has an exit with its kind"), gone, who=lead, by=facts.ends_on
        ),
        _either(
            facts.has_participants_decree,
            _("Decree on the participants is there"),
            _("Decree on the participants is missing"),
            who=_("the head"),
            by=facts.ends_on,
            page="decree-draft",
        ),
    ]
    return _sorted(lacks)


def _sorted(lacks: list[Lack]) -> list[Lack]:
    order = {State.NOT: 0, State.TIME: 1, State.MET: 2}
    return sorted(lacks, key=lambda lack: order[lack.state])


def refusal(lacks: Iterable[Lack]) -> str:
    """The sentence with which a closing is refused: what is missing first, and by when."""
    first = next(lack for lack in lacks if lack.state != State.MET)
    until = f" ({short_day(first.by)})" if first.state == State.TIME and first.by else ""
    return _("The batch cannot be closed yet. %(what)s.") % {"what": f"{first.what}{until}"}
