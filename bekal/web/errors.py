"""Pages for what went wrong: a sentence and, where it is ours, a reference that the log knows too. Never a trace."""

import logging
import re
import secrets
import sys
import traceback

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bekal.foundation.keeping.public import word
from bekal.web.outages import Outage, is_undecided, outage

log = logging.getLogger("bekal.errors")
AGAIN_SECONDS = 10
SECRET = re.compile(r"password|sandi|^token$|^code$")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Inside the scope, without the permission."""
    return render(
        request, "403.html", {"sentence": str(exception or _("This page is not part of your duties."))}, status=403
    )


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What no page of ours sends; or the house was called by a name that it does not know."""
    is_strange_name = isinstance(exception, DisallowedHost)
    return render(request, "400.html", {"is_strange_name": is_strange_name}, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Outside the scope, or nowhere."""
    return render(request, "404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """The same thing tried again and again."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Our own fault, or an outage. The log keeps where it happened under the reference; what was typed stays out of it."""
    kind, error, trace = sys.exc_info()
    if found := outage(error):
        log.error("outage %s: %s", found, kind.__name__ if kind else "?")
        return unavailable(request, found, is_undecided=is_undecided(error, trace))
    reference = "-".join(secrets.token_hex(2).upper() for _part in range(2))
    where = "; ".join(f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:])
    log.error("%s %s at %s", reference, kind.__name__ if kind else "?", where)
    return render(request, "500.html", {"reference": reference}, status=500)


def unavailable(request: HttpRequest, found: Outage, *, is_undecided: bool) -> HttpResponse:
    """Out of our hands for a while. Asks no database; hands back what was typed, and tries again by itself."""
    if request.path == reverse("keeping:health"):
        return word(request, ok=False)
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        is_sent = request.method == "POST"
        kept = None if is_undecided or not is_sent else _typed(request)
        context = {
            "is_disk": found == Outage.DISK,
            "is_sent": is_sent,
            "is_undecided": is_undecided and is_sent,
            "kept": kept,
            "action": request.get_full_path(),
            "lang": translation.get_language(),
        }
        response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(AGAIN_SECONDS)
    response["Cache-Control"] = "no-store"
    if not is_sent and "HX-Request" not in request.headers:
        response["Refresh"] = str(AGAIN_SECONDS)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """What was typed, to be sent once more; None where it holds what a page must not hand back: passwords, codes, files."""
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        if request.FILES or any(SECRET.search(name) for name, _value in fields):
            return None
    except Exception:  # A body that cannot be read any more.
        return None
    return fields
