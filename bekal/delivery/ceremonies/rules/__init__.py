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
from bekal.delivery.ceremonies.rules.drafting import SMALLEST_TOLD, Draft, PressBatch, PressFacts, drafted
from bekal.delivery.ceremonies.rules.guests import addressee, check_guests_may_change, check_may_list
from bekal.delivery.ceremonies.rules.photos import (
    PHOTO_MOVES,
    check_marks,
    check_may_keep,
    is_shown,
    may_go_to_press,
    why_unreadable,
)
from bekal.delivery.ceremonies.rules.press import PRESS_MOVES, Mention, check_names_nobody, mentions
from bekal.delivery.ceremonies.rules.script import Giving, Part, spoken, spoken_givings, together

__all__ = [
    "CEREMONY_MOVES",
    "HAND_OVER_MOVES",
    "PHOTO_MOVES",
    "PRESS_MOVES",
    "SMALLEST_TOLD",
    "Draft",
    "Giving",
    "Line",
    "Mention",
    "Part",
    "PressBatch",
    "PressFacts",
    "addressee",
    "check_all_recorded",
    "check_guests_may_change",
    "check_has_batches",
    "check_marks",
    "check_may_keep",
    "check_may_list",
    "check_names_nobody",
    "check_sees_all",
    "drafted",
    "is_shown",
    "later",
    "may_go_to_press",
    "mentions",
    "spoken",
    "spoken_givings",
    "together",
    "usual_agenda",
    "why_unreadable",
]
