"""The meetings of a batch, who teaches them, and who came."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import Participation, SessionStatus
from bekal.delivery.programmes.models.batches import Batch
from bekal.delivery.programmes.models.programmes import Module
from bekal.delivery.programmes.models.taking_part import Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility, Place


@tracked
class Session(Row):
    """A meeting (pertemuan) of a batch: planned from its weekly pattern, then held, held in part, or not held.

    A catch-up session (pertemuan susulan) makes up for one that some of the batch missed; only its `Seat`s are on its list.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sessions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, related_name="sessions")
    makes_up_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="catch_ups")
    # Catch-up sessions of a batch have numbers of their own.
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    # Written by the database from day, hours and the facility's zone; two sessions never hold one place at once.
    during = DateTimeRangeField(null=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="sessions")
    # Others may use the place at the same time, as long as there is room; it was a shared place when this was planned.
    shares_place = models.BooleanField(default=False)
    jp = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=11, choices=SessionStatus, default=SessionStatus.PLANNED)
    held_jp = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    # False where a new timetable dropped a planned session: it is shown nowhere and counts for nothing.
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                condition=Q(is_active=True, makes_up_for__isnull=True),
                name="programmes_session_number",
            ),
            models.UniqueConstraint(
                fields=["batch", "number"],
                condition=Q(is_active=True, makes_up_for__isnull=False),
                name="programmes_catch_up_number",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="programmes_session_hours"),
        ]
        indexes = [models.Index(fields=["facility", "held_on"], name="programmes_session_day")]

    @property
    def name(self) -> str:
        """`pertemuan ke-3`, or `pertemuan susulan ke-1`."""
        words = _("catch-up session %(n)s") if self.makes_up_for_id else _("session %(n)s")
        return words % {"n": self.number}


@tracked
class Instructor(Row):
    """Somebody from outside who teaches here: a name and the agency that sends them."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "name", "agency"], name="programmes_instructor_once")
        ]


@tracked
class Facilitator(Row):
    """Who teaches a session: an officer, or an instructor from outside. Nobody teaches two sessions at once."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="facilitators")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    instructor = models.ForeignKey(Instructor, on_delete=models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    # Both written by the database: the hours of the session, and whether it still takes place.
    during = DateTimeRangeField(null=True, editable=False)
    is_bound = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=True, instructor__isnull=False)
                | Q(officer__isnull=False, instructor__isnull=True),
                name="programmes_facilitator_is_one",
            ),
            models.UniqueConstraint(fields=["session", "officer"], name="programmes_facilitator_officer"),
            models.UniqueConstraint(fields=["session", "instructor"], name="programmes_facilitator_instructor"),
        ]
        indexes = [models.Index(fields=["facility", "session"], name="programmes_facilitator_session")]

    @property
    def name(self) -> str:
        """`Sari Laksmi`, or `Ketut Arsa (BLK Tabanan)`."""
        return f"{self.instructor.name} ({self.instructor.agency})" if self.instructor else self.officer.name


@tracked
class Seat(Row):
    """Somebody's seat in a catch-up session: who is to make up for what they missed."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="seats")
    is_confidential = models.BooleanField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="programmes_seat_once")]


@tracked
class Attendance(Row):
    """What is known of somebody at a session: were they there, if not why, did they take part, which hours count."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    is_confidential = models.BooleanField()
    is_present = models.BooleanField()
    absence_reason = models.CharField(max_length=24, blank=True)
    participation = models.CharField(max_length=7, choices=Participation, blank=True)
    counted_jp = models.PositiveSmallIntegerField()
    # An entry that was undone: its row stays and says nothing, as if it had not been filled in.
    is_withdrawn = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="programmes_attendance_once"),
            models.CheckConstraint(
                condition=Q(is_withdrawn=True, is_present=False, absence_reason="", counted_jp=0, participation="")
                | Q(is_withdrawn=False, is_present=True, absence_reason="")
                | Q(is_withdrawn=False, is_present=False, counted_jp=0, participation="") & ~Q(absence_reason=""),
                name="programmes_attendance_facts",
            ),
        ]
        indexes = [models.Index(fields=["facility", "enrolment"], name="programmes_attendance_person")]
