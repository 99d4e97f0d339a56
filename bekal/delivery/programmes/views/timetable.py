"""Who is where in a week: the rooms, their sessions, who teaches; and the instructors from outside."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.forms import InstructorForm
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.views.finding import facility_of, may, officer, today_in, week_asked
from bekal.foundation.accounts.access import require
from bekal.foundation.core.days import clock
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.facilities.queries import places_of
from bekal.foundation.papers.lists import hand_out

WEEK = timedelta(days=7)


def _label(request: HttpRequest, session: Session) -> str:
    """What a session is called here: of rehabilitation only to those who may know of it."""
    return (
        f"{session.batch.name}, {session.name}" if queries.may_name(session, officer(request)) else _("Other activity")
    )


@staff_page(permissions.VIEW_BATCHES)
def timetable(request: HttpRequest) -> HttpResponse:
    """A week: a row for each place, a column for each day."""
    first = week_asked(request)
    days = [first + timedelta(days=n) for n in range(7)]
    sessions = queries.week_of(officer(request), days[0], days[-1])
    places = list(places_of(facility_of(request)))
    shown = [
        (
            place,
            [
                (day, [(row, _label(request, row), queries.may_name(row, officer(request))) for row in sessions
                       if row.place_id == place.pk and row.held_on == day])
                for day in days
            ],
        )
        for place in places
    ]  # fmt: skip
    context = {
        "days": days,
        "rows": shown,
        "count": len(sessions),
        "before": (first - WEEK).isoformat(),
        "after": (first + WEEK).isoformat(),
        "query": f"minggu={first.isoformat()}",
        "today": today_in(request),
        "may": may(request),
    }
    return render(request, "programmes/timetable.html", context)


@staff_page(permissions.VIEW_BATCHES)
def timetable_out(request: HttpRequest, form: str) -> HttpResponse:
    """The week to print or to take along."""
    first = week_asked(request)
    columns = [_("Day"), _("From"), _("Until"), _("Place"), _("Activity"), _("Teachers")]
    rows = [
        (
            row.held_on, clock(row.starts_at), clock(row.ends_at), row.place.name, _label(request, row),
            ", ".join(one.name for one in queries.teachers_of_session(row)),
        )
        for row in queries.week_of(officer(request), first, first + timedelta(days=6))
    ]  # fmt: skip
    return hand_out(request, form, title=_("Rooms of the week"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_BATCHES)
def instructors(request: HttpRequest) -> HttpResponse:
    """Those from outside who may be named as teachers, and a form for one more."""
    form = InstructorForm(request.POST or None)
    facility = facility_of(request)
    if request.method == "POST":
        require(officer(request), permissions.MANAGE_BATCHES, at=facility)
        if form.is_valid() and attempt(
            request, operations.add_instructor, form=form, facility=facility, **form.cleaned_data
        ):
            messages.success(request, _("The instructor can be chosen for sessions now."))
            return redirect("programmes:instructors")
    context = {"form": form, "rows": queries.instructors_of(facility), "may": may(request)}
    return render(request, "programmes/instructors.html", context)
