"""The guides, for whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.web.guides.reading import FRONT, guide


@login_required
def front(request: HttpRequest) -> HttpResponse:
    """Which guide is for which desk, and what holds for all."""
    return render(request, "guides/guide.html", {"guide": guide(FRONT), "is_front": True})


@login_required
def one(request: HttpRequest, name: str) -> HttpResponse:
    """The guide of one desk."""
    try:
        found = guide(name)
    except KeyError as missing:
        raise Http404 from missing
    return render(request, "guides/guide.html", {"guide": found, "is_front": False})
