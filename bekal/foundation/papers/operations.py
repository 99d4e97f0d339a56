"""How a paper comes to be, and how it is voided."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.audit import queries as trail
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers import drawing, rules
from bekal.foundation.papers.choices import PaperKind, PaperStatus
from bekal.foundation.papers.models import Paper, PaperFile, Series, Signature
from bekal.foundation.papers.signers import signer_for


@transaction.atomic
def set_pattern(*, facility: Facility, kind: str, pattern: str, by: User, at: datetime) -> Series:
    """Choose how the numbers of a kind of paper are written from now on; numbers already given stay as they are."""
    rules.check_pattern(pattern)
    series = _locked_series(facility, kind, year=facility.day_of(at).year)
    series.pattern = pattern
    series.save(update_fields=["pattern"])
    audit.record("papers.series.pattern_set", on=series, by=by, at=at, payload={"kind": kind, "pattern": pattern})
    return series


def _locked_series(facility: Facility, kind: str, *, year: int) -> Series:
    """The row of numbers of a year, made at its first use, held until the transaction ends: no gap, no number twice."""
    before = Series.objects.filter(facility=facility, kind=kind, year__lt=year).order_by("-year").first()
    pattern = before.pattern if before else rules.default_pattern(reference.rows("number_formats"), kind)
    Series.objects.bulk_create(
        [Series(facility=facility, kind=kind, year=year, pattern=pattern)], ignore_conflicts=True
    )
    return Series.objects.select_for_update(no_key=True).get(facility=facility, kind=kind, year=year)


@transaction.atomic
def make_paper(
    *,
    kind: PaperKind,
    template: str,
    data: dict[str, Any],
    facility: Facility,
    is_confidential: bool,
    by: User,
    at: datetime,
) -> Paper:
    """Take the next number, draw, seal and keep a paper: all of it, or nothing and no number lost.

    `data` is what the template prints, without the number; it is frozen with the paper.

    Raises:
        RuleBroken: the clock stands before the facility's last event, or a text cannot be printed.
    """
    rules.check_clock(at, last=trail.last_event_at(facility.pk))
    day = facility.day_of(at)
    series = _locked_series(facility, kind, year=day.year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    number = rules.write_number(series.pattern, sequence=series.last_number, day=day, facility_code=facility.code)
    data = {**data, "nomor": number}
    try:
        drawn = drawing.draw(template, data, drawn_at=at)
    except drawing.Undrawable as undrawable:
        raise RuleBroken(str(undrawable)) from undrawable
    signer = signer_for(facility)
    pdf = signer.seal(drawn, at=at)
    paper = Paper.objects.create(
        facility=facility,
        kind=kind,
        series=series,
        sequence=series.last_number,
        number=number,
        template=template,
        template_version=drawing.version_of(template),
        data=data,
        is_confidential=is_confidential,
        sha256=hashlib.sha256(pdf).digest(),
        made_by=by,
        made_at=at,
    )
    PaperFile.objects.create(paper=paper, facility=facility, is_confidential=is_confidential, pdf=pdf)
    Signature.objects.create(
        paper=paper,
        facility=facility,
        is_confidential=is_confidential,
        provider=signer.provider,
        fingerprint=signer.fingerprint,
        signer=signer.name,
        signed_at=at,
    )
    audit.record(
        "papers.paper.made", on=paper, by=by, at=at, payload={"kind": str(kind), "sha256": bytes(paper.sha256).hex()}
    )
    return paper


@transaction.atomic
def void_paper(paper: Paper, *, reason: str, by: User, at: datetime) -> Paper:
    """Declare a paper void. Its number stays in the series and is not given again."""
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if paper.status == PaperStatus.VOIDED:
        raise RuleBroken(_("This paper has been voided before."))
    paper.status, paper.voided_at, paper.void_reason = PaperStatus.VOIDED, at, reason
    paper.save(update_fields=["status", "voided_at", "void_reason"])
    audit.record("papers.paper.voided", on=paper, by=by, at=at)
    return paper
