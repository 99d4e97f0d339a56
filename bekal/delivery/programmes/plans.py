"""How a batch is meant to run, as the form hands it to operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bekal.foundation.accounts.models import User
from bekal.foundation.core.facts import Facts
from bekal.foundation.facilities.models import Place


@dataclass(frozen=True, kw_only=True)
class BatchPlan(Facts):
    """Seats, place, span, weekly pattern (Monday is 1), who teaches. What is left empty follows from the programme."""

    code: str = ""
    capacity: int
    place: Place
    starts_on: date
    ends_on: date
    weekdays: Sequence[int]
    starts_at: time
    ends_at: time
    jp_per_session: int
    teacher: User | None = None
    teacher_note: str = ""
    standard: str = ""
    provider_decree: str = ""
    is_verdict_only: bool | None = None
