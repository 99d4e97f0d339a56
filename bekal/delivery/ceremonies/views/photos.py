"""Pictures of a ceremony: sent from a phone, marked, looked at with consent, given out to the press."""

import io
import zipfile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import operations, permissions, queries
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.forms import DestroyForm, MarksForm, PhotosForm
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.queries import Standing
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.lists import hand_out

PER_PAGE = 24
SIZES = {"besar": "large", "kecil": "small"}
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def _standing(request: HttpRequest, ceremony: Ceremony, photo_id: UUID) -> Standing:
    user: User = request.user  # type: ignore[assignment]
    photo = get_object_or_404(queries.photos_of(ceremony), public_id=photo_id)
    return queries.standings_of([photo], user, on=ceremony.facility.day_of(timezone.now()))[0]


def _all(request: HttpRequest, ceremony: Ceremony) -> list[Standing]:
    """The pictures that the user sees or, if they handle pictures, knows of."""
    user: User = request.user  # type: ignore[assignment]
    today = ceremony.facility.day_of(timezone.now())
    standings = queries.standings_of(queries.photos_of(ceremony), user, on=today)
    handles = user.may(permissions.HANDLE_PHOTOS)
    return [standing for standing in standings if handles or standing.is_shown]


@staff_page(permissions.VIEW_CEREMONIES)
def photos(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The pictures of a ceremony, small; those who handle them send more from here."""
    found = find(request, ceremony_id)
    user: User = request.user  # type: ignore[assignment]
    shown = _all(request, found)
    context: dict[str, Any] = {
        "ceremony": found,
        "facility": found.facility,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("halaman")),
        "for_press": sum(standing.for_press for standing in shown),
        "unseen": sum(standing.photo.status == "unseen" for standing in shown),
        "may_handle": user.may(permissions.HANDLE_PHOTOS),
        "may_write": user.may(permissions.WRITE_PRESS),
        "may_send": found.status not in (CeremonyStatus.PLANNED, CeremonyStatus.CANCELLED),
        "form": PhotosForm(ceremony=found),
    }
    return render(request, "ceremonies/photos.html", context)


@staff_page(permissions.HANDLE_PHOTOS)
@require_POST
def send(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """Keep each picture that can be kept, and say of each other one why not."""
    found = find(request, ceremony_id)
    form = PhotosForm(request.POST, request.FILES, ceremony=found)
    if not form.is_valid():
        for error in [error for errors in form.errors.values() for error in errors]:
            messages.error(request, str(error))
        return redirect("ceremonies:photos", found.public_id)
    kept = 0
    for place, file in enumerate(form.cleaned_data["pictures"], start=1):
        done = attempt(
            request,
            operations.keep_photo,
            form=form,
            ceremony=found,
            batch=form.cleaned_data["batch"],
            content=file.read(),
        )
        kept += bool(done)
        if done.refusal:
            messages.error(request, _("Picture %(n)s: %(why)s") % {"n": place, "why": done.refusal.message})
    if kept:
        messages.success(request, ngettext("%(n)s picture is kept.", "%(n)s pictures are kept.", kept) % {"n": kept})
    return redirect("ceremonies:photos", found.public_id)


@staff_page(permissions.VIEW_CEREMONIES)
def photo(request: HttpRequest, ceremony_id: UUID, photo_id: UUID) -> HttpResponse:
    """One picture; those who handle it say who is in it. Opening one that may show somebody in rehabilitation is recorded."""
    found = find(request, ceremony_id)
    user: User = request.user  # type: ignore[assignment]
    standing, may_handle = _standing(request, found, photo_id), user.may(permissions.HANDLE_PHOTOS)
    if not standing.is_shown and not may_handle:
        raise Http404
    people = queries.people_who_may_be_in(standing.photo) if may_handle else []
    marked = [person for person in people if person.pk in standing.marked]
    initial = {"people": [str(person.public_id) for person in marked], "is_nobody": standing.photo.status == "nobody"}
    form = MarksForm(request.POST or None, initial=initial, photo=standing.photo, people=people, user=user)
    if (
        request.method == "POST"
        and may_handle
        and form.is_valid()
        and attempt(request, operations.mark_photo, form=form, photo=standing.photo, **form.cleaned_data)
    ):
        messages.success(request, _("It is recorded who is in this picture."))
        return redirect("ceremonies:photo", found.public_id, photo_id)
    if standing.is_shown and standing.photo.is_confidential:
        audit.record("ceremonies.photo.opened", on=standing.photo, by=user, at=timezone.now())
    context = {"standing": standing, "photo": standing.photo, "form": form, "may_handle": may_handle}
    context["lacking"] = [person for person in marked if person.pk in standing.lacking]
    context["unpublished"] = [person for person in marked if person.pk in standing.unpublished]
    own = {"ceremony": found, "facility": found.facility, "destroy": DestroyForm()}
    return render(request, "ceremonies/photo.html", {**context, **own})


@staff_page(permissions.VIEW_CEREMONIES)
def picture(request: HttpRequest, ceremony_id: UUID, photo_id: UUID, size: str) -> HttpResponse:
    """The bytes of a picture that is shown to the user now; they stay in no cache, so that a withdrawal hides it at once."""
    found = find(request, ceremony_id)
    standing = _standing(request, found, photo_id)
    if size not in SIZES or not standing.is_shown:
        raise Http404
    content = queries.bytes_of(standing.photo, SIZES[size])
    name = f"foto-{standing.photo.public_id.hex[:12]}.jpg"
    answer = file_response(content, name=name, kind="image/jpeg", inline=True)
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@staff_page(permissions.HANDLE_PHOTOS)
@require_POST
def destroy(request: HttpRequest, ceremony_id: UUID, photo_id: UUID) -> HttpResponse:
    """Destroy a picture, with the reason."""
    found = find(request, ceremony_id)
    standing, form = _standing(request, found, photo_id), DestroyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why this picture is destroyed."))
        return redirect("ceremonies:photo", found.public_id, photo_id)
    if attempt(request, operations.destroy_photo, photo=standing.photo, **form.cleaned_data):
        messages.success(request, _("The picture is destroyed. That there was one stays on record."))
    return redirect("ceremonies:photos", found.public_id)


@staff_page(permissions.VIEW_CEREMONIES)
def photos_out(request: HttpRequest, ceremony_id: UUID, form: str) -> HttpResponse:
    """The list of pictures: what each shows and how it stands; no names."""
    found = find(request, ceremony_id)
    columns = [_("No."), _("What it shows"), _("State"), _("Who is on it"), _("Shown"), _("For the press")]
    rows = [
        (
            place, each.photo.batch.name if each.photo.batch else _("The whole hall, or several batches"),
            each.photo.get_status_display(), len(each.marked), _("yes") if each.is_shown else _("no"),
            _("yes") if each.for_press else _("no"),
        )
        for place, each in enumerate(_all(request, found), start=1)
    ]  # fmt: skip
    return hand_out(request, form, title=_("Pictures"), columns=columns, rows=rows)


@staff_page(permissions.WRITE_PRESS)
def for_press(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The pictures that may go to the press today, in one ZIP file with neutral names. Taking them out is recorded."""
    found = find(request, ceremony_id)
    chosen = [standing.photo for standing in _all(request, found) if standing.for_press and standing.is_shown]
    if not chosen:
        messages.error(request, _("No picture may go to the press today."))
        return redirect("ceremonies:photos", found.public_id)
    payload = {"photos": len(chosen)}
    audit.record("ceremonies.photos.exported", on=found, by=request.user, at=timezone.now(), payload=payload)  # type: ignore[arg-type]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for place, content in enumerate(queries.all_bytes_of(chosen), start=1):
            package.writestr(zipfile.ZipInfo(f"foto-{place:02}.jpg", _NO_DAY), content)
    return file_response(out.getvalue(), name=f"foto-{found.held_on.isoformat()}.zip", kind="application/zip")
