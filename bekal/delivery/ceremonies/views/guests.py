"""Guests of a ceremony: listed in one pass, received at the door, printed, exported, invited by letter."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import documents, operations, permissions, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.forms import GuestForms
from bekal.delivery.ceremonies.forms.guests import GuestForm
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.operations.guests import GUESTS_SET
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.queries import pdf_of

OVER = (CeremonyStatus.ENDED, CeremonyStatus.CANCELLED)


def _standing(request: HttpRequest, ceremony: Ceremony) -> dict[str, Any]:
    user: User = request.user  # type: ignore[assignment]
    guests, counts = list(queries.guests_of(ceremony)), queries.guest_counts(ceremony)
    is_over = ceremony.status in OVER
    return {
        "ceremony": ceremony,
        "facility": ceremony.facility,
        "guests": guests,
        "counts": counts,
        "all": queries.all_guests(counts),
        "letters_due": sum(queries.needs_letter(guest) for guest in guests),
        "letters": sum(guest.invitation is not None for guest in guests),
        "is_over": is_over,
        "may_list": user.may(permissions.PLAN_CEREMONY) and not is_over,
        "may_receive": user.may(permissions.HAND_OVER) and not is_over,
    }


@staff_page(permissions.VIEW_CEREMONIES)
def guests(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Who is invited, what they answered, who came."""
    found = find(request, ceremony_id)
    return render(request, "ceremonies/guests.html", _standing(request, found))


@staff_page(permissions.HAND_OVER)
@require_POST
def receive(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Record who came, as the ticks of the list say."""
    found = find(request, ceremony_id)
    shown, read, came = (_ids(request, name) for name in ("shown", "read", "came"))
    done = attempt(request, operations.receive_guests, ceremony=found, shown=shown, read=read, came=came)
    if done:
        count = queries.all_guests(queries.guest_counts(found)).came
        messages.success(request, ngettext("%(n)s guest has come.", "%(n)s guests have come.", count) % {"n": count})
    return redirect("ceremonies:guests", found.public_id)


def _ids(request: HttpRequest, name: str) -> set[UUID]:
    ids = set()
    for text in request.POST.getlist(name):
        try:
            ids.add(UUID(text))
        except ValueError:
            continue
    return ids


@staff_page(permissions.PLAN_CEREMONY)
def write_guests(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Write the list of guests as a whole; a clash shows what is saved and keeps what was typed."""
    found = find(request, ceremony_id)
    listed = list(queries.guests_of(found))
    forms = GuestForms(request.POST or None, initial=[GuestForm.initial_of(guest) for guest in listed])
    if request.method == "POST" and forms.is_valid():
        lines = [form.cleaned_data for form in forms if form.cleaned_data and form.is_named]
        read = request.POST.get("read_version")
        if attempt(request, operations.set_guests, ceremony=found, lines=lines, read_version=read):
            messages.success(request, _("The list of guests is saved."))
            return redirect("ceremonies:guests", found.public_id)
    context = {"forms": forms, "listed": listed, "version": queries.version_of(found, GUESTS_SET)}
    return render(request, "ceremonies/guests_write.html", {**_standing(request, found), **context})


@staff_page(permissions.VIEW_CEREMONIES)
def guests_out(request: HttpRequest, ceremony_id: UUID, form: str) -> HttpResponse:
    """The guests as a list to take along: printed, or as a spreadsheet."""
    found = find(request, ceremony_id)
    columns = [_("No."), _("Kind"), _("Name"), _("Post"), _("Office or remark"), _("Answer"), _("Came"), _("Letter")]
    rows = [
        (
            place, guest.get_kind_display(), guest.name, guest.post, guest.office, guest.get_answer_display(),
            _("yes") if guest.has_come else _("no"), guest.invitation.number if guest.invitation else "",
        )
        for place, guest in enumerate(queries.guests_of(found), start=1)
    ]  # fmt: skip
    return hand_out(request, form, title=_("Guests"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_CEREMONIES)
def guest_sheet(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The sheet that guests sign at the door."""
    found = find(request, ceremony_id)
    listed = list(queries.guests_of(found))
    now = timezone.now()
    audit.record("ceremonies.guests.printed", on=found, by=request.user, at=now, payload={"guests": len(listed)})  # type: ignore[arg-type]
    drawn = draw(documents.GUEST_SHEET, documents.guest_sheet(found, listed), drawn_at=now)
    return file_response(drawn, name="daftar-tamu.pdf", kind="application/pdf", inline=True)


@staff_page(permissions.PLAN_CEREMONY)
@require_POST
def write_invitations(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Number, draw and seal a letter for each guest who has none."""
    found = find(request, ceremony_id)
    done = attempt(request, operations.write_invitations, ceremony=found)
    if done:
        sentence = ngettext("%(n)s letter is numbered.", "%(n)s letters are numbered.", done.value)
        messages.success(request, sentence % {"n": done.value})
    return redirect("ceremonies:guests", found.public_id)


@staff_page(permissions.PLAN_CEREMONY)
def invitations(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """All letters that the user may see, as one PDF for the printer. Reading them is recorded."""
    found = find(request, ceremony_id)
    letters = [guest.invitation for guest in queries.guests_of(found) if guest.invitation]
    if not letters:
        messages.error(request, _("There is no letter yet. Write the letters first."))
        return redirect("ceremonies:guests", found.public_id)
    payload = {"papers": len(letters)}
    audit.record("ceremonies.invitations.printed", on=found, by=request.user, at=timezone.now(), payload=payload)  # type: ignore[arg-type]
    whole = documents.print_file([pdf_of(letter) for letter in letters])
    return file_response(whole, name="undangan.pdf", kind="application/pdf", inline=True)
