"""The hearing (sidang TPP): the list of hearings, calling one, its list, deciding, its minutes."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.choices import HearingStatus, NominationStatus
from bekal.delivery.programmes.forms import HearingForm, decisions_of
from bekal.delivery.programmes.models import Hearing
from bekal.delivery.programmes.views.finding import facility_of, may, officer, today_in
from bekal.foundation.core.days import indonesian_day
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.core.refusals import Changed
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.reading import open_paper

PER_PAGE = 25


def _find(request: HttpRequest, hearing_id: UUID) -> Hearing:
    return get_object_or_404(queries.hearings_for(officer(request)), public_id=hearing_id)


@staff_page(permissions.VIEW_BATCHES)
def hearings(request: HttpRequest) -> HttpResponse:
    """The hearings that the officer may see, latest first, and how many nominations wait."""
    user = officer(request)
    context = {
        "page": Paginator(queries.hearings_for(user), PER_PAGE).get_page(request.GET.get("halaman")),
        "waiting": queries.waiting_nominations(user).count(),
        "may": may(request),
    }
    return render(request, "programmes/hearings.html", context)


@staff_page(permissions.VIEW_BATCHES)
def hearings_out(request: HttpRequest, form: str) -> HttpResponse:
    """The hearings to print or to take along."""
    columns = [_("Day"), _("Place"), _("State"), _("On the list"), _("Accepted"), _("Minutes")]
    rows = [
        (
            row.held_on,
            row.place,
            row.get_status_display(),
            row.listed,
            row.accepted,
            row.minutes.number if row.minutes else "",
        )
        for row in queries.hearings_for(officer(request))
    ]
    return hand_out(request, form, title=_("Hearings"), columns=columns, rows=rows)


@staff_page(permissions.HOLD_HEARING)
def hearing_new(request: HttpRequest) -> HttpResponse:
    """Call a hearing and put all waiting nominations on its list, or some."""
    user = officer(request)
    waiting = list(queries.waiting_nominations(user))
    form = HearingForm(request.POST or None, initial={"held_on": today_in(request)})
    ticked = (
        set(request.POST.getlist("usulan")) if request.method == "POST" else {str(row.public_id) for row in waiting}
    )
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in waiting if str(row.public_id) in ticked]
        called = attempt(
            request,
            operations.call_hearing,
            form=form,
            facility=facility_of(request),
            nominations=chosen,
            **form.cleaned_data,
        )
        if called:
            return redirect("programmes:hearing", called.value.public_id)
    rows = [(row, str(row.public_id) in ticked) for row in waiting]
    return render(request, "programmes/hearing_form.html", {"form": form, "rows": rows})


@staff_page(permissions.VIEW_BATCHES)
def hearing(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """One hearing: its list with one decision a row, all saved at once; afterwards what was decided."""
    found = _find(request, hearing_id)
    return render(request, "programmes/hearing.html", _context(request, found))


def _context(request: HttpRequest, found: Hearing, refusal: Changed | None = None) -> dict[str, object]:
    user = officer(request)
    listed = list(queries.list_of(found))
    typed = decisions_of(request.POST, listed)
    rows = [(row, typed.get(row.public_id), row.proposed_by_id == user.pk) for row in listed]
    is_open = found.status == HearingStatus.OPEN
    return {
        "hearing": found,
        "rows": rows,
        "waiting": queries.waiting_nominations(user) if is_open and user.may(permissions.HOLD_HEARING) else [],
        "is_open": is_open,
        "is_ahead": found.held_on > today_in(request),
        "clash": refusal,
        "may": may(request),
    }


@staff_page(permissions.HOLD_HEARING)
@require_POST
def hearing_decide(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """Save all decisions at once; a second board member at the same moment is told who was faster."""
    found = _find(request, hearing_id)
    decisions = decisions_of(request.POST, queries.list_of(found))
    decided = attempt(request, operations.decide_hearing, hearing=found, decisions=decisions)
    if decided:
        messages.success(request, _("Decided. The minutes are numbered and sealed."))
        return redirect("programmes:hearing", found.public_id)
    clash = decided.refusal if isinstance(decided.refusal, Changed) else None
    found = _find(request, hearing_id)
    return render(request, "programmes/hearing.html", _context(request, found, clash), status=409 if clash else 200)


@staff_page(permissions.HOLD_HEARING)
@require_POST
def hearing_list(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """Put waiting nominations on the list, or take some off."""
    found = _find(request, hearing_id)
    wanted = set(request.POST.getlist("usulan"))
    either = [*queries.list_of(found), *queries.waiting_nominations(officer(request))]
    chosen = [row for row in either if str(row.public_id) in wanted]
    if attempt(request, operations.set_list, hearing=found, nominations=chosen):
        messages.success(request, _("The list of the hearing is saved."))
    return redirect("programmes:hearing", found.public_id)


@staff_page(permissions.VIEW_BATCHES)
def hearing_out(request: HttpRequest, hearing_id: UUID, form: str) -> HttpResponse:
    """The list of a hearing to print or to take along: before the board sits, with room for its decisions."""
    found = _find(request, hearing_id)
    columns = [
        _("Name"),
        _("Register"),
        _("Batch"),
        _("Proposed by"),
        _("Why all the same"),
        _("Decision"),
        _("Reason"),
    ]
    rows = [
        (
            row.person.full_name,
            row.custody.register_number,
            row.batch.name,
            row.proposed_by.name,
            row.exception_reason,
            "" if row.status == NominationStatus.PROPOSED else row.get_status_display(),
            row.decision_reason,
        )
        for row in queries.list_of(found)
    ]
    title = _("Hearing of the board, %(day)s") % {"day": indonesian_day(found.held_on)}
    return hand_out(request, form, title=title, columns=columns, rows=rows)


@staff_page(permissions.VIEW_BATCHES)
def hearing_minutes(request: HttpRequest, hearing_id: UUID) -> HttpResponse:
    """The minutes as they were sealed. Opening them is recorded."""
    return open_paper(request, _find(request, hearing_id).minutes)
