"""Who was faster: the version of a row as a form carries it, and the sentence that names whoever changed it since."""

from typing import Any

from django.utils.translation import gettext as _

from bekal.foundation.accounts.models import User
from bekal.foundation.audit.models import Event
from bekal.foundation.core.days import clock, short_day
from bekal.foundation.core.refusals import Changed


def version_of(row: Any) -> str:
    """How often a tracked row was changed."""
    return str(row.past.count())


def check_unchanged(row: Any, *, read: str | None) -> None:
    """Refuse a change to a row that somebody changed since the form was opened; without a version, nothing is asked.

    Raises:
        Changed: naming who changed it, and when.
    """
    if read is None or read == version_of(row):
        return
    event = Event.objects.filter(facility=row.facility_id, subject=row.public_id).order_by("-id").first()
    name = User.objects.filter(public_id=event.actor).values_list("name", flat=True).first() if event else None
    when = row.facility.at_local(event.at) if event else None
    raise Changed(
        _("%(name)s changed this page on %(day)s at %(time)s. What you typed is not saved and not lost.")
        % {
            "name": name or _("Somebody"),
            "day": short_day(when.date()) if when else "–",
            "time": clock(when) if when else "–",
        }
    )
