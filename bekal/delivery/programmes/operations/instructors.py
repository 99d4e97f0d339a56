"""Instructors from outside: named once with the agency that sends them, then chosen for sessions."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.programmes.models import Instructor
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Facility


@transaction.atomic
def add_instructor(*, facility: Facility, name: str, agency: str, by: User, at: datetime) -> Instructor:
    """Name somebody from outside who teaches here. The same name of the same agency twice is one.

    Raises:
        RuleBroken: name or agency is missing.
    """
    if not name.strip() or not agency.strip():
        raise RuleBroken(_("An instructor from outside has a name and an agency."), field="name")
    instructor, is_new = Instructor.objects.get_or_create(
        facility=facility, name=name.strip(), agency=agency.strip(), defaults={"is_active": True}
    )
    if is_new:
        audit.record("programmes.instructor.added", on=instructor, by=by, at=at)
    return instructor
