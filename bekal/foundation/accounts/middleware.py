"""One transaction a request, entered with the scope of the hat that the signed-in person wears."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from bekal.foundation.accounts import access, queries
from bekal.foundation.accounts.models import User
from bekal.foundation.core import scope

POSTING_KEY = "posting"
# What somebody may open before there is a hat or a password of their own.
AT_THE_DOOR = frozenset(
    (
        "accounts:password",
        "accounts:no-posting",
        "accounts:language",
        "accounts:appearance",
        "account_logout",
        "account_login",
        "account_reauthenticate",
        "mfa_authenticate",
        "keeping:health",
        "site:ask",
        "site:code",
    )
)


class PostingMiddleware:
    """Puts `posting` and `postings` on the user, opens the transaction, enters the scope, and rolls back what failed.

    What somebody signed in was shown is kept by no browser, unless the page says otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                if is_known:
                    self._put_on_hat(request)
                else:
                    # Looking up whose session it was may have let that person's own rows into sight.
                    scope.enter(scope.NOTHING)
            translation.activate(self._language(request))
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
            if is_known and "Cache-Control" not in response:
                # The next one at this PC goes back in the browser, and finds nothing.
                response["Cache-Control"] = "no-store"
            if getattr(request, "has_failed", False) or response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Whoever wears no hat, or still has the password from paper, goes no further than the door.

        Raises:
            BadRequest: a field holds a NUL, which nobody types and no column takes.
        """
        if request.method == "POST" and any("\0" in one for _name, values in request.POST.lists() for one in values):
            raise BadRequest
        if not getattr(request.user, "is_authenticated", False) or request.resolver_match is None:
            return None
        if request.resolver_match.view_name in AT_THE_DOOR:
            return None
        if request.user.must_change_password:
            return redirect("accounts:password")
        return None if request.user.posting else redirect("accounts:no-posting")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A page that raised has done nothing, whatever it wrote before."""
        request.has_failed = True  # type: ignore[attr-defined]

    def _put_on_hat(self, request: HttpRequest) -> None:
        user: User = request.user  # type: ignore[assignment]
        now = timezone.now()
        if user.hats is None:
            # Not read from a session, as behind another way of signing in.
            scope.enter(scope.Scope(user.pk))
            user.hats = queries.postings_in_force(user, at=now)
        user.postings_now = queries.in_force(user.hats, at=now)
        chosen = request.session.get(POSTING_KEY)
        user.posting = next((hat for hat in user.postings_now if str(hat.public_id) == chosen), None) or next(
            iter(user.postings_now), None
        )
        scope.enter(access.scope_of(user))

    def _language(self, request: HttpRequest) -> str:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return request.user.language  # type: ignore[union-attr]
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
