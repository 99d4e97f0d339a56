"""Pages for what went wrong: a sentence and, where it is ours, a reference that the log knows too. Never a trace."""

import logging
import secrets
import sys
import traceback

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger("bekal.errors")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Inside the scope, without the permission."""
    return render(
        request, "403.html", {"sentence": str(exception or _("This page is not part of your duties."))}, status=403
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Outside the scope, or nowhere."""
    return render(request, "404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """The same thing tried again and again."""
    return render(request, "429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Our own fault. The log keeps where it happened under the reference; what was typed stays out of it."""
    reference = "-".join(secrets.token_hex(2).upper() for _part in range(2))

    kind, _error, trace = sys.exc_info()
    where = "; ".join(f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:])
    log.error("%s %s at %s", reference, kind.__name__ if kind else "?", where)
    return render(request, "500.html", {"reference": reference}, status=500)
