"""What staff do with a ceremony: plan it, close its batches, hand the papers over, end it with its minutes."""

from bekal.delivery.ceremonies.operations.closing import (
    begin_handing_over,
    close_batches,
    issue_in_turn,
    resume_issuing,
)
from bekal.delivery.ceremonies.operations.ending import end_ceremony
from bekal.delivery.ceremonies.operations.handing_over import receive_rest, record_hand_overs, undo_hand_overs
from bekal.delivery.ceremonies.operations.planning import cancel_ceremony, change_ceremony, plan_ceremony, set_agenda

__all__ = [
    "begin_handing_over",
    "cancel_ceremony",
    "change_ceremony",
    "close_batches",
    "end_ceremony",
    "issue_in_turn",
    "plan_ceremony",
    "receive_rest",
    "record_hand_overs",
    "resume_issuing",
    "set_agenda",
    "undo_hand_overs",
]
