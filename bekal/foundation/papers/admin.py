"""What operators see of papers: their rows of numbers, nothing of what stands in them."""

from django.utils.translation import gettext_lazy as _

from bekal.foundation.core.windows import Column, Window
from bekal.foundation.papers.models import Series

SERIES = Window(
    "nomor",
    _("Number series"),
    _("Where each row of numbers stands. A number that was given is never given again."),
    lambda facilities: (
        Series.objects.filter(facility__in=facilities)
        .select_related("facility")
        .order_by("facility__code", "-year", "kind", "pk")
    ),
    (
        Column(_("Kind of paper"), lambda row: row.get_kind_display()),
        Column(_("Facility"), lambda row: row.facility.code),
        Column(_("Year"), lambda row: str(row.year)),
        Column(_("Pattern"), lambda row: row.pattern),
        Column(_("Last number"), lambda row: row.last_number, is_figure=True),
    ),
)
