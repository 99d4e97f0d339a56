"""The timetable of a batch: add, move, call off, plan anew."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.forms import ReasonForm, SessionForm
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.views.finding import (
    facility_of,
    find_batch,
    find_session,
    may,
    officer,
    sees_list,
    today_in,
)
from bekal.foundation.accounts.access import require
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out


@staff_page(permissions.VIEW_BATCHES)
def sessions(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """All sessions, and a form for one more."""
    found = find_batch(request, batch_id)
    initial = {
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "jp": found.jp_per_session,
        "place": found.place_id,
        "officers": [found.teacher_id] if found.teacher_id else [],
    }
    form = SessionForm(request.POST or None, facility=facility_of(request), initial=initial)
    if request.method == "POST":
        require(officer(request), permissions.MANAGE_BATCHES, at=found.facility)
        if form.is_valid() and attempt(request, operations.add_session, form=form, batch=found, **form.cleaned_data):
            return redirect("programmes:sessions", found.public_id)
    counts = queries.session_counts([found])
    context = {
        "batch": found,
        "title": found.name,
        "rows": [(row, counts.get(row.pk)) for row in queries.with_teachers(queries.sessions_of(found))],
        "today": today_in(request),
        "sees_list": sees_list(request, found),
        "form": form,
        "is_open": found.status in ("planned", "running"),
        "may": may(request),
    }
    return render(request, "programmes/sessions.html", context)


@staff_page(permissions.VIEW_BATCHES)
def sessions_out(request: HttpRequest, batch_id: UUID, form: str) -> HttpResponse:
    """The timetable to print or to take along."""
    found = find_batch(request, batch_id)
    counts = queries.session_counts([found])
    columns = [
        _("No."),
        _("Day"),
        _("From"),
        _("Until"),
        "JP",
        _("Place"),
        _("Teachers"),
        _("Module"),
        _("State"),
        _("Present"),
        _("On the list"),
    ]
    rows = [
        (
            session.name, session.held_on, session.starts_at.strftime("%H.%M"), session.ends_at.strftime("%H.%M"),
            session.jp, session.place.name, ", ".join(one.name for one in queries.teachers_of_session(session)),
            session.module.title if session.module else "", session.get_status_display(),
            counts[session.pk].present, counts[session.pk].expected,
        )
        for session in queries.with_teachers(queries.sessions_of(found))
    ]  # fmt: skip
    return hand_out(request, form, title=found.code, columns=columns, rows=rows)


@staff_page(permissions.MANAGE_BATCHES)
@require_POST
def sessions_plan(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Plan what is not recorded yet anew from the weekly pattern and today's list of holidays."""
    found = find_batch(request, batch_id)
    if attempt(request, operations.plan_sessions, batch=found):
        messages.success(request, _("The sessions are planned anew. Holidays are left out."))
    return redirect("programmes:sessions", found.public_id)


def _initial(session: Session) -> dict[str, Any]:
    teaching = list(session.facilitators.filter(is_active=True))
    return {
        **{name: getattr(session, name) for name in ("held_on", "starts_at", "ends_at", "jp")},
        "place": session.place_id,
        "officers": [row.officer_id for row in teaching if row.officer_id],
        "instructors": [row.instructor_id for row in teaching if row.instructor_id],
    }


@staff_page(permissions.MANAGE_BATCHES)
def session_move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Move a planned session to another day or hour, or call it off."""
    session = find_session(request, session_id)
    form = SessionForm(
        request.POST if "held_on" in request.POST else None, facility=facility_of(request), initial=_initial(session)
    )
    reason = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and form.is_valid():
        done = bool(attempt(request, operations.move_session, form=form, session=session, **form.cleaned_data))
    elif reason.is_bound and reason.is_valid():
        why = reason.cleaned_data["reason"]
        done = bool(attempt(request, operations.call_off_session, form=reason, session=session, reason=why))
    else:
        done = False
    if done:
        return redirect("programmes:sessions", session.batch.public_id)
    context = {"session": session, "batch": session.batch, "form": form, "reason": reason}
    return render(request, "programmes/session_move.html", context)
