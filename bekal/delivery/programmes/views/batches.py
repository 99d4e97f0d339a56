"""Batches: the list in its forms, one batch, making, changing, starting and cancelling it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries, rules
from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.forms import BatchFilterForm, BatchForm, ReasonForm
from bekal.delivery.programmes.models import Batch
from bekal.delivery.programmes.plans import BatchPlan
from bekal.delivery.programmes.views.finding import (
    facility_of,
    find_batch,
    find_programme,
    may,
    officer,
    require_list,
    sees_list,
    today_in,
)
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people.permissions import RECORD_CONSENT

PER_PAGE = 25


def _filtered(request: HttpRequest) -> tuple[BatchFilterForm, Any]:
    form = BatchFilterForm(request.GET, years=queries.years_for(officer(request)))
    return form, queries.batches_of(officer(request), **form.filters)


@staff_page(permissions.VIEW_BATCHES)
def batches(request: HttpRequest) -> HttpResponse:
    """All batches, latest first, with how many take part."""
    form, found = _filtered(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    counts = queries.batch_counts(page.object_list)
    pager_query = request.GET.copy()
    pager_query.pop("halaman", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(batch, counts.get(batch.pk)) for batch in page.object_list],
        "pager_query": pager_query.urlencode(),
        "is_filtered": bool(form.filters),
        "may": may(request),
    }
    return render(request, "programmes/batches.html", context)


@staff_page(permissions.VIEW_BATCHES)
def batches_out(request: HttpRequest, form: str) -> HttpResponse:
    """The batches as filtered, to print or to take along."""
    found = list(_filtered(request)[1])
    counts = queries.batch_counts(found)
    columns = [
        _("Batch"), _("Code"), _("State"), _("First day"), _("Last day"),
        _("Seats"), _("Participants"), _("Completed"), _("Left by law"), _("Left otherwise"),
    ]  # fmt: skip
    rows = [
        (
            batch.name, batch.code, batch.get_status_display(), batch.starts_on,
            batch.ends_on, batch.capacity, counts[batch.pk].here, counts[batch.pk].completed,
            counts[batch.pk].left_by_law, counts[batch.pk].left_otherwise,
        )
        for batch in found
    ]  # fmt: skip
    return hand_out(request, form, title=_("Batches"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_BATCHES)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One batch: facts, days, participants, what is missing, completion."""
    found = find_batch(request, batch_id)
    today, sees = today_in(request), sees_list(request, found)
    told = queries.overview_of(found, today=today, sees_list=sees)
    context = {
        "batch": found,
        "title": found.name,
        "counts": told.counts,
        "completion": told.counts.completion,
        "has_catch_ups": any(row.made_up.jp for row in told.participants),
        "make_up_rule": told.make_up_rule,
        "days": told.days,
        "today": today,
        "sees_list": sees,
        "participants": told.participants,
        "nominations": told.nominations,
        "decrees": told.decrees,
        "deeds": told.deeds,
        "lacks": told.lacks,
        "may_ask": officer(request).may(RECORD_CONSENT),
        "advice": told.advice,
        "met": sum(lack.state == rules.State.MET for lack in told.lacks),
        "is_ready": rules.is_ready(told.lacks),
        "may": may(request),
    }
    return render(request, "programmes/batch.html", context)


@staff_page(permissions.MANAGE_BATCHES)
def batch_new(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Make a batch of a programme."""
    programme = find_programme(request, programme_id)
    initial = {
        "standard": programme.standard,
        "is_verdict_only": programme.is_verdict_only,
        "weekdays": [1, 2, 3, 4, 5],
    }
    form = BatchForm(request.POST or None, facility=facility_of(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(request, operations.create_batch, form=form, programme=programme, plan=form.plan)
        if made:
            messages.success(request, _("The batch is there, with its sessions. Now propose people."))
            return redirect("programmes:batch", made.value.public_id)
    return render(request, "programmes/batch_form.html", {"form": form, "programme": programme, "batch": None})


@staff_page(permissions.MANAGE_BATCHES)
def batch_edit(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Change a batch while it is being filled."""
    found = find_batch(request, batch_id)
    form = BatchForm(request.POST or None, facility=facility_of(request), initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["read_version"]
        if attempt(request, operations.change_batch, form=form, batch=found, plan=form.plan, read_version=read):
            return redirect("programmes:batch", found.public_id)
    context = {"form": form, "programme": found.programme, "batch": found}
    return render(request, "programmes/batch_form.html", context)


def _initial(batch: Batch) -> dict[str, Any]:
    return {name: getattr(batch, name) for name in BatchPlan.names()} | {"read_version": queries.version_of(batch)}


@staff_page(permissions.MANAGE_BATCHES)
@require_POST
def batch_start(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Begin teaching."""
    found = find_batch(request, batch_id)
    if attempt(request, operations.start_batch, batch=found):
        messages.success(request, _("The batch has started."))
    return redirect("programmes:batch", found.public_id)


@staff_page(permissions.MANAGE_BATCHES)
def batch_cancel(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Call a batch off, with its reason; asks once more before it acts."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.cancel_batch, form=form, batch=found, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The batch is cancelled."))
        return redirect("programmes:batch", found.public_id)
    counts = queries.counts_of(found)
    is_open = found.status in (BatchStatus.PLANNED, BatchStatus.RUNNING)
    context = {"batch": found, "form": form, "counts": counts, "is_open": is_open}
    return render(request, "programmes/batch_cancel.html", context)
