"""Corrections after the window: one officer asks, another decides; the old entry stays in the history of its row."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import BatchStatus, CorrectionStatus, SessionStatus
from bekal.delivery.programmes.models import Attendance, Correction, Enrolment, Session
from bekal.delivery.programmes.operations.attendance import HELD, save_sheet, says
from bekal.delivery.programmes.operations.batches import locked
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import sees_care
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference


@transaction.atomic
def request_mark_correction(
    *, session: Session, enrolment: Enrolment, mark: Mark, reason: str, by: User, at: datetime
) -> Correction:
    """Ask that a mark be changed after the window (ajukan koreksi). Asked again, the open request says the new thing.

    Raises:
        RuleBroken: the window is still open, the batch is closed, the mark says the same already, or there is no reason.
    """
    session = _held_for_request(session, reason, by=by, at=at)
    if session.status not in HELD:
        raise RuleBroken(_("The session was not held. Ask first for a correction of the session."))
    row = Attendance.objects.filter(session=session, enrolment=enrolment, is_withdrawn=False).first()
    if row is None:
        raise RuleBroken(_("Nothing is recorded of this participant. Enter it on the page of the session."))
    rules.check_mark(mark, held_jp=session.held_jp or 0, reasons=reference.by_code("absence_reasons"))
    if says(row) == mark:
        raise RuleBroken(_("The entry says this already."))
    facts = {
        "is_present": mark.is_present,
        "absence_reason": mark.absence_reason,
        "participation": mark.participation,
        "counted_jp": mark.counted_jp,
    }
    return _request(session, enrolment, facts, enrolment.is_confidential, reason, by=by, at=at)


@transaction.atomic
def request_session_correction(
    *, session: Session, status: str, held_jp: int | None = None, note: str = "", reason: str, by: User, at: datetime
) -> Correction:
    """Ask that it be recorded otherwise whether a session was held, and how many hours of it.

    Raises:
        RuleBroken: as for a mark; or hours and reason do not fit.
    """
    session = _held_for_request(session, reason, by=by, at=at)
    if session.status == SessionStatus.PLANNED:
        raise RuleBroken(_("Nothing is recorded of this session. Enter it on its own page."))
    facts = {"session_status": status, "held_jp": rules.held_hours(status, held_jp, note, jp=session.jp)}
    if (session.status, session.held_jp, session.note) == (status, facts["held_jp"], note.strip()):
        raise RuleBroken(_("The entry says this already."))
    is_confidential = session.batch.programme.is_confidential
    return _request(session, None, {**facts, "note": note.strip()}, is_confidential, reason, by=by, at=at)


def _held_for_request(session: Session, reason: str, *, by: User, at: datetime) -> Session:
    """The session, held, of a batch whose list the officer may see, if a request is the way to change it."""
    batch = locked(session.batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    session = hold(Session.objects.select_related("facility", "batch__programme"), session)
    rules.check_may_request(
        is_window_open=rules.may_edit_attendance(
            held_on=session.held_on, today=session.facility.day_of(at), is_recorded=True
        ),
        is_running=batch.status == BatchStatus.RUNNING,
        reason=reason,
    )
    return session


def _request(
    session: Session,
    enrolment: Enrolment | None,
    facts: dict[str, object],
    is_confidential: bool,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> Correction:
    """A new request, or the open one of the same officer said anew."""
    open_one = session.corrections.filter(enrolment=enrolment, status=CorrectionStatus.REQUESTED).first()
    if open_one and open_one.requested_by_id != by.pk:
        raise RuleBroken(_("Somebody else asked for a correction of this entry already. It waits for a decision."))
    correction = open_one or Correction(
        facility=session.facility,
        session=session,
        enrolment=enrolment,
        is_confidential=is_confidential,
        requested_by=by,
    )
    for name, value in facts.items():
        setattr(correction, name, value)
    correction.reason, correction.requested_at = reason.strip(), at
    names = [*facts, "reason", "requested_at"]
    correction.save(update_fields=names if open_one else None)
    audit.record("programmes.correction.requested", on=correction, by=by, at=at, payload=_of(session))
    return correction


def _of(session: Session) -> dict[str, str]:
    return {"session": str(session.public_id)}


@transaction.atomic
def decide_correction(
    *, correction: Correction, is_accepted: bool, reason: str = "", by: User, at: datetime
) -> Correction:
    """Accept or refuse a correction (putuskan koreksi). Accepted, the sheet says it at once.

    Raises:
        RuleBroken: whoever decides asked for it, it is decided or withdrawn already, the batch is closed and it would be
            accepted, or a refusal has no reason.
    """
    batch = locked(correction.session.batch)
    rules.check_sees_participants(is_confidential=batch.programme.is_confidential, sees_care=sees_care(by))
    session = hold(Session.objects.select_related("facility", "recorded_by", "batch"), correction.session)
    correction = hold(Correction.objects.select_related("enrolment"), correction)
    status = CorrectionStatus.ACCEPTED if is_accepted else CorrectionStatus.REFUSED
    if correction.status == status and correction.decided_by_id == by.pk:
        return correction
    check_move(rules.CORRECTION_MOVES, correction.status, status)
    rules.check_second_person(requested_by=correction.requested_by_id, decider=by.pk)
    rules.check_refusal_has_reason(is_accepted=is_accepted, reason=reason)
    if is_accepted:
        rules.check_batch_runs(is_running=batch.status == BatchStatus.RUNNING)
        _apply(correction, session, by=by, at=at)
    correction.status, correction.decision_reason = status, reason.strip()
    correction.decided_by, correction.decided_at = by, at
    correction.save(update_fields=["status", "decision_reason", "decided_by", "decided_at"])
    audit.record(f"programmes.correction.{status}", on=correction, by=by, at=at, payload=_of(session))
    return correction


def _apply(correction: Correction, session: Session, *, by: User, at: datetime) -> None:
    """Write what was asked onto the sheet. Two people agreed, so the window does not matter."""
    if correction.enrolment is None:
        asked = {"status": correction.session_status, "held_jp": correction.held_jp, "note": correction.note}
        save_sheet(session, **asked, marks={}, is_decided=True, by=by, at=at)  # type: ignore[arg-type]
        return
    mark = Mark(correction.is_present, correction.absence_reason, correction.participation, correction.counted_jp)
    marks = {correction.enrolment.public_id: mark}
    stands = {"status": session.status, "held_jp": session.held_jp, "note": session.note}
    save_sheet(session, **stands, marks=marks, is_decided=True, by=by, at=at)  # type: ignore[arg-type]


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: User, at: datetime) -> Correction:
    """Take back a request that one made oneself, while nobody has decided (tarik koreksi).

    Raises:
        RuleBroken: somebody else asked for it, or it is decided.
    """
    correction = hold(Correction.objects.select_related("session"), correction)
    if correction.requested_by_id != by.pk:
        raise RuleBroken(_("Only whoever asked may take the request back."))
    if correction.status == CorrectionStatus.WITHDRAWN:
        return correction
    check_move(rules.CORRECTION_MOVES, correction.status, CorrectionStatus.WITHDRAWN)
    correction.status = CorrectionStatus.WITHDRAWN
    correction.save(update_fields=["status"])
    audit.record("programmes.correction.withdrawn", on=correction, by=by, at=at, payload=_of(correction.session))
    return correction
