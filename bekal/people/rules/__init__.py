"""What holds for people, their stays and their rosters. Pure: no database, no clock."""

from bekal.people.rules.consents import (
    Word,
    check_answer,
    check_withdrawal,
    holds,
    last_word,
    media_type_of_scan,
)
from bekal.people.rules.people import (
    NAME_LENGTH,
    age_on,
    check_birth,
    check_end,
    check_legal_dates,
    days_ahead,
    digits_of_nik,
    is_named,
    masked_nik,
    offence_group,
    search_name,
)
from bekal.people.rules.rosters import ROSTER_MOVES

__all__ = [
    "NAME_LENGTH",
    "ROSTER_MOVES",
    "Word",
    "age_on",
    "check_answer",
    "check_birth",
    "check_end",
    "check_legal_dates",
    "check_withdrawal",
    "days_ahead",
    "digits_of_nik",
    "holds",
    "is_named",
    "last_word",
    "masked_nik",
    "media_type_of_scan",
    "offence_group",
    "search_name",
]
