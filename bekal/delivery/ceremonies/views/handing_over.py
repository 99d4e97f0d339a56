"""Handing over: the list of a batch in calling order, saved row by row or all at once, and undone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekal.delivery.ceremonies import documents, operations, permissions, queries
from bekal.delivery.ceremonies.choices import HandOverOutcome, TurnKind
from bekal.delivery.ceremonies.models import Ceremony, CeremonyBatch
from bekal.delivery.ceremonies.views.showing import find, standing
from bekal.delivery.certificates.permissions import VIEW_CERTIFICATES
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.doors import staff_page
from bekal.foundation.core.pages import attempt, file_response
from bekal.foundation.core.refusals import Changed
from bekal.foundation.papers.queries import pdf_of

CHOICES = [choice for choice in HandOverOutcome.choices if choice[0] != HandOverOutcome.WAITING]


def _batch(ceremony: Ceremony, batch_id: UUID) -> CeremonyBatch:
    rows = ceremony.ceremony_batches.select_related("batch__programme")
    return get_object_or_404(rows, batch__public_id=batch_id)


@staff_page(permissions.HAND_OVER)
def hand_over(request: HttpRequest, ceremony_id: UUID, batch_id: UUID) -> HttpResponse:
    """The list of one batch; whoever was faster is named, and nothing typed is lost."""
    found = find(request, ceremony_id)
    row = _batch(found, batch_id)
    entered, clash = {}, None
    if request.method == "POST":
        entered, read = _typed(request, "now"), _typed(request, "read")
        handed_by = request.POST.get("handed_by", "").strip()[:120]
        done = attempt(
            request,
            operations.record_hand_overs,
            ceremony=found,
            batch=row.batch,
            read=read,
            entered=entered,
            handed_by=handed_by,
            is_rest_received="sisanya" in request.POST,
        )
        if done:
            return redirect("ceremonies:hand-over", found.public_id, row.batch.public_id)
        clash = done.refusal if isinstance(done.refusal, Changed) else None
    lines = [
        (line, entered.get(line.public_id, line.outcome)) for line in queries.hand_overs_of(found, batch=row.batch)
    ]
    recorded = [(line.recorded_at, line.pk, line) for line, _shown in lines if line.recorded_at]
    saved = max(recorded)[2] if recorded else None
    context = {"row": row, "lines": lines, "choices": CHOICES, "clash": clash, "saved": saved}
    handed_by = request.POST.get("handed_by") or (saved.handed_by if saved else "") or _expected(found, row)
    own = {**context, "handed_by": handed_by, "counts": queries.counts_of(found).get(row.batch_id)}
    return render(
        request, "ceremonies/hand_over.html", {**standing(request, found), **own}, status=409 if clash else 200
    )


def _expected(ceremony: Ceremony, row: CeremonyBatch) -> str:
    """Who is to hand over the certificates of a batch: by the turns, else as the plan says."""
    turns = queries.turns_of(ceremony)
    return queries.giver_of(turns, row.batch, TurnKind.CERTIFICATES)[:120] or row.handed_over_by


def _typed(request: HttpRequest, prefix: str) -> dict[UUID, str]:
    """What the form says of each row under a prefix, for those choices that exist."""
    typed: dict[UUID, str] = {}
    for name, value in request.POST.items():
        key = name.removeprefix(f"{prefix}-")
        if key != name and value in HandOverOutcome:
            try:
                typed[UUID(key)] = str(value)
            except ValueError:
                continue
    return typed


@staff_page(permissions.HAND_OVER)
@require_POST
def undo(request: HttpRequest, ceremony_id: UUID, batch_id: UUID) -> HttpResponse:
    """Take back one's own latest save."""
    found = find(request, ceremony_id)
    row = _batch(found, batch_id)
    if attempt(request, operations.undo_hand_overs, ceremony=found, batch=row.batch):
        messages.success(request, _("The latest entries are undone."))
    return redirect("ceremonies:hand-over", found.public_id, row.batch.public_id)


@staff_page(permissions.VIEW_CEREMONIES)
def hand_over_print(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """The lists of all batches on paper, in calling order, with room to sign for receipt."""
    found = find(request, ceremony_id)
    return render(
        request, "ceremonies/hand_over_print.html", {**standing(request, found), "lines": queries.hand_overs_of(found)}
    )


@staff_page(VIEW_CERTIFICATES)
def print_file(request: HttpRequest, ceremony_id: UUID) -> HttpResponse:
    """All certificates that the user may see, in calling order, as one PDF for the printer. Reading it is recorded."""
    found = find(request, ceremony_id)
    user: User = request.user  # type: ignore[assignment]
    papers = [line.certificate.paper for line in queries.hand_overs_of(found)]
    if not papers:
        messages.error(request, _("There is nothing to print yet: no certificate of this ceremony is in your sight."))
        return redirect("ceremonies:ceremony", found.public_id)
    audit.record(
        "ceremonies.certificates.printed", on=found, by=user, at=timezone.now(), payload={"papers": len(papers)}
    )
    whole = documents.print_file([pdf_of(paper) for paper in papers])
    return file_response(whole, name=f"cetak-{found.held_on.isoformat()}.pdf", kind="application/pdf", inline=True)
