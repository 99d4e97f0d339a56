"""Pages of sign-in and of the people who sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, credentials: dict[str, str] | None = None) -> HttpResponse:
    """Too many wrong passwords from here: a sentence and how long to wait."""
    return render(request, "accounts/locked_out.html", status=429)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer fits, as after a new sign-in in another window."""
    return render(request, "accounts/form_expired.html", status=403)
