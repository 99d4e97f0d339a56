"""Pages about certificates for signed-in staff."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bekal.delivery.certificates import documents, operations, permissions, queries
from bekal.delivery.certificates.forms import FilterForm, ReasonForm
from bekal.delivery.certificates.models import Certificate
from bekal.foundation.accounts.access import scope_of
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.lists import hand_out
from bekal.foundation.papers.queries import pdf_of

PER_PAGE = 40


def _chosen(request: HttpRequest) -> tuple[FilterForm, QuerySet[Certificate], dict[str, Any]]:
    """The filter as typed, what it leaves, and its words for links."""
    user: User = request.user  # type: ignore[assignment]
    form = FilterForm(request.GET, years=queries.years_for(user))
    entered = form.cleaned_data if form.is_valid() else {}
    found = queries.filtered(
        queries.certificates_for(user),
        text=entered.get("cari", "").strip(),
        status=entered.get("keadaan", ""),
        year=entered.get("tahun"),
    )
    return form, found, {name: value for name, value in entered.items() if value}


def _context(request: HttpRequest) -> dict[str, Any]:
    user: User = request.user  # type: ignore[assignment]
    return {
        "facility": user.posting.facility if user.posting else None,
        "sees_care": scope_of(user).care,
        "may_revoke": user.may(permissions.REVOKE),
        "may_reissue": user.may(permissions.REISSUE),
        "is_public": documents.is_public(),
    }


@staff_page(permissions.VIEW_CERTIFICATES)
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of the house, latest first."""
    form, found, query = _chosen(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "form": form, "pager_query": urlencode(query), "is_filtered": bool(query)}
    return render(request, "certificates/list.html", {**_context(request), **context})


@staff_page(permissions.VIEW_CERTIFICATES)
def certificates_out(request: HttpRequest, form: str) -> HttpResponse:
    """The same list, whole, to print or to take along."""
    _form, found, _query = _chosen(request)
    columns = [_("Number"), _("Name"), _("Kind"), _("Issued"), _("Standing"), _("Code")]
    rows = [
        (
            certificate.paper.number,
            certificate.paper.data["nama"],
            certificate.get_kind_display(),
            certificate.facility.day_of(certificate.issued_at),
            certificate.get_status_display(),
            certificate.code,
        )
        for certificate in found
    ]
    return hand_out(request, form, title=_("Certificates"), columns=columns, rows=rows)


def _find(request: HttpRequest, certificate_id: UUID) -> Certificate:
    found = queries.certificates_for(request.user).select_related(  # type: ignore[arg-type]
        "issued_by", "replaces__paper", "replaced_by__paper"
    )
    return get_object_or_404(found, public_id=certificate_id)


@staff_page(permissions.VIEW_CERTIFICATES)
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One certificate: what it says, where it stands, what may be done with it."""
    found = _find(request, certificate_id)
    context = {"certificate": found, "printed": found.paper.data, "address": documents.check_address(found.code)}
    return render(request, "certificates/certificate.html", {**_context(request), **context})


@staff_page(permissions.VIEW_CERTIFICATES)
def pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The sealed file. Opening it is recorded; its name tells nothing."""
    found = _find(request, certificate_id)
    audit.record("certificates.certificate.read", on=found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    name = documents.file_name(found.code)
    return file_response(pdf_of(found.paper), name=name, kind="application/pdf", inline=request.GET.get("lihat") == "1")


@staff_page(permissions.REVOKE)
def revoke(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Ask once more, with the reason; then revoke."""
    found, form = _find(request, certificate_id), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(request, operations.revoke, form=form, certificate=found, **form.cleaned_data)
        if done:
            messages.success(request, _("The certificate is revoked. The check page says so from now on."))
            return redirect("certificates:certificate", found.public_id)
    return render(request, "certificates/revoke.html", {**_context(request), "certificate": found, "form": form})


@staff_page(permissions.REISSUE)
def reissue(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Show what would be printed now beside what was printed then; then issue anew."""
    found, form = _find(request, certificate_id), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(request, operations.reissue, form=form, certificate=found, **form.cleaned_data)
        if made:
            messages.success(request, _("The certificate is issued anew. The old one says that it was replaced."))
            return redirect("certificates:certificate", made.value.public_id)
    context = {"certificate": found, "form": form, "now": documents.of_person(found.enrolment.person)}
    return render(request, "certificates/reissue.html", {**_context(request), **context})
