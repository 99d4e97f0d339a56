"""What the press is told of a closing."""

from django.db import models
from django.db.models import Q

from bekal.delivery.ceremonies.choices import PressStatus
from bekal.delivery.ceremonies.models.ceremonies import Ceremony
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility


@tracked
class PressRelease(Row):
    """A text for the press: drafted from facts, edited, approved by the head, released. Its history holds each version."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.OneToOneField(Ceremony, on_delete=models.PROTECT, related_name="press_release")
    title = models.CharField(max_length=240)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=PressStatus, default=PressStatus.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    # An officer said that a name in it belongs to somebody else than the person here who bears it too.
    is_namesake = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", approved_by=None) | ~Q(status="draft") & Q(approved_by__isnull=False),
                name="ceremonies_press_approved",
            ),
            models.CheckConstraint(
                condition=Q(status="released", released_on__isnull=False) | ~Q(status="released") & Q(released_on=None),
                name="ceremonies_press_released",
            ),
        ]
