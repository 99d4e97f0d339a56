"""Tags that a reader saw: each is one entry, sent as often as it takes, and never two."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import Participation, Seen, SessionStatus, TagStatus
from bekal.delivery.programmes.models import Attendance, Enrolment, Reading, Session, Tag
from bekal.delivery.programmes.operations.attendance import HELD, open_session, restore, save_sheet
from bekal.delivery.programmes.queries import on_list
from bekal.delivery.programmes.rules import Mark
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken

# A reader's page may have waited for the network, but no clock runs ahead of the house by more than this.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class Seeing:
    """What a reader saw: the answer, whose tag it is where the officer may know, and since when they are present."""

    seen: Seen
    enrolment: Enrolment | None = None
    present_at: datetime | None = None


@transaction.atomic
def read_tag(*, session: Session, code: str, key: UUID, read_at: datetime, by: User, at: datetime) -> Seeing:
    """Mark as present whose tag was read at an instant (pindai tanda). The same reading sent again has one effect.

    What is not to be marked is answered and written nowhere: an unknown tag, one that was given back or belongs to another
    batch, somebody who is not on the list, another day, or somebody whom an officer marked as absent.

    Raises:
        RuleBroken: the batch does not run, or the instant lies ahead.
    """
    session = open_session(session, by)
    known = Reading.objects.filter(key=key).select_related("enrolment__person").first()
    if known and known.session_id == session.pk:
        return Seeing(Seen.ALREADY if known.undone_at else Seen.PRESENT, known.enrolment, known.read_at)
    if read_at > at + AHEAD:
        raise RuleBroken(_("The clock of this device is ahead of the house's clock. Set it, then scan again."))
    if session.facility.day_of(read_at) != session.held_on:
        return Seeing(Seen.WRONG_DAY)
    answer, enrolment = _whose(session, code.strip().upper())
    if enrolment is None:
        return Seeing(answer)
    row = Attendance.objects.filter(session=session, enrolment=enrolment, is_withdrawn=False).first()
    read = session.readings.filter(enrolment=enrolment, undone_at=None).first()
    if row and not row.is_present:
        return Seeing(Seen.MARKED_ABSENT, enrolment, row.recorded_at)
    if row:
        return Seeing(Seen.ALREADY, enrolment, read.read_at if read else row.recorded_at)
    if read:
        # Its mark was undone on the sheet meanwhile.
        _undo(read, at=at)
    _mark_present(session, enrolment, by=by, at=at)
    Reading.objects.create(
        facility=session.facility,
        session=session,
        enrolment=enrolment,
        is_confidential=enrolment.is_confidential,
        key=key,
        read_at=read_at,
        recorded_by=by,
        recorded_at=at,
    )
    return Seeing(Seen.PRESENT, enrolment, read_at)


def _whose(session: Session, code: str) -> tuple[Seen, Enrolment | None]:
    """Whose tag it is, of those on the list; else what to say."""
    tag = Tag.objects.filter(code=code, facility=session.facility_id).select_related("enrolment").first()
    if tag is None:
        return Seen.UNKNOWN, None
    if tag.batch_id != session.batch_id:
        return Seen.OTHER_BATCH, None
    if tag.status == TagStatus.RELEASED:
        return Seen.GIVEN_BACK, None
    listed = {enrolment.pk: enrolment for enrolment in on_list(session)}
    return (Seen.PRESENT, listed[tag.enrolment_id]) if tag.enrolment_id in listed else (Seen.NOT_ON_LIST, None)


def _mark_present(session: Session, enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """The first tag says that the session is held; how many hours of it can be corrected on its sheet."""
    if session.status == SessionStatus.NOT_HELD:
        raise RuleBroken(_("This session is recorded as not held. Change that on its sheet, then scan."))
    hours = session.held_jp if session.status in HELD else session.jp
    status = session.status if session.status in HELD else SessionStatus.HELD
    marks = {enrolment.public_id: Mark(True, "", Participation.ACTIVE, hours or 0)}
    save_sheet(session, status=status, held_jp=hours, note=session.note, marks=marks, by=by, at=at)


@transaction.atomic
def undo_reading(*, session: Session, by: User, at: datetime) -> Enrolment:
    """Take back the reading that the officer made last at a session (urungkan pindaian), and the mark it made.

    Raises:
        RuleBroken: there is none of theirs, or the entry was changed since.
    """
    session = open_session(session, by)
    last = session.readings.filter(recorded_by=by, undone_at=None).order_by("-recorded_at", "-pk").first()
    if last is None:
        raise RuleBroken(_("You have scanned nothing at this session that could be undone."))
    reading = Reading.objects.select_related("enrolment__person").get(pk=last.pk)
    row = Attendance.objects.get(session=session, enrolment=reading.enrolment)
    if row.recorded_at != reading.recorded_at:
        raise RuleBroken(_("This entry was changed on the sheet since. Correct it there."))
    restore(row, by=by, at=at)
    _undo(reading, at=at)
    audit.record("programmes.tag.undone", on=session, by=by, at=at)
    return reading.enrolment


def _undo(reading: Reading, *, at: datetime) -> None:
    reading.undone_at = at
    reading.save(update_fields=["undone_at"])
