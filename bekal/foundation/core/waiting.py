"""What waits at a desk: derived from facts each time it is asked, stored nowhere."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    LATE = "late"
    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True)
class Wait:
    """One line of a desk: when, what, why, and the one action that ends it. `desk` is the role whose turn it is."""

    desk: str
    urgency: Urgency
    when: str
    what: str
    why: str
    url: str
    action: str
