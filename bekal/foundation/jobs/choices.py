from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped")
    # Somebody asked for it: first it is undone, then it is over.
    STOPPING = "stopping", _("Being called off")
    STOPPED = "stopped", _("Called off")


OVER = (JobState.DONE, JobState.FAILED, JobState.STOPPED)
