"""Pages on which a closing is planned."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import operations, permissions, queries
from bekal.delivery.ceremonies.forms import AgendaForms, CeremonyForm
from bekal.delivery.ceremonies.operations.planning import AGENDA_SET, PLAN_CHANGED
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.accounts.models import User
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt


@staff_page(permissions.PLAN_CEREMONY)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a new closing."""
    user: User = request.user  # type: ignore[assignment]
    form = CeremonyForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        facility = user.posting.facility if user.posting else None
        made = attempt(request, operations.plan_ceremony, form=form, facility=facility, **form.cleaned_data)
        if made:
            return redirect("ceremonies:ceremony", made.value.public_id)
    has_batches = queries.batches_to_close(user).exists()
    return render(request, "ceremonies/plan.html", {"form": form, "ceremony": None, "has_batches": has_batches})


@staff_page(permissions.PLAN_CEREMONY)
def change(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Change the plan of a closing that has not begun."""
    found = find(request, ceremony_id)
    user: User = request.user  # type: ignore[assignment]
    form = CeremonyForm(request.POST or None, user=user, ceremony=found, initial=CeremonyForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        read = request.POST.get("read_version")
        saved = attempt(
            request, operations.change_ceremony, form=form, ceremony=found, read_version=read, **form.cleaned_data
        )
        if saved:
            messages.success(request, _("The plan is saved."))
            return redirect("ceremonies:ceremony", found.public_id)
    context = {"form": form, "ceremony": found, "has_batches": True, "version": queries.version_of(found, PLAN_CHANGED)}
    return render(request, "ceremonies/plan.html", context)


@staff_page(permissions.PLAN_CEREMONY)
def agenda(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Write the running order."""
    found = find(request, ceremony_id)
    lines = [
        {"item": item.public_id} | {fact: getattr(item, fact) for fact in ("starts_at", "title", "in_charge", "note")}
        for item in queries.agenda_of(found)
    ]
    forms = AgendaForms(request.POST or None, initial=lines)
    if request.method == "POST" and forms.is_valid():
        entered = [form.cleaned_data for form in forms if form.cleaned_data.get("title")]
        read = request.POST.get("read_version")
        if attempt(request, operations.set_agenda, ceremony=found, lines=entered, read_version=read):
            messages.success(request, _("The running order is saved."))
            return redirect("ceremonies:ceremony", found.public_id)
    context = {"forms": forms, "ceremony": found, "saved": lines, "version": queries.version_of(found, AGENDA_SET)}
    return render(request, "ceremonies/agenda.html", context)


@staff_page(permissions.PLAN_CEREMONY)
@require_POST
def cancel(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Call a planned closing off."""
    found = find(request, ceremony_id)
    if attempt(request, operations.cancel_ceremony, ceremony=found):
        messages.success(request, _("The ceremony is called off. Its batches may close at another one."))
    return redirect("ceremonies:ceremony", found.public_id)
