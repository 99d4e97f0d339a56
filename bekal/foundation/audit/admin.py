"""What operators see of the trail: codes and hours. Neither on whom, nor by whom, nor with which values."""

from django.utils.translation import gettext_lazy as _

from bekal.foundation.audit.models import Event
from bekal.foundation.core.windows import Column, Window

EVENTS = Window(
    "jejak",
    _("Events"),
    _("What was done, as codes, latest first. On whom and by whom stands in the trail of the head."),
    lambda facilities: Event.objects.filter(facility__in=facilities).order_by("-pk"),
    (
        Column(_("What"), lambda row: row.code),
        Column(_("When"), lambda row: row.at),
        Column(_("Order"), lambda row: row.seq, is_figure=True),
    ),
)
