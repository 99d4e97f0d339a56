"""The text for the press: drafted, edited, approved, released, taken out as a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import documents, operations, permissions, queries
from bekal.delivery.ceremonies.choices import PressStatus
from bekal.delivery.ceremonies.forms import PressForm, ReleaseForm
from bekal.delivery.ceremonies.models import Ceremony, PressRelease
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.core.refusals import Changed

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _press(ceremony: Ceremony) -> PressRelease:
    found = queries.press_release_of(ceremony)
    if found is None:
        raise Http404
    return found


@staff_page(permissions.VIEW_CEREMONIES)
def press(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The text as it stands, its versions, and what comes next."""
    found = find(request, ceremony_id)
    user: User = request.user  # type: ignore[assignment]
    text = queries.press_release_of(found)
    is_open = text is not None and text.status != PressStatus.RELEASED
    context: dict[str, Any] = {
        "ceremony": found,
        "facility": found.facility,
        "press": text,
        "paragraphs": documents.paragraphs_of(text.body) if text else [],
        "versions": queries.versions_of(text) if text else [],
        "mentions": queries.mentions_in(found.facility, text.title, text.body) if text and is_open else [],
        "is_open": is_open,
        "may_write": user.may(permissions.WRITE_PRESS),
        "may_approve": user.may(permissions.APPROVE_PRESS),
        "release": ReleaseForm(initial={"released_on": found.facility.day_of(timezone.now())}),
    }
    return render(request, "ceremonies/press.html", context)


@staff_page(permissions.WRITE_PRESS)
@require_POST
def draft(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Draft the text from the facts as they stand."""
    found = find(request, ceremony_id)
    if attempt(request, operations.draft_press_release, ceremony=found):
        messages.success(request, _("The text is drafted from the facts. Read it, change it, then ask the head."))
    return redirect("ceremonies:press", found.public_id)


@staff_page(permissions.WRITE_PRESS)
def edit(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Edit the text; a line that names somebody is refused, and what was typed stays."""
    found = find(request, ceremony_id)
    text = _press(found)
    initial = {fact: getattr(text, fact) for fact in ("title", "body", "is_namesake")}
    form, read = PressForm(request.POST or None, initial=initial), request.POST.get("read_version", "")
    clash = None
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            request, operations.save_press_release, form=form, press=text, read_version=read, **form.cleaned_data
        )
        if saved:
            messages.success(request, _("The text is saved as version %(n)s.") % {"n": saved.value.version})
            return redirect("ceremonies:press", found.public_id)
        clash = saved.refusal if isinstance(saved.refusal, Changed) else None
    context = {"ceremony": found, "form": form, "press": text, "clash": clash}
    return render(request, "ceremonies/press_edit.html", context, status=409 if clash else 200)


@staff_page(permissions.VIEW_CEREMONIES)
def version(request: HttpRequest, ceremony_id: UUID, number: int) -> HttpResponse:
    """The text as it stood in one version."""
    found = find(request, ceremony_id)
    shown = next((each for each in queries.versions_of(_press(found)) if each.version == number), None)
    if shown is None:
        raise Http404
    context = {"ceremony": found, "facility": found.facility, "shown": shown}
    return render(
        request, "ceremonies/press_version.html", {**context, "paragraphs": documents.paragraphs_of(shown.body)}
    )


@staff_page(permissions.APPROVE_PRESS)
@require_POST
def approve(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The head approves the version that they read."""
    found = find(request, ceremony_id)
    read = request.POST.get("read_version", "")
    if attempt(request, operations.approve_press_release, press=_press(found), read_version=read):
        messages.success(request, _("The text is approved. It may go to the press."))
    return redirect("ceremonies:press", found.public_id)


@staff_page(permissions.WRITE_PRESS)
@require_POST
def release(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Record that the text went out."""
    found = find(request, ceremony_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say on which day the text went to the press."))
    elif attempt(request, operations.release_press_release, press=_press(found), **form.cleaned_data):
        messages.success(request, _("The release is recorded. The text stays as it went out."))
    return redirect("ceremonies:press", found.public_id)


@staff_page(permissions.WRITE_PRESS)
def press_out(request: HttpRequest, ceremony_id: UUID, form: str) -> HttpResponse:
    """The text as a file; one that is not approved says so on top. Taking it out is recorded."""
    found = find(request, ceremony_id)
    text = _press(found)
    if form not in ("docx", "txt"):
        raise Http404
    payload = {"form": form, "version": text.version, "status": text.status}
    audit.record("ceremonies.press_release.exported", on=text, by=request.user, at=timezone.now(), payload=payload)  # type: ignore[arg-type]
    name = f"siaran-pers-{found.held_on.isoformat()}.{form}"
    if form == "docx":
        return file_response(documents.press_docx(text), name=name, kind=DOCX)
    return file_response(documents.press_text(text), name=name, kind="text/plain; charset=utf-8")
