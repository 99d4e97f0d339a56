"""What is offered: the list of programmes, one programme, its modules and what it asks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries, rules
from bekal.delivery.programmes.forms import CriterionForm, ModuleFormSet, ProgrammeForm, ReferenceForm
from bekal.delivery.programmes.models import Programme
from bekal.delivery.programmes.views.finding import facility_of, find_programme, may, officer, today_in
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out

FIELDS = (
    "title certificate_title hours_jp minutes_per_jp attendance_percent attendance_basis standard is_verdict_only is_active"
).split()


@staff_page(permissions.VIEW_BATCHES)
def programmes(request: HttpRequest) -> HttpResponse:
    """What this facility offers."""
    rows = queries.programmes_with_batches(officer(request))
    return render(request, "programmes/programmes.html", {"programmes": rows, "may": may(request)})


@staff_page(permissions.VIEW_BATCHES)
def programmes_out(request: HttpRequest, form: str) -> HttpResponse:
    """The programmes as a list to print or to take along."""
    columns = [_("Title"), _("Kind"), "JP", _("Completed from, percent"), _("Standard followed"), _("Batches")]
    rows = [
        (row.title, row.get_kind_display(), row.hours_jp, row.attendance_percent, row.standard, row.batch_count)
        for row in queries.programmes_with_batches(officer(request))
    ]
    return hand_out(request, form, title=_("Programmes"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_BATCHES)
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """One programme: its hours, modules, criteria, batches."""
    found = find_programme(request, programme_id)
    today = today_in(request)
    batches = list(queries.batches_for(officer(request)).filter(programme=found)[:20])
    context = {
        "programme": found,
        "modules": queries.modules_of(found),
        "warning": rules.modules_warning(modules_jp=queries.modules_jp(found), hours_jp=found.hours_jp),
        "criteria": [(row, queries.value_words(row)) for row in queries.criteria_of(found)],
        "make_up_rules": queries.make_up_rules_of(found),
        "today": today,
        "batches": batches,
        "may": may(request),
    }
    return render(request, "programmes/programme.html", context)


@staff_page(permissions.MANAGE_PROGRAMMES)
def programme_new(request: HttpRequest) -> HttpResponse:
    """Offer something new."""
    form = ProgrammeForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "is_active"}
        made = attempt(request, operations.create_programme, form=form, facility=facility_of(request), **data)
        if made:
            return redirect("programmes:programme", made.value.public_id)
    return render(request, "programmes/programme_form.html", {"form": form, "programme": None})


@staff_page(permissions.MANAGE_PROGRAMMES)
def programme_edit(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Change what is offered."""
    found = find_programme(request, programme_id)
    initial = {name: getattr(found, name) for name in FIELDS} | {"read_version": queries.version_of(found)}
    form = ProgrammeForm(request.POST or None, is_new=False, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.change_programme, form=form, programme=found, **form.cleaned_data)
    ):
        messages.success(request, _("The programme is changed. Certificates already issued stay as they are."))
        return redirect("programmes:programme", found.public_id)
    return render(request, "programmes/programme_form.html", {"form": form, "programme": found})


@staff_page(permissions.MANAGE_PROGRAMMES)
def modules(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The modules as a whole, in their order."""
    found = find_programme(request, programme_id)
    initial = [
        {"module": row.public_id, "title": row.title, "hours_jp": row.hours_jp} for row in queries.modules_of(found)
    ]
    forms: Any = ModuleFormSet(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and forms.is_valid()
        and attempt(request, operations.set_modules, programme=found, lines=forms.lines)
    ):
        return redirect("programmes:programme", found.public_id)
    return render(request, "programmes/modules.html", {"forms": forms, "programme": found})


@staff_page(permissions.MANAGE_PROGRAMMES)
def criterion_new(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Ask something from a day on: from the reference table, or in the office's own words."""
    found = find_programme(request, programme_id)
    today = {"from_on": today_in(request)}
    own = CriterionForm(request.POST if "rule" in request.POST else None, initial=today, auto_id="own_%s")
    ready = ReferenceForm(request.POST if "code" in request.POST else None, initial=today, kind=found.kind)
    for form in (ready, own):
        if form.is_bound and form.is_valid():
            asked = form.criterion if isinstance(form, ReferenceForm) else form.cleaned_data
            if attempt(request, operations.add_criterion, form=form, programme=found, **asked):
                return redirect("programmes:programme", found.public_id)
    return render(request, "programmes/criterion.html", {"own": own, "ready": ready, "programme": found})


@staff_page(permissions.MANAGE_PROGRAMMES)
@require_POST
def criterion_end(request: HttpRequest, programme_id: UUID, criterion_id: UUID) -> HttpResponse:
    """Ask something for the last time today."""
    found: Programme = find_programme(request, programme_id)
    criterion = get_object_or_404(queries.criteria_of(found), public_id=criterion_id)
    if attempt(request, operations.end_criterion, criterion=criterion, until_on=today_in(request)):
        messages.success(request, _("From tomorrow this is asked no more. The row stays."))
    return redirect("programmes:programme", found.public_id)
