from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateKind(TextChoices):
    TRAINING = "training", _("Training certificate")
    PARTICIPATION = "participation", _("Statement of participation")
    REHABILITATION = "rehabilitation", _("Rehabilitation completed")


class CertificateStatus(TextChoices):
    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")
