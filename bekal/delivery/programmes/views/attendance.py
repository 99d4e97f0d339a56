"""The attendance of a session: the page, its paper, and the history of a row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries, rules
from bekal.delivery.programmes.choices import BatchStatus, SessionStatus
from bekal.delivery.programmes.forms import Sheet
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.views.finding import find_session, may, officer, require_list, today_in
from bekal.foundation.accounts.access import require
from bekal.foundation.core.days import clock
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.facilities import reference

ANSWERS = {"ya": SessionStatus.HELD, "sebagian": SessionStatus.PARTLY_HELD, "tidak": SessionStatus.NOT_HELD}


def _answer(request: HttpRequest, session: Session) -> dict[str, Any]:
    """Was it held? What was typed, else what is recorded, else yes."""
    if request.method == "POST":
        hours = request.POST.get("jam", "").strip()
        return {
            "status": ANSWERS.get(request.POST.get("ada", ""), SessionStatus.HELD),
            "held_jp": int(hours) if hours.isdecimal() else None,
            "note": request.POST.get("catatan", "").strip()[:200],
        }
    is_planned = session.status == SessionStatus.PLANNED
    status = SessionStatus.HELD if is_planned else session.status
    return {"status": status, "held_jp": session.held_jp, "note": session.note}


def _hours(session: Session, answer: dict[str, Any]) -> int:
    partly = answer["status"] == SessionStatus.PARTLY_HELD and answer["held_jp"]
    return min(answer["held_jp"], session.jp) if partly else session.jp


@never_cache
@staff_page(permissions.VIEW_BATCHES)
def attendance(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The sheet of a session. Saved all at once; rows on which somebody was faster are shown with both entries."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    answer = _answer(request, session)
    waiting = queries.open_corrections_of(session)
    sheet = Sheet(session, queries.sheet_of(session), _hours(session, answer), waiting)
    status = 200
    if request.method == "POST":
        require(officer(request), permissions.TAKE_ATTENDANCE, at=session.facility)
        fill = request.POST.get("isi") == "semua"
        sheet.type_in(request.POST, fill_rest=fill, take_theirs=request.POST.get("pilih", ""))
        clashes = _save(request, session, answer, sheet)
        if clashes == {}:
            return redirect("programmes:attendance", session.public_id)
        if clashes:
            sheet.show_clashes(clashes)
            status = 409
    return render(request, "programmes/attendance.html", _context(request, session, answer, sheet), status=status)


def _save(request: HttpRequest, session: Session, answer: dict[str, Any], sheet: Sheet) -> dict[UUID, Any] | None:
    """Save what was typed. The rows on which somebody was faster; None where nothing was saved."""
    if sheet.has_errors and answer["status"] != SessionStatus.NOT_HELD:
        messages.error(request, _("Some rows are not complete. Nothing is saved, and nothing is lost."))
        return None
    saved = attempt(
        request,
        operations.record_attendance,
        session=session,
        **answer,
        marks=sheet.marks,
        read=sheet.read,
        session_read=request.POST.get("versi", ""),
    )
    if not saved:
        return None
    if not saved.value.clashes:
        now = session.facility.at_local(timezone.now())
        words = {"time": clock(now), "zone": session.facility.zone, "filled": sheet.filled, "all": len(sheet.lines)}
        messages.success(request, _("Saved %(time)s %(zone)s. %(filled)s of %(all)s filled in.") % words)
    else:
        count = len(saved.value.clashes)
        sentence = ngettext(
            "On %(n)s row somebody else was faster. Choose which entry stands; the others are saved.",
            "On %(n)s rows somebody else was faster. Choose which entry stands; the others are saved.",
            count,
        )
        messages.warning(request, sentence % {"n": count})
    return dict(saved.value.clashes)


def _context(request: HttpRequest, session: Session, answer: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    today, batch = today_in(request), session.batch
    is_recorded = session.status != SessionStatus.PLANNED
    is_open = rules.may_edit_attendance(held_on=session.held_on, today=today, is_recorded=is_recorded)
    before, after = queries.neighbours(session)
    entries = [row.row for row in sheet.rows if row.row]
    last = max(entries, key=lambda row: row.recorded_at, default=None)
    takes = officer(request).may(permissions.TAKE_ATTENDANCE) and batch.status == BatchStatus.RUNNING
    return {
        "session": session,
        "batch": batch,
        "title": batch.name,
        "sheet": sheet,
        "answer": answer,
        "version": request.POST.get("versi") or queries.session_version(session),
        "reasons": reference.choices("absence_reasons"),
        "before": before,
        "after": after,
        "gone": queries.gone_before(session),
        "edit_until": rules.edit_until(session.held_on),
        "is_ahead": today < session.held_on,
        "can_save": is_open and takes,
        "can_undo": is_open and takes and last is not None and last.recorded_by_id == officer(request).pk,
        "can_ask": not is_open and takes and today >= session.held_on,
        "can_make_up": batch.status == BatchStatus.RUNNING
        and not session.makes_up_for_id
        and _was_missed(session, sheet),
        "waiting": sheet.waiting,
        "last": last,
        "may": may(request),
    }


def _was_missed(session: Session, sheet: Sheet) -> bool:
    """Whether somebody has fewer hours than were held."""
    return any((row.attendance.counted_jp if row.attendance else 0) < (session.held_jp or 0) for row in sheet.rows)


@staff_page(permissions.TAKE_ATTENDANCE)
@require_POST
def undo(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Take back what the officer saved last on this sheet."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    undone = attempt(request, operations.undo_last_save, session=session)
    if undone:
        words = ngettext("Undone: %(n)s row.", "Undone: %(n)s rows.", undone.value) % {"n": undone.value}
        messages.success(request, words)
    return redirect("programmes:attendance", session.public_id)


@staff_page(permissions.VIEW_BATCHES)
def history(request: HttpRequest, session_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Everything that was ever entered for somebody at a session."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    row = get_object_or_404(session.attendances.select_related("enrolment__person"), enrolment__public_id=enrolment_id)
    context = {
        "session": session,
        "batch": session.batch,
        "row": row,
        "entries": queries.history_of(row),
        "reasons": reference.choices("absence_reasons"),
    }
    return render(request, "programmes/history.html", context)
