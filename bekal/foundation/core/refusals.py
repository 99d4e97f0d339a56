"""How the house says no: a rule in the field's words, told to the person who asked."""

from datetime import datetime
from typing import Any


class RuleBroken(Exception):
    """A rule of the field forbids this. `message` is one translated sentence; `field` names the input it is about."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field

    def leave_trace(self, *, by: Any, at: datetime) -> None:
        """What is recorded though everything that was tried is rolled back: of most refusals nothing."""


class Changed(RuleBroken):
    """Somebody else changed the row since it was read. Nothing was saved, and what was typed stays on the page."""
