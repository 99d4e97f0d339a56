"""What operators see of long work: how far it is, not on whom it works."""

from django.utils.translation import gettext_lazy as _

from bekal.foundation.core.windows import Column, Window
from bekal.foundation.jobs.models import Job

JOBS = Window(
    "pekerjaan",
    _("Background work"),
    _("What the worker has done and has still to do, latest first."),
    lambda facilities: Job.objects.filter(facility__in=facilities).select_related("facility").order_by("-pk"),
    (
        Column(_("Work"), lambda row: row.kind),
        Column(_("Facility"), lambda row: row.facility.code),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Done"), lambda row: row.done, is_figure=True),
        Column(_("Of so many"), lambda row: row.total, is_figure=True),
        Column(_("Asked"), lambda row: row.asked_at),
        Column(_("Started"), lambda row: row.started_at),
        Column(_("Finished"), lambda row: row.finished_at),
    ),
)
