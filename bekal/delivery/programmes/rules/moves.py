"""From each state, the states that may follow. `core.moves.problems` proves each table, docs/states.md draws it."""

from bekal.delivery.programmes.choices import (
    BatchStatus,
    CorrectionStatus,
    DecreeStatus,
    EnrolmentStatus,
    HearingStatus,
    NominationStatus,
    SessionStatus,
    TagStatus,
)

BATCH_MOVES: dict[str, set[str]] = {
    BatchStatus.PLANNED: {BatchStatus.RUNNING, BatchStatus.CANCELLED},
    BatchStatus.RUNNING: {BatchStatus.COMPLETED, BatchStatus.CANCELLED},
    BatchStatus.COMPLETED: set(),
    BatchStatus.CANCELLED: set(),
}

NOMINATION_MOVES: dict[str, set[str]] = {
    NominationStatus.PROPOSED: {NominationStatus.ACCEPTED, NominationStatus.REFUSED, NominationStatus.WITHDRAWN},
    NominationStatus.ACCEPTED: set(),
    NominationStatus.REFUSED: set(),
    NominationStatus.WITHDRAWN: set(),
}

HEARING_MOVES: dict[str, set[str]] = {
    HearingStatus.OPEN: {HearingStatus.DECIDED},
    HearingStatus.DECIDED: set(),
}

DECREE_MOVES: dict[str, set[str]] = {
    DecreeStatus.DRAFT: {DecreeStatus.SIGNED},
    DecreeStatus.SIGNED: set(),
}

ENROLMENT_MOVES: dict[str, set[str]] = {
    EnrolmentStatus.ENROLLED: {EnrolmentStatus.COMPLETED, EnrolmentStatus.PARTICIPATED, EnrolmentStatus.LEFT},
    EnrolmentStatus.COMPLETED: set(),
    EnrolmentStatus.PARTICIPATED: set(),
    EnrolmentStatus.LEFT: set(),
}

TAG_MOVES: dict[str, set[str]] = {
    TagStatus.WORN: {TagStatus.RELEASED},
    TagStatus.RELEASED: set(),
}

CORRECTION_MOVES: dict[str, set[str]] = {
    CorrectionStatus.REQUESTED: {CorrectionStatus.ACCEPTED, CorrectionStatus.REFUSED, CorrectionStatus.WITHDRAWN},
    CorrectionStatus.ACCEPTED: set(),
    CorrectionStatus.REFUSED: set(),
    CorrectionStatus.WITHDRAWN: set(),
}

# Until the batch closes, it may turn out that a session was held after all, or not: these three correct each other. Back to
# planned leads only the undoing of its first entry.
SESSION_MOVES: dict[str, set[str]] = {
    SessionStatus.PLANNED: {SessionStatus.HELD, SessionStatus.PARTLY_HELD, SessionStatus.NOT_HELD},
    SessionStatus.HELD: {SessionStatus.PARTLY_HELD, SessionStatus.NOT_HELD, SessionStatus.PLANNED},
    SessionStatus.PARTLY_HELD: {SessionStatus.HELD, SessionStatus.NOT_HELD, SessionStatus.PLANNED},
    SessionStatus.NOT_HELD: {SessionStatus.HELD, SessionStatus.PARTLY_HELD, SessionStatus.PLANNED},
}
