"""Pages of sign-in and of one's own account."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bekal.foundation.accounts import operations
from bekal.foundation.accounts.forms import ChangePasswordForm, NewPasswordForm
from bekal.foundation.accounts.middleware import POSTING_KEY
from bekal.foundation.core.pages import attempt
from bekal.foundation.core.refusals import RuleBroken


def locked_out(request: HttpRequest, credentials: dict[str, str] | None = None) -> HttpResponse:
    """Too many wrong passwords from here: a sentence and how long to wait."""
    return render(request, "accounts/locked_out.html", status=429)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer fits, as after a new sign-in in another window."""
    return render(request, "accounts/form_expired.html", status=403)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that asked, if it is ours."""
    there = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    # A path or an address, never the name of a page: that one would be looked up.
    if "/" in there and url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(iri_to_uri(there))
    return redirect("desk:desk")


@login_required
@require_POST
def switch_posting(request: HttpRequest) -> HttpResponse:
    """Put on another hat. The desk opens: what was on the page may not be for this one."""
    chosen = next((hat for hat in request.user.postings_now if str(hat.public_id) == request.POST.get("posting")), None)
    if chosen is None:
        messages.error(request, _("This posting is not yours, or has ended."))
    else:
        request.session[POSTING_KEY] = str(chosen.public_id)
    return redirect("desk:desk")


@login_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Light or dark."""
    taste = request.POST.get("appearance", "")
    if taste in ("light", "dark"):
        operations.choose_appearance(user=request.user, appearance=taste)  # type: ignore[arg-type]
    return _back(request)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Indonesian or English: kept with the account, or in a cookie for a stranger."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            operations.choose_appearance(user=request.user, language=chosen)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


@sensitive_post_parameters()
@never_cache
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password: of one's own will, or because the first one was handed over on paper."""
    user = request.user
    form = ChangePasswordForm(request.POST or None, user=user)  # type: ignore[arg-type]
    if request.method == "POST" and not ratelimit.consume(request, action="change_password", user=user):
        return locked_out(request)
    if request.method == "POST" and form.is_valid():
        entered = {name: form.cleaned_data[name] for name in ("present", "password")}
        done = attempt(request, operations.change_password, form=form, user=user, **entered)
        if done:
            update_session_auth_hash(request, done.value)
            messages.success(request, _("Your new password holds from now on."))
            return redirect("desk:desk")
    return render(request, "accounts/password.html", {"form": form, "is_first": user.must_change_password})


@login_required
def no_posting(request: HttpRequest) -> HttpResponse:
    """Signed in, but without a capacity today."""
    if request.user.posting:
        return redirect("desk:desk")
    return render(request, "accounts/no_posting.html", status=403)


@sensitive_post_parameters()
@never_cache
def come_in_again(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link of somebody who lost a password or a second factor."""
    at = timezone.now()
    reset = operations.find_reset(token, at=at)
    if reset is None:
        return render(request, "accounts/reset_gone.html", status=404)
    form = NewPasswordForm(request.POST or None, user=reset.user)
    if request.method == "POST" and form.is_valid():
        try:
            operations.use_reset(token=token, password=form.cleaned_data["password"], at=at)
        except RuleBroken as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your new password holds. Sign in with it."))
            return redirect(settings.LOGIN_URL)
    return render(request, "accounts/reset.html", {"form": form})
