"""Which papers left the house, and are they genuine?"""

from django.db import models

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.choices import PaperKind, PaperStatus


@tracked
class Series(Row):
    """A row of numbers without gaps, for one kind of paper in one facility and year. Locked while a number is taken."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=20, choices=PaperKind)
    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=80)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["facility", "kind", "year"], name="papers_series_once")]


@tracked
class Paper(Row):
    """A numbered paper as it left the house: number, template and version, frozen data, SHA-256 of its bytes.

    Nothing of it changes afterwards but its status. A voided number stays in its series and is not given again.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="papers")
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    template = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    data = models.JSONField()
    is_confidential = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=PaperStatus, default=PaperStatus.VALID)
    sha256 = models.BinaryField(unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "sequence"], name="papers_paper_number")]
        indexes = [models.Index(fields=["facility", "kind", "-made_at"], name="papers_paper_archive")]


class PaperFile(models.Model):
    """The bytes of a paper. In the database, so that a paper and its number appear together or not at all."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, primary_key=True, related_name="file")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField(default=False)
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return f"PaperFile {self.pk}"


class Signature(Row):
    """A seal or signature on a paper: by which key, called what on the screen."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="signatures")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField(default=False)
    provider = models.CharField(max_length=20)
    fingerprint = models.BinaryField()
    signer = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
