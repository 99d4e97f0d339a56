"""What every page of the house does the same way: call one operation, tell the person, hand out a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.core.together import Read, together


@dataclass(frozen=True)
class Outcome:
    """What an operation gave, or the sentence with which a rule refused it. True when it was done."""

    value: Any = None
    refusal: RuleBroken | None = None

    def __bool__(self) -> bool:
        return self.refusal is None


def attempt(
    request: HttpRequest, operation: Callable[..., Any], *, form: forms.Form | None = None, **arguments: Any
) -> Outcome:
    """Call one operation as the signed-in user, now. A refusal becomes an error of the form, or a message."""
    now = timezone.now()
    try:
        return Outcome(operation(**arguments, by=request.user, at=now))
    except RuleBroken as refusal:
        refusal.leave_trace(by=request.user, at=now)
        if form is not None:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.error(request, refusal.message)
        return Outcome(refusal=refusal)


def first_or_404(read: Read) -> Any:
    """What a read of one row finds.

    Raises:
        Http404: it finds nothing that the user may see.
    """
    [found] = together(read)
    if not found:
        raise Http404
    return found[0]


def file_response(content: bytes, *, name: str, kind: str, inline: bool = False) -> HttpResponse:
    """Bytes to keep or to look at. `name` must tell nothing about a person."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
