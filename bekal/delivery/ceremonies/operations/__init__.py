"""What staff do with a ceremony: plan it, close its batches, hand the papers over, end it with its minutes."""

from bekal.delivery.ceremonies.operations.closing import (
    begin_handing_over,
    close_batches,
    issue_in_turn,
    resume_issuing,
)
from bekal.delivery.ceremonies.operations.ending import end_ceremony
from bekal.delivery.ceremonies.operations.guests import receive_guests, set_guests, write_invitations
from bekal.delivery.ceremonies.operations.handing_over import record_hand_overs, undo_hand_overs
from bekal.delivery.ceremonies.operations.photos import destroy_photo, keep_photo, mark_photo
from bekal.delivery.ceremonies.operations.planning import cancel_ceremony, change_ceremony, plan_ceremony, set_agenda
from bekal.delivery.ceremonies.operations.press import (
    approve_press_release,
    draft_press_release,
    release_press_release,
    save_press_release,
)
from bekal.delivery.ceremonies.operations.turns import set_receivers, set_turns

__all__ = [
    "approve_press_release",
    "begin_handing_over",
    "cancel_ceremony",
    "change_ceremony",
    "close_batches",
    "destroy_photo",
    "draft_press_release",
    "end_ceremony",
    "issue_in_turn",
    "keep_photo",
    "mark_photo",
    "plan_ceremony",
    "receive_guests",
    "record_hand_overs",
    "release_press_release",
    "resume_issuing",
    "save_press_release",
    "set_agenda",
    "set_guests",
    "set_receivers",
    "set_turns",
    "undo_hand_overs",
    "write_invitations",
]
