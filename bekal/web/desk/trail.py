"""The trail, for the head: what was done, by whom, and the root of the day."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import permissions, queries
from bekal.foundation.audit.models import Event
from bekal.foundation.core.doors import staff_page
from bekal.foundation.papers.lists import hand_out

PER_PAGE = 50
MOST = 2000


@staff_page(permissions.VIEW_TRAIL)
def trail(request: HttpRequest) -> HttpResponse:
    """Latest first, with today's root and yesterday's."""
    facility, now = request.user.posting.facility, timezone.now()
    midnight = facility.at_local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    page = Paginator(queries.events_of(facility.pk), PER_PAGE).get_page(request.GET.get("halaman"))
    roots = [
        (midnight.date(), queries.root_until(facility.pk, now)),
        (midnight.date() - timedelta(days=1), queries.root_until(facility.pk, midnight)),
    ]
    names = _names(page.object_list)
    for event in page:
        event.actor_name = names.get(event.actor, "–") if event.actor else "–"
    context = {"page": page, "roots": roots, "facility": facility}
    return render(request, "desk/trail.html", context)


@staff_page(permissions.VIEW_TRAIL)
def trail_out(request: HttpRequest, form: str) -> HttpResponse:
    """The latest events, to print or to take along: as many as one file holds well."""
    events = list(queries.events_of(request.user.posting.facility.pk)[:MOST])
    names = _names(events)
    columns = [_("Order"), _("When"), _("What"), _("Who"), _("Role"), _("Fingerprint")]
    rows = [
        (
            event.seq,
            event.at,
            event.code,
            names.get(event.actor, "–") if event.actor else "–",
            str(Role(event.actor_role).label) if event.actor_role in Role else "–",
            bytes(event.hash or b"").hex()[:16],
        )
        for event in events
    ]
    note = _("The latest %(n)s events") % {"n": MOST} if len(events) == MOST else ""
    return hand_out(request, form, title=_("Trail"), columns=columns, rows=rows, note=note)


def _names(events: Iterable[Event]) -> dict[UUID, str]:
    """Who did these, by their public id."""
    return dict(User.objects.filter(public_id__in={event.actor for event in events}).values_list("public_id", "name"))
