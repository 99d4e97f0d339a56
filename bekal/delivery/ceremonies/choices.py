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


class GuestKind(TextChoices):
    GOVERNMENT = "government", _("Government office")
    PARTNER = "partner", _("Partner")
    PRESS = "press", _("Press")
    FAMILY = "family", _("Family of a participant")
    OTHER = "other", _("Other guest")


class GuestAnswer(TextChoices):
    WAITING = "waiting", _("No answer yet")
    CONFIRMED = "confirmed", _("Will come")
    DECLINED = "declined", _("Cannot come")


class TurnKind(TextChoices):
    TAGS = "tags", _("Takes the tags back")
    CERTIFICATES = "certificates", _("Hands the certificates over")


class PressStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")


class PhotoStatus(TextChoices):
    UNSEEN = "unseen", _("Not marked yet")
    PEOPLE = "people", _("People are marked")
    NOBODY = "nobody", _("Nobody can be recognised")
    GONE = "gone", _("Destroyed")
