"""What staff do with programmes: offer, fill, decide, teach, close."""

from bekal.delivery.programmes.operations.attendance import Saved, record_attendance
from bekal.delivery.programmes.operations.batches import cancel_batch, change_batch, create_batch, start_batch
from bekal.delivery.programmes.operations.closing import complete_batch, record_exit, release_tags
from bekal.delivery.programmes.operations.decrees import draft_decree, record_decree, sign_decree
from bekal.delivery.programmes.operations.departures import depart
from bekal.delivery.programmes.operations.hearings import call_hearing, decide_hearing, set_list
from bekal.delivery.programmes.operations.nominations import nominate, withdraw_nomination
from bekal.delivery.programmes.operations.programmes import (
    add_criterion,
    change_programme,
    create_programme,
    end_criterion,
    set_modules,
)
from bekal.delivery.programmes.operations.sessions import add_session, call_off_session, move_session, plan_sessions

__all__ = [
    "Saved",
    "add_criterion",
    "add_session",
    "call_hearing",
    "call_off_session",
    "cancel_batch",
    "change_batch",
    "change_programme",
    "complete_batch",
    "create_batch",
    "create_programme",
    "decide_hearing",
    "depart",
    "draft_decree",
    "end_criterion",
    "move_session",
    "nominate",
    "plan_sessions",
    "record_attendance",
    "record_decree",
    "record_exit",
    "release_tags",
    "set_list",
    "set_modules",
    "sign_decree",
    "start_batch",
    "withdraw_nomination",
]
