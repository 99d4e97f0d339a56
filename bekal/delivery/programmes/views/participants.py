"""Who takes part: the list to take along, the tags, and leaving before the end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.delivery.programmes import documents, operations, permissions, queries
from bekal.delivery.programmes.choices import TagStatus
from bekal.delivery.programmes.forms import ExitForm
from bekal.delivery.programmes.views.finding import find_batch, officer, require_list, today_in
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.lists import hand_out


@staff_page(permissions.PRINT_LISTS)
def participants_out(request: HttpRequest, batch_id: UUID, form: str) -> HttpResponse:
    """The participants with register, hours and state."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    held_jp = queries.counts_of(found).held_jp
    columns = [_("No."), _("Name"), _("Register"), _("Tag"), _("JP counted"), _("JP held"), _("State"), _("Left on")]
    rows = [
        (
            place, row.enrolment.person.full_name, row.enrolment.custody.register_number,
            documents.tag_number(found, row.enrolment.tag.number), row.jp, held_jp, row.word, row.enrolment.exit_on,
        )
        for place, row in enumerate(queries.standings_of(found, held_jp=held_jp), start=1)
    ]  # fmt: skip
    return hand_out(request, form, title=found.code, columns=columns, rows=rows)


@staff_page(permissions.PRINT_LISTS)
def tags(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The tags that are worn, ten a page, to cut out. The file's name tells nothing."""
    found = find_batch(request, batch_id)
    require_list(request, found)
    worn = list(queries.participants_of(found).filter(tag__status=TagStatus.WORN).order_by("tag__number"))
    if not worn:
        messages.error(request, _("Nobody wears a tag of this batch now."))
        return redirect("programmes:batch", found.public_id)
    now = timezone.now()
    audit.record("programmes.tags.printed", on=found, by=officer(request), at=now, payload={"tags": len(worn)})
    drawn = draw("tanda-peserta", documents.tags(found, worn), drawn_at=now)
    return file_response(drawn, name="tanda.pdf", kind="application/pdf", inline=True)


@staff_page(permissions.RECORD_EXIT)
def leave(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Somebody leaves a batch before its end."""
    found = get_object_or_404(queries.enrolments_for(officer(request)), public_id=enrolment_id)
    form = ExitForm(request.POST or None, initial={"exit_on": found.custody.ended_on or today_in(request)})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, operations.record_exit, form=form, enrolment=found, **form.cleaned_data)
    ):
        messages.success(request, _("The exit is recorded, and the tag is given back."))
        return redirect("programmes:batch", found.batch.public_id)
    return render(request, "programmes/leave.html", {"enrolment": found, "batch": found.batch, "form": form})
