"""What staff do with people and their rosters."""

from bekal.people.operations.apart import (
    NotPlaced,
    allow_together,
    check_may_meet,
    check_placeable,
    end_pair,
    note_pair,
    open_pair,
    see_attempts,
)
from bekal.people.operations.consents import Asked, keep_scan, open_scan, record_consents, withdraw_consent
from bekal.people.operations.doubts import decide_doubt
from bekal.people.operations.joinings import join, part, tell_apart
from bekal.people.operations.large import ask_to_commit, call_off_work, finish_reading, receive_roster
from bekal.people.operations.rosters import cancel_roster, commit_roster, read_roster, remember_mapping
from bekal.people.operations.stays import admit, correct, end_stay, open_person
from bekal.people.operations.transfers import (
    admit_or_ask,
    agree_to_transfer,
    arrive,
    ask_for_transfer,
    refuse_transfer,
    request_transfer,
    send_off,
    turn_back,
    withdraw_transfer,
)

__all__ = [
    "Asked",
    "NotPlaced",
    "admit",
    "admit_or_ask",
    "agree_to_transfer",
    "allow_together",
    "arrive",
    "ask_for_transfer",
    "ask_to_commit",
    "call_off_work",
    "cancel_roster",
    "check_may_meet",
    "check_placeable",
    "commit_roster",
    "correct",
    "decide_doubt",
    "end_pair",
    "end_stay",
    "finish_reading",
    "join",
    "keep_scan",
    "note_pair",
    "open_pair",
    "open_person",
    "open_scan",
    "part",
    "read_roster",
    "receive_roster",
    "record_consents",
    "refuse_transfer",
    "remember_mapping",
    "request_transfer",
    "see_attempts",
    "send_off",
    "tell_apart",
    "turn_back",
    "withdraw_consent",
    "withdraw_transfer",
]
