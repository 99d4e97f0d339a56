"""What operators see of facilities."""

from django.utils.translation import gettext_lazy as _

from bekal.foundation.core.windows import Column, Window
from bekal.foundation.facilities.models import Facility

FACILITIES = Window(
    "upt",
    _("Facilities"),
    _("Which units this house serves."),
    lambda facilities: Facility.objects.filter(pk__in=facilities).select_related("region").order_by("code", "pk"),
    (
        Column(_("Code"), lambda row: row.code),
        Column(_("Name"), lambda row: row.name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Class"), lambda row: row.facility_class),
        Column(_("Time zone"), lambda row: row.zone),
        Column(_("Region"), lambda row: row.region.code if row.region else None),
        Column(_("Demo"), lambda row: row.is_demo),
        Column(_("Opened"), lambda row: row.created_at),
    ),
)
