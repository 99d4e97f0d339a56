"""What holds for the day of a closing. Pure: no database, no clock."""

from bekal.delivery.ceremonies.rules.ceremonies import (
    CEREMONY_MOVES,
    HAND_OVER_MOVES,
    Line,
    check_all_recorded,
    check_has_batches,
    check_sees_all,
    later,
    usual_agenda,
)

__all__ = [
    "CEREMONY_MOVES",
    "HAND_OVER_MOVES",
    "Line",
    "check_all_recorded",
    "check_has_batches",
    "check_sees_all",
    "later",
    "usual_agenda",
]
