"""The desk: what waits, what is late, whose turn it is. Derived from facts each time; nothing of it is stored."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string

from bekal.foundation.accounts.choices import Role
from bekal.foundation.accounts.models import User
from bekal.foundation.core.together import in_rounds
from bekal.foundation.core.waiting import Urgency, Wait
from bekal.foundation.facilities.models import Facility
from bekal.foundation.keeping import diary
from bekal.foundation.keeping import permissions as keeping
from bekal.web.desk.queries import Underway, running_batches


def waits_for(user: User) -> list[Wait]:
    """Everything that waits at the desk of this posting, from each app that has something to say."""
    return _at_the_desk(user)[0]


def _at_the_desk(user: User) -> tuple[list[Wait], list[Underway]]:
    """What waits, and the batches under way: read in the same rounds, however many apps have something to say."""
    facility = user.posting.facility if user.posting else None
    if facility is None:
        return [], []
    today = facility.day_of(timezone.now())
    waits = [import_string(name)(user, today) for name in settings.BEKAL_DESK]
    batches, *found = in_rounds([running_batches(user), *waits])
    return [wait for waits in found for wait in waits], batches


def desk(request: HttpRequest) -> HttpResponse:
    """The first page: the desk of the present hat, or the door."""
    if not request.user.is_authenticated:
        return redirect("account_login" if Facility.objects.exists() else "accounts:first-run")
    return _desk(request)


@login_required
def _desk(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    waits, batches = _at_the_desk(user)
    mine = [wait for wait in waits if wait.desk == user.role_code]
    groups = [(urgency, [wait for wait in mine if wait.urgency == urgency]) for urgency in Urgency]
    others: dict[str, list[int]] = {}
    for wait in waits:
        count = others.setdefault(wait.desk, [0, 0])
        count[0] += 1
        count[1] += wait.urgency == Urgency.LATE
    facility = user.posting.facility if user.posting else None
    context = {
        "groups": [(urgency, found) for urgency, found in groups if found],
        "mine": mine,
        "others": [(Role(desk).label, count) for desk, count in sorted(others.items())],
        "today": facility.day_of(timezone.now()) if facility else None,
        "batches": batches,
        "backup": diary.read(Path(settings.DATA)) if user.may(keeping.VIEW_HEALTH) else None,
    }
    return render(request, "desk/desk.html", context)
