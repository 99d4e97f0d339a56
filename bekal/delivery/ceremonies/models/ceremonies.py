"""The day itself: a closing of several batches at once, and who received what."""

from django.db import models

from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.delivery.certificates.models import Certificate
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility, Official
from bekal.foundation.jobs.models import Job
from bekal.foundation.papers.models import Paper


@tracked
class Ceremony(Row):
    """A closing in a hall on a day: batches close, certificates are issued and handed over, tags come back."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="ceremonies")
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=80)
    status = models.CharField(max_length=9, choices=CeremonyStatus, default=CeremonyStatus.PLANNED)
    # Who signs the certificates, under the neutral title of the facility; frozen on each paper.
    signatory = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ceremonies"
        indexes = [models.Index(fields=["facility", "-held_on"], name="ceremonies_list")]


@tracked
class CeremonyBatch(Row):
    """A batch that closes at a ceremony, in its calling order; taken out of a plan again, it belongs to none."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, null=True, related_name="ceremony_batches")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="ceremony_batch")
    position = models.PositiveSmallIntegerField()
    handed_over_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "position"], name="ceremonies_batch_position")]


@tracked
class AgendaItem(Row):
    """A line of the running order."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="agenda")
    starts_at = models.TimeField()
    title = models.CharField(max_length=120)
    # Name or post of whoever leads this part; the script calls them by it.
    in_charge = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=160, blank=True)
    is_active = models.BooleanField(default=True)


@tracked
class HandOver(Row):
    """The handing over of one certificate: received, absent, or to be sent; `position` is the calling order."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="hand_overs")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="hand_over")
    is_confidential = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=HandOverOutcome, default=HandOverOutcome.WAITING)
    handed_by = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
