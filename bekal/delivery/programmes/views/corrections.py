"""Corrections after the window: asking, the list that waits, deciding."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.forms import DecisionForm, MarkCorrectionForm, SessionCorrectionForm
from bekal.delivery.programmes.models import Correction
from bekal.delivery.programmes.views.finding import find_session, may, officer, require_list
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.facilities import reference
from bekal.foundation.papers.lists import hand_out

PER_PAGE = 25


def _find(request: HttpRequest, correction_id: UUID) -> Correction:
    return get_object_or_404(queries.corrections_for(officer(request)), public_id=correction_id)


@staff_page(permissions.VIEW_BATCHES)
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections that the officer may see, latest first."""
    found = queries.corrections_for(officer(request))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("halaman")),
        "waiting": queries.waiting_corrections(officer(request)).count(),
        "may": may(request),
    }
    return render(request, "programmes/corrections.html", context)


@staff_page(permissions.VIEW_BATCHES)
def corrections_out(request: HttpRequest, form: str) -> HttpResponse:
    """The corrections to print or to take along. Names stand on the page of each, not here."""
    columns = [_("Asked on"), _("Batch"), _("Session"), _("Asked by"), _("State"), _("Decided by"), _("Reason")]
    rows = [
        (
            row.facility.day_of(row.requested_at), row.session.batch.name, row.session.name, row.requested_by.name,
            row.get_status_display(), row.decided_by.name if row.decided_by else "", row.decision_reason,
        )
        for row in queries.corrections_for(officer(request))
    ]  # fmt: skip
    return hand_out(request, form, title=_("Corrections of attendance"), columns=columns, rows=rows)


@staff_page(permissions.TAKE_ATTENDANCE)
def correction_of_mark(request: HttpRequest, session_id: UUID, enrolment_id: UUID) -> HttpResponse:
    """Ask that a mark be changed after the window."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    row = get_object_or_404(session.attendances.select_related("enrolment__person"), enrolment__public_id=enrolment_id)
    initial = {
        "present": "h" if row.is_present else "t",
        "absence_reason": row.absence_reason,
        "participation": row.participation,
        "counted_jp": row.counted_jp,
    }
    form = MarkCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = attempt(
            request,
            operations.request_mark_correction,
            form=form,
            session=session,
            enrolment=row.enrolment,
            mark=form.mark,
            reason=form.cleaned_data["reason"],
        )
        if asked:
            messages.success(request, _("The correction is asked for. Somebody else decides."))
            return redirect("programmes:attendance", session.public_id)
    context = {"form": form, "session": session, "batch": session.batch, "row": row, "reasons": _reasons()}
    return render(request, "programmes/correction_form.html", context)


@staff_page(permissions.TAKE_ATTENDANCE)
def correction_of_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Ask that it be recorded otherwise whether a session was held."""
    session = find_session(request, session_id)
    require_list(request, session.batch)
    form = SessionCorrectionForm(request.POST or None, initial=SessionCorrectionForm.shown(session))
    if request.method == "POST" and form.is_valid():
        asked = attempt(request, operations.request_session_correction, form=form, session=session, **form.cleaned_data)
        if asked:
            messages.success(request, _("The correction is asked for. Somebody else decides."))
            return redirect("programmes:attendance", session.public_id)
    context = {"form": form, "session": session, "batch": session.batch, "row": None, "reasons": _reasons()}
    return render(request, "programmes/correction_form.html", context)


def _reasons() -> list[tuple[str, str]]:
    return reference.choices("absence_reasons")


@staff_page(permissions.VIEW_BATCHES)
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """One correction: what stands, what is asked, why, and the decision."""
    found = _find(request, correction_id)
    return render(request, "programmes/correction.html", _context(request, found, DecisionForm()))


def _context(request: HttpRequest, found: Correction, form: DecisionForm) -> dict[str, object]:
    user = officer(request)
    is_open = found.status == "requested"
    return {
        "correction": found,
        "session": found.session,
        "batch": found.session.batch,
        "stands": queries.stands_now(found),
        "asked": queries.asked_mark(found),
        "reasons": _reasons(),
        "form": form,
        "is_mine": found.requested_by_id == user.pk,
        "can_decide": is_open and user.may(permissions.DECIDE_CORRECTIONS) and found.requested_by_id != user.pk,
        "is_open": is_open,
    }


@staff_page(permissions.DECIDE_CORRECTIONS)
@require_POST
def correction_decide(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Accept or refuse."""
    found = _find(request, correction_id)
    form = DecisionForm(request.POST)
    is_accepted = request.POST.get("putusan") == "terima"
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    decided = attempt(
        request,
        operations.decide_correction,
        form=form,
        correction=found,
        is_accepted=is_accepted,
        reason=reason,
    )
    if not decided:
        return render(request, "programmes/correction.html", _context(request, _find(request, correction_id), form))
    words = _("Accepted. The sheet says it now.") if is_accepted else _("Refused. The sheet stays as it is.")
    messages.success(request, words)
    return redirect("programmes:correction", found.public_id)


@staff_page(permissions.TAKE_ATTENDANCE)
@require_POST
def correction_withdraw(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Take back what one asked for."""
    found = _find(request, correction_id)
    if attempt(request, operations.withdraw_correction, correction=found):
        messages.success(request, _("The request is taken back."))
    return redirect("programmes:correction", found.public_id)
