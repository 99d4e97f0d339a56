"""What comes from the room: the printed sheet with its scan, and the tags that a reader saw."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bekal.delivery.programmes.choices import ScanKind
from bekal.delivery.programmes.models.batches import Batch
from bekal.delivery.programmes.models.sessions import Session
from bekal.delivery.programmes.models.taking_part import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility


class Sheet(Row):
    """An attendance list (daftar hadir) as it was printed: its short code, its columns, its rows in their order.

    Printed again without a change it is the same sheet. What is on paper does not change, and neither does this row.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sheets")
    is_confidential = models.BooleanField()
    # Printed as letters and as a QR; it is drawn by lot and says nothing.
    code = models.CharField(max_length=8, unique=True)
    # Public ids of sessions and enrolments in the order of the columns and the rows.
    sessions = ArrayField(models.UUIDField())
    enrolments = ArrayField(models.UUIDField())
    first_on = models.DateField()
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["facility", "batch", "-first_on"], name="programmes_sheet_list")]


class Scan(Row):
    """The picture of a filled sheet, kept as evidence of what was written by hand, with the SHA-256 of its bytes."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="scans")
    is_confidential = models.BooleanField()
    kind = models.CharField(max_length=4, choices=ScanKind)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    # The code of the sheet was read from the picture; a PDF, or a bad picture, is taken on the officer's word.
    is_code_read = models.BooleanField()
    sha256 = models.BinaryField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "sha256"], name="programmes_scan_once")]

    @property
    def digest(self) -> str:
        """The SHA-256 in hexadecimal figures."""
        return bytes(self.sha256).hex()


class ScanFile(models.Model):
    """The bytes of a scan (docs/adr/0006): they appear together with their row, or not at all."""

    scan = models.OneToOneField(Scan, on_delete=models.PROTECT, primary_key=True, related_name="file")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"ScanFile {self.pk}"


@tracked
class Reading(Row):
    """A tag that a reader saw at a session, at an instant. `key` is drawn by the page, so that one reading sent twice is one."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="readings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="readings")
    is_confidential = models.BooleanField()
    key = models.UUIDField(unique=True)
    read_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], condition=Q(undone_at__isnull=True), name="programmes_reading_once"
            )
        ]
        indexes = [models.Index(fields=["facility", "session", "-read_at"], name="programmes_reading_latest")]
