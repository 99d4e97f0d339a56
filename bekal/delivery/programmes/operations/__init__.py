"""What staff do with programmes: offer, fill, decide, teach, close."""

from bekal.delivery.programmes.operations.attendance import Saved, record_attendance, undo_last_save
from bekal.delivery.programmes.operations.batches import cancel_batch, change_batch, create_batch, start_batch
from bekal.delivery.programmes.operations.catch_ups import plan_catch_up, set_make_up_rule
from bekal.delivery.programmes.operations.closing import complete_batch, record_exit, release_tags
from bekal.delivery.programmes.operations.corrections import (
    decide_correction,
    request_mark_correction,
    request_session_correction,
    withdraw_correction,
)
from bekal.delivery.programmes.operations.decrees import draft_decree, record_decree, sign_decree
from bekal.delivery.programmes.operations.departures import depart
from bekal.delivery.programmes.operations.hearings import call_hearing, decide_hearing, set_list
from bekal.delivery.programmes.operations.instructors import add_instructor
from bekal.delivery.programmes.operations.nominations import nominate, withdraw_nomination
from bekal.delivery.programmes.operations.programmes import (
    add_criterion,
    change_programme,
    create_programme,
    end_criterion,
    set_modules,
)
from bekal.delivery.programmes.operations.readings import Seeing, read_tag, undo_reading
from bekal.delivery.programmes.operations.sessions import add_session, call_off_session, move_session, plan_sessions
from bekal.delivery.programmes.operations.sheets import Column, Keyed, keep_scan, key_sheet, print_sheet

__all__ = [
    "Column",
    "Keyed",
    "Saved",
    "Seeing",
    "add_criterion",
    "add_instructor",
    "add_session",
    "call_hearing",
    "call_off_session",
    "cancel_batch",
    "change_batch",
    "change_programme",
    "complete_batch",
    "create_batch",
    "create_programme",
    "decide_correction",
    "decide_hearing",
    "depart",
    "draft_decree",
    "end_criterion",
    "keep_scan",
    "key_sheet",
    "move_session",
    "nominate",
    "plan_catch_up",
    "plan_sessions",
    "print_sheet",
    "read_tag",
    "record_attendance",
    "record_decree",
    "record_exit",
    "release_tags",
    "request_mark_correction",
    "request_session_correction",
    "set_list",
    "set_make_up_rule",
    "set_modules",
    "sign_decree",
    "start_batch",
    "undo_last_save",
    "undo_reading",
    "withdraw_correction",
    "withdraw_nomination",
]
