"""Changes to attendance after the window: asked by one, decided by another."""

from django.db import models
from django.db.models import F, Q

from bekal.delivery.programmes.choices import CorrectionStatus, Participation, SessionStatus
from bekal.delivery.programmes.models.programmes import Programme
from bekal.delivery.programmes.models.sessions import Session
from bekal.delivery.programmes.models.taking_part import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility


@tracked
class Correction(Row):
    """A request to change what is recorded of somebody at a session, or of the session itself (koreksi kehadiran).

    It holds what shall be said instead. Whoever asks never decides; the old entry stays in the history of its row.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="corrections")
    # Empty where the request is about the session: was it held, and how many hours?
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="corrections")
    is_confidential = models.BooleanField()
    is_present = models.BooleanField(default=False)
    absence_reason = models.CharField(max_length=24, blank=True)
    participation = models.CharField(max_length=7, choices=Participation, blank=True)
    counted_jp = models.PositiveSmallIntegerField(default=0)
    session_status = models.CharField(max_length=11, choices=SessionStatus, blank=True)
    held_jp = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    status = models.CharField(max_length=9, choices=CorrectionStatus, default=CorrectionStatus.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=Q(status="requested"),
                nulls_distinct=False,
                name="programmes_correction_one_open",
            ),
            # Two pairs of eyes, held by the database too.
            models.CheckConstraint(
                condition=~Q(status__in=("accepted", "refused"))
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                name="programmes_correction_two_people",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True) & ~Q(session_status="")
                | Q(enrolment__isnull=False, session_status=""),
                name="programmes_correction_about_one",
            ),
        ]
        indexes = [models.Index(fields=["facility", "status", "-requested_at"], name="programmes_correction_waiting")]


@tracked
class MakeUpRule(Row):
    """Whether hours made up in catch-up sessions count towards completion, from a day on, with its basis.

    Where a programme has no rule, they are shown and do not count: nobody has said that they do.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="make_up_rules")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    does_count = models.BooleanField()
    # At most so many percent of the held hours may be made up.
    most_percent = models.PositiveSmallIntegerField(default=100)
    basis = models.CharField(max_length=200)
    is_verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(until_on__isnull=True), name="programmes_make_up_rule_in_force"
            ),
            models.CheckConstraint(condition=Q(most_percent__lte=100), name="programmes_make_up_rule_percent"),
        ]
