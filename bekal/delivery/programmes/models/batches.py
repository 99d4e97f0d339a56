"""The groups that go through a programme together."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import BatchStatus
from bekal.delivery.programmes.models.programmes import Programme
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.days import roman
from bekal.foundation.facilities.models import Facility, Place


@tracked
class Batch(Row):
    """An angkatan: a group that goes through a programme together, at a place, from a day until a day."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="batches")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="batches")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    # Short name on tags and lists, such as TB2.
    code = models.CharField(max_length=12)
    capacity = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="batches")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # ISO weekdays 1 (Monday) to 7, and the hours of a session.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    jp_per_session = models.PositiveSmallIntegerField()
    teacher = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    teacher_note = models.CharField(max_length=120, blank=True)
    standard = models.CharField(max_length=120, blank=True)
    # Rehabilitation: the decree of the Directorate General that names this year's providers.
    provider_decree = models.CharField(max_length=120, blank=True)
    is_verdict_only = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=BatchStatus, default=BatchStatus.PLANNED)
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "number"], name="programmes_batch_number"),
            models.UniqueConstraint(fields=["facility", "year", "code"], name="programmes_batch_code"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programmes_batch_span"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="programmes_batch_hours"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="programmes_batch_capacity"),
        ]
        indexes = [models.Index(fields=["facility", "status", "-starts_on"], name="programmes_batch_list")]

    @property
    def name(self) -> str:
        """`Tata Boga, Angkatan II 2026`: what every page calls it, in the reader's language. Asks for the programme."""
        words = {"title": self.programme.title, "number": roman(self.number), "year": self.year}
        return _("%(title)s, batch %(number)s %(year)s") % words

    @property
    def name_on_paper(self) -> str:
        """`Tata Boga, Angkatan II 2026`, whoever reads: papers are Indonesian."""
        return f"{self.programme.title}, Angkatan {roman(self.number)} {self.year}"
