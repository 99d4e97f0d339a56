"""What is offered: programmes, their modules, and what they ask of a person from a day on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bekal.delivery.programmes import rules
from bekal.delivery.programmes.choices import CriterionRule, ProgrammeKind
from bekal.delivery.programmes.models import Criterion, Module, Programme
from bekal.delivery.programmes.operations.locking import hold
from bekal.delivery.programmes.queries import check_unchanged
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities import reference
from bekal.foundation.facilities.models import Facility
from bekal.foundation.facilities.rules import check_neutral
from bekal.people.choices import Standing

ASIDE = 1000


@transaction.atomic
def create_programme(
    *,
    facility: Facility,
    kind: str,
    title: str,
    certificate_title: str,
    hours_jp: int,
    minutes_per_jp: int = 45,
    attendance_percent: int = 80,
    attendance_basis: str = "",
    standard: str = "",
    is_verdict_only: bool = False,
    by: User,
    at: datetime,
) -> Programme:
    """Offer a new programme (buat program). In rehabilitation the check page never says more than the verdict."""
    check_neutral(certificate_title, field="certificate_title")
    _check_title_free(facility, title)
    programme = Programme.objects.create(
        facility=facility,
        kind=kind,
        title=title,
        certificate_title=certificate_title,
        hours_jp=hours_jp,
        minutes_per_jp=minutes_per_jp,
        attendance_percent=attendance_percent,
        attendance_basis=attendance_basis,
        standard=standard,
        is_verdict_only=is_verdict_only or kind == ProgrammeKind.REHABILITATION,
        created_at=at,
    )
    audit.record("programmes.programme.created", on=programme, by=by, at=at, payload={"kind": str(kind)})
    return programme


def _check_title_free(facility: Facility, title: str, *, besides: int | None = None) -> None:
    if Programme.objects.filter(facility=facility, title=title).exclude(pk=besides).exists():
        raise RuleBroken(_("A programme of this title is there already."), field="title")


def _locked(programme: Programme) -> Programme:
    return hold(Programme.objects.select_related("facility"), programme)


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    title: str,
    certificate_title: str,
    hours_jp: int,
    minutes_per_jp: int,
    attendance_percent: int,
    attendance_basis: str = "",
    standard: str = "",
    is_verdict_only: bool = False,
    is_active: bool = True,
    read_version: str | None = None,
    by: User,
    at: datetime,
) -> Programme:
    """Change what is offered. Certificates that were issued keep what they said."""
    check_neutral(certificate_title, field="certificate_title")
    programme = _locked(programme)
    check_unchanged(programme, read=read_version)
    _check_title_free(programme.facility, title, besides=programme.pk)
    programme.title, programme.certificate_title, programme.standard = title, certificate_title, standard
    programme.hours_jp, programme.minutes_per_jp = hours_jp, minutes_per_jp
    programme.attendance_percent, programme.attendance_basis = attendance_percent, attendance_basis
    programme.is_verdict_only, programme.is_active = is_verdict_only or programme.is_confidential, is_active
    programme.save(
        update_fields=[
            "title", "certificate_title", "standard", "hours_jp", "minutes_per_jp", "attendance_percent",
            "attendance_basis", "is_verdict_only", "is_active",
        ]
    )  # fmt: skip
    audit.record("programmes.programme.changed", on=programme, by=by, at=at)
    return programme


@transaction.atomic
def set_modules(*, programme: Programme, lines: Sequence[dict[str, Any]], by: User, at: datetime) -> Programme:
    """Write the modules as a whole, in their order: `module` (public id or None), `title`, `hours_jp`.

    A module that is not among the lines is no longer taught; sessions that were held with it keep it.
    """
    programme = _locked(programme)
    before: dict[UUID, Module] = {module.public_id: module for module in programme.modules.filter(is_active=True)}
    # First out of the way, then into place: two modules never share a position, not even while they change.
    programme.modules.filter(is_active=True).update(position=F("position") + ASIDE)
    for position, line in enumerate(lines, start=1):
        module = before.pop(line["module"], None) if line.get("module") else None
        module = module or Module(facility=programme.facility, programme=programme)
        module.position, module.title, module.hours_jp = position, line["title"], line["hours_jp"]
        module.save(update_fields=["position", "title", "hours_jp"] if module.pk else None)
    Module.objects.filter(pk__in=[module.pk for module in before.values()]).update(is_active=False)
    audit.record("programmes.modules.set", on=programme, by=by, at=at, payload={"modules": len(lines)})
    return programme


def _known_codes() -> dict[str, dict[str, str]]:
    return {
        CriterionRule.STANDING_IS: {code: str(label) for code, label in Standing.choices},
        CriterionRule.OFFENCE_GROUP_IS: dict(reference.choices("offence_groups")),
    }


@transaction.atomic
def add_criterion(
    *,
    programme: Programme,
    rule: str,
    value: str,
    from_on: date,
    basis: str,
    is_verified: bool = False,
    by: User,
    at: datetime,
) -> Criterion:
    """Ask something of a person from a day on (tambah syarat). A row that asks the same until now is closed."""
    value = rules.read_value(rule, value, known=_known_codes())
    programme = _locked(programme)
    for old in programme.criteria.filter(rule=rule, until_on=None).select_for_update():
        if (old.value, old.basis, old.is_verified) == (value, basis, is_verified):
            return old
        _close(old, until_on=from_on - timedelta(days=1))
    criterion = Criterion.objects.create(
        facility=programme.facility,
        programme=programme,
        rule=rule,
        value=value,
        from_on=from_on,
        basis=basis,
        is_verified=is_verified,
    )
    audit.record("programmes.criterion.added", on=criterion, by=by, at=at, payload={"rule": rule, "from": str(from_on)})
    return criterion


def _close(criterion: Criterion, *, until_on: date) -> None:
    if until_on < criterion.from_on - timedelta(days=1):
        raise RuleBroken(_("The row before it begins later than this day."), field="from_on")
    criterion.until_on = until_on
    criterion.save(update_fields=["until_on"])


@transaction.atomic
def end_criterion(*, criterion: Criterion, until_on: date, by: User, at: datetime) -> Criterion:
    """Ask something for the last time on a day (akhiri syarat). The row stays."""
    criterion = hold(Criterion.objects.all(), criterion)
    if criterion.until_on is not None:
        return criterion
    _close(criterion, until_on=until_on)
    audit.record("programmes.criterion.ended", on=criterion, by=by, at=at, payload={"until": str(until_on)})
    return criterion
