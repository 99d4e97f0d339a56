"""What operators see of postings: capacities, not who holds them. Officers have a page of their own."""

from django.utils.translation import gettext_lazy as _

from bekal.foundation.accounts.models import Posting
from bekal.foundation.core.windows import Column, Window

POSTINGS = Window(
    "jabatan",
    _("Postings"),
    _("Which capacities are filled where, and since when. Names stand on the page of officers."),
    lambda facilities: (
        Posting.objects.filter(facility__in=facilities)
        .select_related("facility")
        .order_by("facility__code", "role", "from_on", "pk")
    ),
    (
        Column(_("Role"), lambda row: row.get_role_display()),
        Column(_("Facility"), lambda row: row.facility.code),
        Column(_("Acting (Plt.)"), lambda row: row.is_acting),
        Column(_("From"), lambda row: row.from_on),
        Column(_("Until"), lambda row: row.until_on),
        Column(_("Ended"), lambda row: row.ended_at),
    ),
)
