"""How the house is kept, for the head and the operator."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bekal.foundation.core.doors import staff_page
from bekal.foundation.keeping import examining, permissions


@staff_page(permissions.VIEW_HEALTH)
@never_cache
def details(request: HttpRequest) -> HttpResponse:
    """Each thing that was looked at, and what to do where it is not well."""
    found = examining.look_over(examining.PAGE, now=timezone.now())
    if "application/json" in request.headers.get("Accept", "") or request.GET.get("format") == "json":
        is_ok = all(one.is_ok for one in found)
        return JsonResponse({"ok": is_ok, "findings": [vars(one) for one in found]}, status=200 if is_ok else 503)
    found.sort(key=lambda finding: finding.is_ok)
    return render(request, "keeping/details.html", {"findings": found, "wrong": sum(not one.is_ok for one in found)})
