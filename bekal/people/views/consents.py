"""Consents: the list, asking one person, an answer with its withdrawal and its signed form."""

from base64 import b64decode
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.papers.drawing import draw
from bekal.foundation.papers.lists import hand_out
from bekal.people import consents as reads
from bekal.people import documents, operations, permissions, queries
from bekal.people.consent_sheet import ConsentSheet
from bekal.people.forms import ConsentListForm, ScanForm, WithdrawalForm
from bekal.people.models import Consent, Person

PER_PAGE = 50
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def _today(request: HttpRequest) -> date:
    return request.user.posting.facility.day_of(timezone.now())  # type: ignore[union-attr, no-any-return]


def _filtered(request: HttpRequest) -> tuple[ConsentListForm, QuerySet[Consent]]:
    form = ConsentListForm(request.GET)
    form.is_valid()
    rows = reads.consents_of(
        request.user,  # type: ignore[arg-type]
        kind=form.cleaned_data.get("jenis", ""),
        state=form.cleaned_data.get("keadaan", ""),
        today=_today(request),
    )
    return form, rows


@never_cache
@staff_page(permissions.VIEW_CONSENTS)
def consents(request: HttpRequest) -> HttpResponse:
    """Every answer, latest first."""
    form, rows = _filtered(request)
    page, today = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman")), _today(request)
    pager_query = request.GET.copy()
    pager_query.pop("halaman", None)
    context = {
        "form": form,
        "page": page,
        "lines": [(row, *reads.state_of(row, today)) for row in page],
        "pager_query": pager_query.urlencode(),
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "people/consents.html", context)


@staff_page(permissions.VIEW_CONSENTS)
def consents_out(request: HttpRequest, form: str) -> HttpResponse:
    """The whole list as XLSX, CSV or paper."""
    _form, found = _filtered(request)
    today = _today(request)
    columns = [
        _("Name"),
        _("Question"),
        _("For"),
        _("State"),
        _("Answered on"),
        _("Until"),
        _("Withdrawn on"),
        _("Proof"),
    ]
    rows = [
        (
            row.person.full_name,
            row.get_kind_display(),
            row.occasion_title or _("All occasions"),
            reads.state_of(row, today)[0],
            row.given_on,
            row.until_on,
            row.withdrawal.withdrawn_on if hasattr(row, "withdrawal") else None,
            row.get_proof_display(),
        )
        for row in found
    ]
    return hand_out(request, form, title=_("Consent"), columns=columns, rows=rows)


def _person(request: HttpRequest, person_id: UUID) -> Person:
    return get_object_or_404(queries.people_for(request.user), public_id=person_id)  # type: ignore[arg-type]


@never_cache
@staff_page(permissions.RECORD_CONSENT)
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask one person, and write the answer down."""
    found = _person(request, person_id)
    sheet = ConsentSheet(
        request.POST or None,
        request.FILES or None,
        people=[found],
        today=_today(request),
        kind=request.GET.get("jenis", ""),
    )
    if request.method == "POST" and sheet.is_valid():
        facility = request.user.posting.facility  # type: ignore[union-attr]
        answered = {"facility": facility, "answers": sheet.answers, "asked": sheet.asked}
        if attempt(request, operations.record_consents, form=sheet, **answered):
            messages.success(request, _("The answer is written down."))
            return redirect("people:person", found.public_id)
    return render(request, "people/consent_ask.html", {"person": found, "sheet": sheet})


@staff_page(permissions.RECORD_CONSENT)
def blank_form(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The form for the pen. The file's name tells nothing."""
    user: Any = request.user
    data = documents.consent_forms(user.posting.facility, [_person(request, person_id)], day=_today(request))
    drawn = draw("persetujuan", data, drawn_at=timezone.now())
    return file_response(drawn, name="formulir.pdf", kind="application/pdf", inline=True)


def _find(request: HttpRequest, consent_id: UUID) -> Consent:
    return get_object_or_404(reads.consents_for(request.user), public_id=consent_id)  # type: ignore[arg-type]


def _page(request: HttpRequest, found: Consent, **forms: Any) -> HttpResponse:
    today, user = _today(request), request.user
    word, look = reads.state_of(found, today)
    context = {
        "consent": found,
        "word": word,
        "look": look,
        "withdrawal": getattr(found, "withdrawal", None),
        "withdrawal_form": forms.get("withdrawal_form", WithdrawalForm(initial={"withdrawn_on": today})),
        "scan_form": forms.get("scan_form", ScanForm()),
        "may_record": user.may(permissions.RECORD_CONSENT),  # type: ignore[union-attr]
    }
    return render(request, "people/consent.html", context)


@never_cache
@staff_page(permissions.VIEW_CONSENTS)
def consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One answer: what was read out, how it is proved, whether it was taken back."""
    return _page(request, _find(request, consent_id))


@staff_page(permissions.RECORD_CONSENT)
@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back, at once."""
    found, form = _find(request, consent_id), WithdrawalForm(request.POST)
    if form.is_valid() and attempt(request, operations.withdraw_consent, form=form, consent=found, **form.cleaned_data):
        messages.success(request, _("The consent is withdrawn and holds no more, wherever it was used."))
        return redirect("people:consent", found.public_id)
    return _page(request, found, withdrawal_form=form)


@staff_page(permissions.RECORD_CONSENT)
@require_POST
def keep_scan(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Keep the signed form."""
    found, form = _find(request, consent_id), ScanForm(request.POST, request.FILES)
    if form.is_valid() and attempt(request, operations.keep_scan, form=form, consents=[found], content=form.content):
        messages.success(request, _("The signed form is kept."))
        return redirect("people:consent", found.public_id)
    return _page(request, found, scan_form=form)


@never_cache
@staff_page(permissions.RECORD_CONSENT)
def scan(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The signed form as it came back. Opening it is recorded."""
    found = _find(request, consent_id).scan
    if found is None:
        raise Http404
    attempt(request, operations.open_scan, scan=found)
    name = f"formulir.{ENDINGS[found.media_type]}"
    return file_response(b64decode(found.content), name=name, kind=found.media_type)
