"""Proposing people: from the batch, from the person, and taking a proposal back."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.delivery.programmes import operations, permissions, queries
from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.forms import NominationForm
from bekal.delivery.programmes.views.finding import find_batch, officer, require_list
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people.joinings import records_of
from bekal.people.models import Custody
from bekal.people.queries import custodies_for, people_for

PER_PAGE = 40


def groups() -> list[tuple[str, str]]:
    """The answers to "is this person eligible?", in the order in which they are looked at."""
    return [
        ("now", _("Eligible")),
        ("busy", _("Busy at these hours")),
        ("later", _("Eligible later")),
        ("unknown", _("A fact is missing")),
        ("no", _("Not eligible")),
    ]


@never_cache
@staff_page(permissions.NOMINATE)
def propose(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Who is here and could be proposed: eligible now, later, or not, and why. A search travels in the body."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    words = request.POST.get("cari", "")
    candidates = queries.candidates_for(found, words=words)
    counts = Counter(candidate.group for candidate in candidates)
    group = request.GET.get("kelompok", "")
    if group in dict(groups()) and not words:
        candidates = [candidate for candidate in candidates if candidate.group == group]
    context = {
        "batch": found,
        "title": found.name,
        "criteria": [(row, queries.value_words(row)) for row in queries.criteria_for(found)],
        "groups": [(code, label, counts[code]) for code, label in groups()],
        "group": group,
        "words": words,
        "page": Paginator(candidates, PER_PAGE).get_page(request.GET.get("halaman")),
        "pager_query": f"kelompok={group}" if group else "",
        "is_open": found.status == BatchStatus.PLANNED,
        "counts": queries.counts_of(found),
    }
    return render(request, "programmes/propose.html", context)


@staff_page(permissions.NOMINATE)
def candidates_out(request: HttpRequest, batch_id: UUID, form: str) -> HttpResponse:
    """Who could be proposed, with what is missing, to print or to take along."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    labels = dict(groups())
    rows = [
        (
            candidate.custody.person.full_name,
            candidate.custody.register_number,
            labels[candidate.group],
            candidate.eligible_from,
            ", ".join(verdict.label for verdict in candidate.lacking),
        )
        for candidate in queries.candidates_for(found)
    ]
    columns = [_("Name"), _("Register"), _("Eligibility"), _("Eligible from"), _("Missing")]
    return hand_out(request, form, title=found.code, columns=columns, rows=rows)


@staff_page(permissions.NOMINATE)
def propose_one(request: HttpRequest, batch_id: UUID, person_id: UUID) -> HttpResponse:
    """One person and what the batch asks; then the proposal."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    stays = custodies_for(officer(request)).filter(ended_on=None)
    custody: Custody = get_object_or_404(stays, person__public_id=person_id)
    candidate = queries.candidate(found, custody)
    form = NominationForm(request.POST or None, is_exception=candidate.group != "now")
    if request.method == "POST" and form.is_valid():
        person = custody.person
        if attempt(request, operations.nominate, form=form, batch=found, person=person, **form.cleaned_data):
            messages.success(request, _("The proposal waits for the hearing."))
            if request.POST.get("kembali") == "orang":
                return redirect("people:person", person.public_id)
            return redirect("programmes:propose", found.public_id)
    context = {
        "batch": found,
        "title": found.name,
        "candidate": candidate,
        "busy_in": [batch.name for batch in queries.busy_in(custody.person, found)],
        "form": form,
        "back": request.GET.get("dari", ""),
    }
    return render(request, "programmes/propose_one.html", context)


@staff_page(permissions.NOMINATE)
def propose_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The batches that are being filled, and what each asks of this person."""
    user = officer(request)
    person = get_object_or_404(people_for(user), public_id=person_id)
    custody = get_object_or_404(custodies_for(user).filter(ended_on=None), person=person)
    rows: list[Any] = [
        (batch, batch.name, queries.candidate(batch, custody))
        for batch in queries.batches_to_fill(user, records_of(person))
    ]
    return render(request, "programmes/propose_person.html", {"person": person, "custody": custody, "rows": rows})


@staff_page(permissions.NOMINATE)
@require_POST
def withdraw(request: HttpRequest, nomination_id: UUID) -> HttpResponse:
    """Take a proposal back before the board decides."""
    nomination = get_object_or_404(queries.nominations_for(officer(request)), public_id=nomination_id)
    if attempt(request, operations.withdraw_nomination, nomination=nomination):
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("programmes:batch", nomination.batch.public_id)
