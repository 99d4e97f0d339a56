"""Pages on which operators look at the house, and touch nothing."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekal.foundation.accounts.access import scope_of
from bekal.foundation.core.days import ZONES
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.windows import Window
from bekal.foundation.papers.lists import hand_out
from bekal.web.windows import permissions
from bekal.web.windows.cells import cells, lines

PER_PAGE = 50
# One looks at what happened lately; whoever needs more asks the database.
MOST = 2000


def _windows() -> list[Window]:
    return [import_string(name) for name in settings.BEKAL_WINDOWS]


def _find(code: str) -> Window:
    found = next((window for window in _windows() if window.code == code), None)
    if found is None:
        raise Http404
    return found


def _rows(request: HttpRequest, window: Window) -> QuerySet[Any]:
    return window.rows(scope_of(request.user).facilities)[:MOST]  # type: ignore[arg-type]


@staff_page(permissions.VIEW_WINDOWS)
@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """Which windows there are."""
    return render(request, "windows/windows.html", {"windows": _windows()})


@staff_page(permissions.VIEW_WINDOWS)
@require_safe
def window(request: HttpRequest, code: str) -> HttpResponse:
    """One list, page by page."""
    looked_at = _find(code)
    page = Paginator(_rows(request, looked_at), PER_PAGE).get_page(request.GET.get("halaman"))
    facility = request.user.posting.facility if request.user.posting else None
    zone = facility.zone if facility else "WIB"
    rows = lines(looked_at, list(page), zone=ZONES[zone])
    context = {"window": looked_at, "rows": rows, "page": page, "most": MOST, "zone": zone}
    return render(request, "windows/window.html", context)


@staff_page(permissions.VIEW_WINDOWS)
@require_safe
def window_out(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The list to print or to take along."""
    looked_at = _find(code)
    rows = [cells(looked_at, row) for row in _rows(request, looked_at)]
    columns = [str(column.label) for column in looked_at.columns]
    note = _("The latest %(n)s rows") % {"n": MOST} if len(rows) == MOST else ""
    return hand_out(request, form, title=str(looked_at.title), columns=columns, rows=rows, note=note)
