"""The door of a staff page. It stands on the lowest floor, so that every floor's pages have the same one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def staff_page(permission: str) -> Callable[[View], View]:
    """A page behind the sign-in, for those whose present posting holds `permission`.

    The permission stays written on the view (`view.permission`), where the access test reads it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):  # type: ignore[union-attr]
                raise PermissionDenied(_("This page is not part of your duties."))
            return view(request, *args, **kwargs)

        door = login_required(guarded)
        door.permission = permission  # type: ignore[attr-defined]
        return door

    return decorate
