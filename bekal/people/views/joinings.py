"""Records that are one person: offered, joined, parted, told apart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt
from bekal.foundation.papers.lists import hand_out
from bekal.people import joinings as reads
from bekal.people import operations, permissions, queries
from bekal.people.forms import JoinForm, LookAlikeForm, WhyForm
from bekal.people.models import Person

PER_PAGE = 20


@never_cache
@staff_page(permissions.JOIN)
def suspected(request: HttpRequest) -> HttpResponse:
    """Records that look like one person, to be decided; and the joinings that hold."""
    user: Any = request.user
    page = Paginator(reads.suspected_for(user), PER_PAGE).get_page(request.GET.get("halaman"))
    joined = Paginator(reads.joinings_for(user), PER_PAGE).get_page(request.GET.get("gabungan"))
    context = {"page": page, "joined": joined, "why": WhyForm(auto_id=False), "most": reads.MOST}
    return render(request, "people/suspected.html", context)


@staff_page(permissions.JOIN)
def suspected_out(request: HttpRequest, form: str) -> HttpResponse:
    """The pairs that wait for a decision as XLSX, CSV or paper."""
    columns = [_("Name"), _("Born"), _("Register"), _("Name"), _("Born"), _("Register"), _("Alike in")]
    rows = [
        (*(told for record in pair.records for told in _told(record)), _why(pair))
        for pair in reads.suspected_for(request.user)  # type: ignore[arg-type]
    ]
    return hand_out(request, form, title=_("Records that look like one person"), columns=columns, rows=rows)


def _told(record: Person) -> tuple[Any, ...]:
    numbers = ", ".join(stay.register_number for stay in record.stays)  # type: ignore[attr-defined]
    return record.full_name, record.birth_on, numbers


def _why(pair: reads.Pair) -> str:
    return _("the same NIK") if pair.same_nik else _("the same name and day of birth")


@staff_page(permissions.JOIN)
@require_POST
def decide_pair(request: HttpRequest) -> HttpResponse:
    """Join two records that look alike, or say that they are two people."""
    form = LookAlikeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: whoever reads this later will want to know."))
        return redirect("people:suspected")
    given = form.cleaned_data
    here = queries.people_for(request.user)  # type: ignore[arg-type]
    first, second = (get_object_or_404(here, public_id=given[name]) for name in ("first", "second"))
    if given["decision"] == "apart":
        if attempt(request, operations.tell_apart, one=first, other=second, reason=given["reason"]):
            messages.success(request, _("They are two people. They will not be offered again."))
        return redirect("people:suspected")
    kept, merged = (first, second) if given["decision"] == "first" else (second, first)
    if attempt(request, operations.join, kept=kept, merged=merged, reason=given["reason"]):
        messages.success(request, _("The records are joined. Nothing in them was changed, and it can be undone."))
    return redirect("people:suspected")


@never_cache
@staff_page(permissions.JOIN)
def join(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Join another record, found by its register number, into this one."""
    user: Any = request.user
    kept = get_object_or_404(queries.people_for(user), public_id=person_id)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        merged = queries.by_register_number(user, form.cleaned_data["register_number"]).exclude(pk=kept.pk).first()
        if merged is None:
            form.add_error("register_number", _("No other person here has or had this number."))
        elif attempt(request, operations.join, form=form, kept=kept, merged=merged, reason=form.cleaned_data["reason"]):
            messages.success(request, _("The records are joined. Nothing in them was changed, and it can be undone."))
            return redirect("people:person", kept.public_id)
    return render(request, "people/join.html", {"form": form, "person": kept})


@staff_page(permissions.JOIN)
@require_POST
def part(request: HttpRequest, joining_id: UUID) -> HttpResponse:
    """Undo a joining."""
    found = get_object_or_404(reads.joinings_for(request.user), public_id=joining_id)  # type: ignore[arg-type]
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if attempt(request, operations.part, joining=found, reason=reason):
        messages.success(request, _("The records stand by themselves again, as they were."))
    return redirect("people:suspected")
