"""The trail, for the head: what was done, by whom, and the root of the day."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import permissions, queries
from bekal.foundation.core.doors import staff_page

PER_PAGE = 50


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
    people = User.objects.filter(public_id__in={event.actor for event in page})
    names = {person.public_id: person.name for person in people}
    for event in page:
        event.actor_name = names.get(event.actor, "–") if event.actor else "–"
    context = {"page": page, "roots": roots, "facility": facility}
    return render(request, "desk/trail.html", context)
