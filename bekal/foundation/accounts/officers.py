"""Pages on which the head or the operator gives out sign-ins and postings."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.foundation.accounts import operations, permissions, queries
from bekal.foundation.accounts.access import staff_page
from bekal.foundation.accounts.forms import OfficerForm, PostingForm
from bekal.foundation.accounts.models import User
from bekal.foundation.core.pages import attempt


def _officers(request: HttpRequest) -> QuerySet[User]:
    postings = queries.postings_for(request.user).order_by("from_on", "pk")  # type: ignore[arg-type]
    return (
        User.objects.filter(pk__in=postings.values("user_id"))
        .prefetch_related(Prefetch("postings", postings, to_attr="postings_here"))
        .order_by("name", "pk")
    )


@staff_page(permissions.MANAGE_POSTINGS)
def officers(request: HttpRequest) -> HttpResponse:
    """Who signs in here, in which capacity."""
    today = request.user.posting.facility.day_of(timezone.now())
    return render(request, "accounts/officers.html", {"officers": _officers(request), "today": today})


@staff_page(permissions.MANAGE_POSTINGS)
@never_cache
def new_officer(request: HttpRequest) -> HttpResponse:
    """Make a sign-in with its first posting; the first password is shown once."""
    form, posting_form = OfficerForm(request.POST or None), PostingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and posting_form.is_valid():
        password, facility = operations.first_password(), request.user.posting.facility
        made = attempt(
            request,
            operations.create_officer_with_posting,
            form=form,
            facility=facility,
            password=password,
            officer=form.cleaned_data,
            posting=posting_form.cleaned_data,
        )
        if made:
            return render(request, "accounts/officer_made.html", {"officer": made.value, "password": password})
    return render(request, "accounts/officer_new.html", {"form": form, "posting_form": posting_form})


@staff_page(permissions.MANAGE_POSTINGS)
def officer(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One officer: postings, and what may be done about the sign-in."""
    person = get_object_or_404(_officers(request), public_id=user_id)
    form = PostingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facility = request.user.posting.facility
        if attempt(request, operations.add_posting, form=form, user=person, facility=facility, **form.cleaned_data):
            messages.success(request, _("The posting is noted."))
            return redirect("accounts:officer", person.public_id)
    return render(request, "accounts/officer.html", {"officer": person, "form": form})


@staff_page(permissions.MANAGE_POSTINGS)
@require_POST
def end_posting(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Take a capacity away, at once."""
    posting = get_object_or_404(queries.postings_for(request.user), public_id=posting_id)  # type: ignore[arg-type]
    attempt(request, operations.end_posting, posting=posting)
    return redirect("accounts:officer", posting.user.public_id)


@staff_page(permissions.MANAGE_POSTINGS)
@require_POST
def set_active(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close or open a sign-in."""
    person = get_object_or_404(_officers(request), public_id=user_id)
    attempt(
        request,
        operations.set_active,
        user=person,
        is_active=request.POST.get("active") == "yes",
        facility=request.user.posting.facility,
    )
    return redirect("accounts:officer", person.public_id)


@staff_page(permissions.RESET_ACCESS)
@require_POST
@never_cache
def offer_reset(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A one-time link for somebody who lost a password or a second factor; shown once."""
    person = get_object_or_404(_officers(request), public_id=user_id)
    made = attempt(
        request,
        operations.make_reset,
        user=person,
        clears_second_factor=request.POST.get("second_factor") == "yes",
    )
    if not made:
        return redirect("accounts:officer", person.public_id)
    link = request.build_absolute_uri(reverse("accounts:come-in-again", args=[made.value]))
    return render(request, "accounts/reset_link.html", {"officer": person, "link": link})
