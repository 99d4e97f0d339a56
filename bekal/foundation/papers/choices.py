"""Kinds of papers and what may become of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    CERTIFICATE = "certificate", _("Certificate")
    DECREE = "decree", _("Decree of the head")
    HEARING_MINUTES = "hearing_minutes", _("Minutes of a hearing")
    CLOSING_MINUTES = "closing_minutes", _("Minutes of a closing")
    LETTER = "letter", _("Letter")


class PaperStatus(TextChoices):
    VALID = "valid", _("In force")
    VOIDED = "voided", _("Voided")
