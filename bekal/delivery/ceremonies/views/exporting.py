"""Lists of ceremonies going out: on paper and as spreadsheets. Reading an export is recorded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import permissions, queries
from bekal.delivery.ceremonies.views.showing import find
from bekal.foundation.core.doors import staff_page
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.reading import open_paper


@staff_page(permissions.VIEW_CEREMONIES)
def list_out(request: HttpRequest, form: str) -> HttpResponse:
    """All ceremonies, to print or to take along."""
    columns = [_("Title"), _("Day"), _("Place"), _("State")]
    ceremonies = queries.ceremonies_for(request.user)  # type: ignore[arg-type]
    rows = [(each.title, each.held_on, each.place, each.get_status_display()) for each in ceremonies]
    return hand_out(request, form, title=_("Ceremonies"), columns=columns, rows=rows)


@staff_page(permissions.HAND_OVER)
def hand_over_out(request: HttpRequest, ceremony_id: UUID, form: str) -> HttpResponse:
    """The handing over of all certificates that the user may see, in calling order, to take along."""
    found = find(request, ceremony_id)
    columns = [_("No."), _("Name"), _("Number"), _("Batch"), _("Handing over"), _("Handed over by")]
    rows = [
        (
            line.position,
            line.certificate.paper.data["nama"],
            line.certificate.paper.number,
            line.certificate.enrolment.batch.code,
            line.get_outcome_display(),
            line.handed_by,
        )
        for line in queries.hand_overs_of(found)
    ]
    return hand_out(request, form, title=_("Hand-over list"), columns=columns, rows=rows)


@staff_page(permissions.VIEW_CEREMONIES)
def minutes(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The minutes as they were sealed. Opening them is recorded."""
    found = find(request, ceremony_id)
    if found.minutes is None:
        return redirect("ceremonies:ceremony", found.public_id)
    return open_paper(request, found.minutes)
