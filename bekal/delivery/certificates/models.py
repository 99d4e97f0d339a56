"""Which certificate says what, and is it still good?"""

from django.db import models
from django.db.models import Q

from bekal.delivery.certificates.choices import CertificateKind, CertificateStatus
from bekal.delivery.programmes.models import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.models import Paper


@tracked
class Certificate(Row):
    """What a person holds. What it says is frozen in its paper; only its standing may change, and never back.

    `code` is what the QR and the check page know it by: random, and telling neither kind nor person.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="certificates")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=14, choices=CertificateKind)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=20, unique=True)
    is_confidential = models.BooleanField()
    is_verdict_only = models.BooleanField()
    status = models.CharField(max_length=8, choices=CertificateStatus, default=CertificateStatus.VALID)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    status_reason = models.CharField(max_length=200, blank=True)
    status_changed_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=~Q(status="replaced"), name="certificates_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(status="valid") | ~Q(status_reason=""), name="certificates_certificate_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_verdict_only=True) | Q(is_confidential=False),
                name="certificates_confidential_verdict_only",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-issued_at"], name="certificates_list")]
