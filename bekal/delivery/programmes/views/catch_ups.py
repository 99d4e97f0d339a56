"""Catch-up sessions, and the rule by which their hours count."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.forms import MakeUpRuleForm, SessionForm
from bekal.delivery.programmes.models import Session
from bekal.delivery.programmes.views.finding import (
    facility_of,
    find_programme,
    find_session,
    officer,
    require_list,
    today_in,
)
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.facilities import reference


@staff_page(permissions.MANAGE_BATCHES)
def catch_up_new(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Plan a session in which some make up for this one."""
    missed = find_session(request, session_id)
    require_list(request, missed.batch)
    rows = queries.missed_at(missed)
    form = SessionForm(request.POST or None, facility=facility_of(request), initial=_initial(request, missed))
    posted = set(request.POST.getlist("peserta"))
    ticked = posted if request.method == "POST" else {str(row.enrolment.public_id) for row in rows if not row.has_seat}
    if request.method == "POST" and form.is_valid():
        people = [row.enrolment for row in rows if str(row.enrolment.public_id) in posted]
        planned = attempt(
            request, operations.plan_catch_up, form=form, missed=missed, people=people, **form.cleaned_data
        )
        if planned:
            messages.success(request, _("The catch-up session is on the timetable, with those chosen on its list."))
            return redirect("programmes:sessions", missed.batch.public_id)
    labels = dict(reference.choices("absence_reasons"))
    context = {
        "form": form,
        "session": missed,
        "batch": missed.batch,
        "rows": [(row, labels.get(row.absence_reason, ""), str(row.enrolment.public_id) in ticked) for row in rows],
        "rule": queries.make_up_rule_on(missed.batch.programme, today_in(request)),
    }
    return render(request, "programmes/catch_up.html", context)


def _initial(request: HttpRequest, missed: Session) -> dict[str, Any]:
    return {
        "held_on": today_in(request),
        "starts_at": missed.starts_at,
        "ends_at": missed.ends_at,
        "jp": missed.held_jp or missed.jp,
        "place": missed.place_id,
        "officers": [missed.batch.teacher_id] if missed.batch.teacher_id else [],
    }


@staff_page(permissions.MANAGE_PROGRAMMES)
def make_up_rule(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Say whether hours made up count, from a day on."""
    found = find_programme(request, programme_id)
    form = MakeUpRuleForm(request.POST or None, initial={"from_on": today_in(request)})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.set_make_up_rule, form=form, programme=found, **form.cleaned_data)
    ):
        messages.success(request, _("The rule holds from that day on."))
        return redirect("programmes:programme", found.public_id)
    context = {"form": form, "programme": found, "officer": officer(request)}
    return render(request, "programmes/make_up_rule.html", context)
