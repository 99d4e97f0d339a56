"""Pages that the whole world can open: is this certificate genuine? Without a sign-in, without a trace of who asks."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bekal.delivery.certificates.checking import Checked, check, original_within, seals_of
from bekal.delivery.certificates.rules import read_code
from bekal.foundation.core.days import ZONES, clock, long_day, weekday
from bekal.web.site import rules
from bekal.web.site.forms import CheckForm
from bekal.web.site.limiter import is_too_often


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for the world: so often a minute, kept by nobody, found by no search engine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_too_often(request.META.get("REMOTE_ADDR", ""), at=timezone.now()):
            response = render(request, "site/too_often.html", status=429)
            response["Retry-After"] = "60"
        else:
            response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store"
        # With no-referrer a browser posts "Origin: null", which the form's own protection refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    guarded.is_public = True  # type: ignore[attr-defined]
    return guarded


@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """Type a code, or upload a PDF. A code has an address of its own, a file has none."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "site/ask.html", {"form": form})
    code, file = form.cleaned_data["kode"], form.cleaned_data["berkas"]
    if file is None or file is False:
        return redirect("site:code", read_code(code))
    return _about_file(request, file.read(), code=read_code(code) if code else None)


def _about_file(request: HttpRequest, pdf: bytes, *, code: str | None) -> HttpResponse:
    """What is known of an uploaded file: by its SHA-256, by its seal, and by what it began as."""
    found = check(code=code, sha256=hashlib.sha256(pdf).digest())
    is_same = bool(found and found.is_unchanged)
    seals = seals_of(pdf)
    if not is_same and code is None:
        found = original_within(pdf)
    once_ours = found is not None or any(seal.is_of_house for seal in seals)
    file = rules.file_is(has_file=True, is_same=is_same, was_sealed_here=once_ours)
    holds = any(seal.is_of_house and seal.is_valid and seal.is_whole for seal in seals)
    return _answer(request, found, file, seal_holds=holds)


@open_to_all
def code(request: HttpRequest, typed: str) -> HttpResponse:
    """What is known under a code. An unknown one gets an answer of the same form, in the same time."""
    asked = read_code(typed)
    if asked != typed:
        return redirect("site:code", asked)
    return _answer(request, check(code=asked), rules.File.NONE)


def _answer(
    request: HttpRequest, found: Checked | None, file: rules.File, *, seal_holds: bool | None = None
) -> HttpResponse:
    zone = found.zone if found else "WIB"
    local = timezone.now().astimezone(ZONES[zone])
    context = {
        "found": found,
        "verdict": rules.verdict_on(found, file),
        "checks": rules.checks_on(found, file, seal_holds=seal_holds),
        "shows_print": found is not None and not found.is_verdict_only and file != rules.File.CHANGED,
        "checked_at": f"{weekday(local.date())}, {long_day(local.date())}, {clock(local)} {zone}",
        "form": CheckForm(),
    }
    return render(request, "site/answer.html", context)
