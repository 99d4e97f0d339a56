"""What is offered, with its hours and what it asks of a person."""

from datetime import date

from django.db import models
from django.db.models import Q

from bekal.delivery.programmes.choices import CriterionRule, ProgrammeKind
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility


@tracked
class Programme(Row):
    """What is offered: its kind, its hours in JP (jam pelajaran), and when somebody has completed it."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="programmes")
    kind = models.CharField(max_length=16, choices=ProgrammeKind)
    title = models.CharField(max_length=120)
    # What a certificate calls it; for rehabilitation a title that says nothing of health.
    certificate_title = models.CharField(max_length=120)
    hours_jp = models.PositiveSmallIntegerField()
    minutes_per_jp = models.PositiveSmallIntegerField(default=45)
    # Completed with at least so many percent of the held hours; the office decides, with its basis.
    attendance_percent = models.PositiveSmallIntegerField(default=80)
    attendance_basis = models.CharField(max_length=200, blank=True)
    standard = models.CharField(max_length=120, blank=True)
    is_verdict_only = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "title"], name="programmes_programme_title"),
            models.CheckConstraint(condition=Q(attendance_percent__lte=100), name="programmes_programme_percent"),
            models.CheckConstraint(
                condition=Q(hours_jp__gt=0, minutes_per_jp__gt=0), name="programmes_programme_hours"
            ),
            models.CheckConstraint(
                condition=Q(kind="training") | Q(is_verdict_only=True), name="programmes_rehabilitation_verdict_only"
            ),
        ]

    @property
    def is_confidential(self) -> bool:
        return self.kind == ProgrammeKind.REHABILITATION


@tracked
class Module(Row):
    """A part of a programme with its hours; printed on the back of a training certificate."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    hours_jp = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], condition=Q(is_active=True), name="programmes_module_position"
            )
        ]


@tracked
class Criterion(Row):
    """What a programme asks of a person, from a day on, with its legal basis. Changed by a new row."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="criteria")
    rule = models.CharField(max_length=32, choices=CriterionRule)
    value = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    basis = models.CharField(max_length=200)
    is_verified = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "criteria"

    def holds_on(self, day: date) -> bool:
        """Whether the programme asks this on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
