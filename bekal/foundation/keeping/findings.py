"""What was found when the house was looked over: each thing with a sentence and, where it is not well, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`name` is a code for programs; `said` and `todo` are for people and name nobody."""

    name: str
    label: str
    is_ok: bool
    said: str
    todo: str = ""
