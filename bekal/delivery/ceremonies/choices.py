from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CeremonyStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    CLOSING = "closing", _("Certificates are being issued")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class HandOverOutcome(TextChoices):
    WAITING = "waiting", _("Not yet")
    RECEIVED = "received", _("Received")
    ABSENT = "absent", _("Absent")
    TO_BE_SENT = "to_be_sent", _("To be sent")
