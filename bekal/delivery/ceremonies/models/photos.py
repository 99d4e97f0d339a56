"""Photographs of a ceremony: the bytes, what they show, and who is in them."""

from django.db import models
from django.db.models import Q

from bekal.delivery.ceremonies.choices import PhotoStatus
from bekal.delivery.ceremonies.models.ceremonies import Ceremony
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility
from bekal.people.models import Person


@tracked
class Photo(Row):
    """A picture of a ceremony: of one batch, or of the whole hall. One that may show somebody in rehabilitation is hidden."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="photos")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    is_confidential = models.BooleanField()
    status = models.CharField(max_length=8, choices=PhotoStatus, default=PhotoStatus.UNSEEN)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Of the file as it came, to know it when it comes again.
    sha256 = models.BinaryField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    destroy_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "sha256", "is_confidential"], name="ceremonies_photo_once"),
            models.CheckConstraint(
                condition=Q(status="gone") & ~Q(destroy_reason="") | ~Q(status="gone") & Q(destroy_reason=""),
                name="ceremonies_photo_gone_has_reason",
            ),
        ]


class PhotoFile(models.Model):
    """The bytes of a picture, large and small; empty once it was destroyed. In the database: the policy guards them too."""

    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, primary_key=True, related_name="file")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField()
    large = models.BinaryField()
    small = models.BinaryField()

    def __str__(self) -> str:
        return f"PhotoFile {self.pk}"


@tracked
class PhotoPerson(Row):
    """Somebody whom an officer recognised in a picture."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField()
    is_active = models.BooleanField(default=True)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "photo people"
        constraints = [models.UniqueConstraint(fields=["photo", "person"], name="ceremonies_photoperson_once")]
