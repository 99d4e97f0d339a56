"""The one word that the whole world may know of the house: well, or not."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekal.foundation.keeping.examining import is_well


def word(request: HttpRequest, *, ok: bool) -> HttpResponse:
    """The answer, for a program (JSON) or for a person (plain text): 200 or 503, and nothing else of the house."""
    status = 200 if ok else 503
    if "application/json" in request.headers.get("Accept", "") or request.GET.get("format") == "json":
        return JsonResponse({"ok": ok}, status=status)
    return HttpResponse("baik\n" if ok else "tidak baik\n", status=status, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Whether pages can do their work now."""
    return word(request, ok=is_well())
