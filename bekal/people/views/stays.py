"""Forms about a stay: somebody comes, is written down better, goes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.core.refusals import Changed
from bekal.people import operations, permissions, queries
from bekal.people.facts import PersonFacts, StayFacts
from bekal.people.forms import EndForm, PersonForm
from bekal.people.models import Custody, Person, Transfer


@sensitive_post_parameters()
@never_cache
@staff_page(permissions.ADMIT)
def admit(request: HttpRequest, person_id: UUID | None = None) -> HttpResponse:
    """Take somebody in; with a person, one who was here before."""
    user: Any = request.user
    returning = get_object_or_404(queries.known_to(user), public_id=person_id) if person_id else None
    initial = vars(PersonFacts.of(returning)) if returning else {}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        admitted = attempt(
            request,
            operations.admit_or_ask,
            form=form,
            facility=user.posting.facility,
            person=form.person,
            stay=form.stay,
            returning=returning,
        )
        if admitted:
            return _after_admission(request, admitted.value)
    return render(request, "people/admit.html", {"form": form, "returning": returning})


def _after_admission(request: HttpRequest, done: Custody | Transfer) -> HttpResponse:
    """To whoever was taken in; or to the request that another facility has to answer first."""
    if isinstance(done, Transfer):
        told = _("%(facility)s holds this NIK and was asked for the transfer. Nobody was admitted yet.")
        messages.info(request, told % {"facility": done.facility.name})
        return redirect("people:transfer", done.public_id)
    messages.success(request, _("The admission is written down."))
    return redirect("people:person", done.person.public_id)


def _now(person: Person, stay: Custody) -> dict[str, Any]:
    return {**vars(PersonFacts.of(person)), **vars(StayFacts.of(stay)), "version": queries.version_of(stay)}


@sensitive_post_parameters()
@never_cache
@staff_page(permissions.CORRECT)
def correct(request: HttpRequest, custody_id: UUID) -> HttpResponse:
    """Write a person and a stay down better. Two officers on one form: the second sees both, and chooses."""
    stay = get_object_or_404(queries.custodies_for(request.user), public_id=custody_id)  # type: ignore[arg-type]
    form, clashes = PersonForm(request.POST or None, initial=_now(stay.person, stay)), []
    if request.method == "POST" and form.is_valid():
        outcome = attempt(
            request,
            operations.correct,
            form=form,
            custody=stay,
            person=form.person,
            stay=form.stay,
            version=form.cleaned_data["version"],
        )
        if outcome:
            messages.success(request, _("The correction is written down."))
            return redirect("people:person", stay.person.public_id)
        if isinstance(outcome.refusal, Changed):
            clashes = _clashes(form, stay)
            # Whoever has seen both and saves again has chosen.
            typed = request.POST.copy()
            typed["version"] = queries.version_of(stay)
            form.data = typed
    context = {"form": form, "stay": stay, "clashes": clashes}
    return render(request, "people/correct.html", context, status=409 if clashes else 200)


def _clashes(form: PersonForm, stay: Custody) -> list[tuple[str, Any, Any]]:
    """Label, what is written now and what was typed, for each field in which they differ."""
    rows = [(form.person, stay.person), (form.stay, stay)]
    return [
        (form.fields[name].label, getattr(row, name), getattr(facts, name))
        for facts, row in rows
        for name in facts.differences(row)
    ]


@staff_page(permissions.END_STAY)
def end(request: HttpRequest, custody_id: UUID) -> HttpResponse:
    """End a stay."""
    stay = get_object_or_404(queries.custodies_for(request.user), public_id=custody_id)  # type: ignore[arg-type]
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        ended = attempt(
            request,
            operations.end_stay,
            form=form,
            custody=stay,
            kind=values["end_kind"],
            ended_on=values["ended_on"],
            note=values["note"],
        )
        if ended:
            messages.success(request, _("The end of the stay is written down."))
            return redirect("people:person", stay.person.public_id)
    return render(request, "people/end.html", {"form": form, "stay": stay})
