"""Scanning tags at a session: by a reader that types, by a camera, by a picture; undoing; who is still missing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.choices import BatchStatus, Participation, Seen, SessionStatus
from bekal.delivery.programmes.forms import ReadingForm, TagPictureForm
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.operations import Seeing
from bekal.delivery.programmes.rules import Mark
from bekal.delivery.programmes.views.finding import find_session, officer, require_list, today_in
from bekal.foundation.core.days import clock
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference
from bekal.foundation.papers.scanning import look_at

LOOKS = {Seen.PRESENT: "good", Seen.ALREADY: "soon"}


def _found(request: HttpRequest, session_id: UUID) -> Session:
    session = find_session(request, session_id)
    require_list(request, session.batch)
    return session


def _told(session: Session, seeing: Seeing) -> dict[str, str]:
    """What the room is told: the answer, the name, since when."""
    at = seeing.present_at
    return {
        "seen": seeing.seen,
        "look": LOOKS.get(seeing.seen, "bad"),
        "words": str(seeing.seen.label),
        "name": seeing.enrolment.person.full_name if seeing.enrolment else "",
        "time": clock(session.facility.at_local(at)) if at else "",
    }


@never_cache
@staff_page(permissions.TAKE_ATTENDANCE)
def readings(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The scan page of a session. A page's script sends each reading alone and is answered in JSON."""
    session = _found(request, session_id)
    told: dict[str, str] | None = None
    form = ReadingForm(request.POST or None)
    if request.method == "POST":
        told = _read(request, session, form)
        if request.headers.get("X-Requested-With") == "pindai":
            return JsonResponse(told | {"present": queries.room_of(session).present})
    session.refresh_from_db()
    return render(request, "programmes/readings.html", _context(request, session, told))


def _read(request: HttpRequest, session: Session, form: ReadingForm) -> dict[str, str]:
    if not form.is_valid():
        return {"seen": "refused", "look": "bad", "words": _("Scan a tag, or type its code."), "name": "", "time": ""}
    try:
        seeing = operations.read_tag(
            session=session,
            **form.reading(timezone.now()),
            by=officer(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        return {"seen": "refused", "look": "bad", "words": refusal.message, "name": "", "time": ""}
    return _told(session, seeing)


def _context(request: HttpRequest, session: Session, told: dict[str, str] | None) -> dict[str, Any]:
    room = queries.room_of(session)
    return {
        "session": session,
        "batch": session.batch,
        "room": room,
        "told": told,
        "form": ReadingForm(),
        "picture": TagPictureForm(),
        "is_today": session.held_on == today_in(request),
        "can_read": session.batch.status == BatchStatus.RUNNING and session.status != SessionStatus.NOT_HELD,
        "mine": next((row for row in room.readings if row.recorded_by_id == officer(request).pk), None),
        "reasons": reference.choices("absence_reasons"),
    }


@staff_page(permissions.TAKE_ATTENDANCE)
@require_POST
def reading_picture(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Read the tag on a picture, for browsers that cannot. The picture is not kept."""
    session = _found(request, session_id)
    form = TagPictureForm(request.POST, request.FILES)
    told = {"seen": "refused", "look": "bad", "words": _("Choose a picture of a tag."), "name": "", "time": ""}
    if form.is_valid():
        told = _on_picture(request, session, form.cleaned_data["picture"].read())
    session.refresh_from_db()
    return render(request, "programmes/readings.html", _context(request, session, told))


def _on_picture(request: HttpRequest, session: Session, content: bytes) -> dict[str, str]:
    try:
        codes = look_at(content).codes
    except RuleBroken as refusal:
        return {"seen": "refused", "look": "bad", "words": refusal.message, "name": "", "time": ""}
    if len(codes) != 1:
        words = _("No tag can be read on the picture. Take it from nearer, in good light.")
        if codes:
            words = _("More than one code is on the picture. Take one of a single tag.")
        return {"seen": "refused", "look": "bad", "words": words, "name": "", "time": ""}
    return _read(request, session, ReadingForm({"code": codes[0]}))


@staff_page(permissions.TAKE_ATTENDANCE)
@require_POST
def reading_undo(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Take back what the officer scanned last."""
    session = _found(request, session_id)
    undone = attempt(request, operations.undo_reading, session=session)
    if undone:
        messages.success(request, _("Undone: %(name)s.") % {"name": undone.value.person.full_name})
    return redirect("programmes:readings", session.public_id)


@staff_page(permissions.TAKE_ATTENDANCE)
@require_POST
def reading_finish(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Mark those not seen as the officer decided: absent for a reason, or present after all. The others stay open."""
    session = _found(request, session_id)
    marks = {}
    hours = session.held_jp if session.held_jp is not None else session.jp
    for row in queries.room_of(session).unseen:
        said = request.POST.get(f"r-{row.enrolment.public_id}") or request.POST.get("semua", "")
        if said == "hadir":
            marks[row.enrolment.public_id] = Mark(True, "", Participation.ACTIVE, hours)
        elif said:
            marks[row.enrolment.public_id] = Mark(False, said)
    is_planned = session.status == SessionStatus.PLANNED
    saved = attempt(
        request,
        operations.record_attendance,
        session=session,
        status=SessionStatus.HELD if is_planned else session.status,
        held_jp=session.held_jp,
        note=session.note,
        marks=marks,
        read=dict.fromkeys(marks, ""),
    )
    if not saved:
        return redirect("programmes:readings", session.public_id)
    messages.success(request, _("Saved: %(n)s of those not scanned.") % {"n": saved.value.rows})
    return redirect("programmes:attendance", session.public_id)
