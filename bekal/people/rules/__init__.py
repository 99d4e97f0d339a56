"""What holds for people, their stays, transfers and rosters. Pure: no database, no clock."""

from bekal.people.rules.apart import cannot_be_placed, cannot_be_used, check_pair
from bekal.people.rules.consents import (
    Word,
    check_answer,
    check_withdrawal,
    holds,
    last_word,
    media_type_of_scan,
)
from bekal.people.rules.joinings import check_join
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
from bekal.people.rules.transfers import (
    MOST_ASKED_A_DAY,
    TRANSFER_MOVES,
    TRANSFER_OPEN,
    Side,
    check_arrival,
    check_may_ask,
    check_reason,
    check_request,
    check_turn,
    transfer_moves,
)

__all__ = [
    "MOST_ASKED_A_DAY",
    "NAME_LENGTH",
    "ROSTER_MOVES",
    "TRANSFER_MOVES",
    "TRANSFER_OPEN",
    "Side",
    "Word",
    "age_on",
    "cannot_be_placed",
    "cannot_be_used",
    "check_answer",
    "check_arrival",
    "check_birth",
    "check_end",
    "check_join",
    "check_legal_dates",
    "check_may_ask",
    "check_pair",
    "check_reason",
    "check_request",
    "check_turn",
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
    "transfer_moves",
]
