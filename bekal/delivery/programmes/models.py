"""What is offered, who takes part, who came, how they left. One way for rehabilitation and for training.

Rows that tell who takes part carry `is_confidential`: true in rehabilitation, where membership is a health fact.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import (
    BatchStatus,
    CriterionRule,
    DecreeKind,
    DecreeStatus,
    EnrolmentStatus,
    ExitGroup,
    HearingStatus,
    NominationStatus,
    Participation,
    ProgrammeKind,
    SessionStatus,
    TagStatus,
)
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.days import roman
from bekal.foundation.facilities.models import Facility, Official, Place
from bekal.foundation.papers.models import Paper
from bekal.people.models import Custody, Person


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


@tracked
class Hearing(Row):
    """A sitting of the board (sidang TPP) that decides many nominations at once."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="hearings")
    held_on = models.DateField()
    place = models.CharField(max_length=80)
    # Names and posts of the members present, frozen: [{"name": …, "post": …, "user": public id or null}].
    members = models.JSONField(default=list)
    status = models.CharField(max_length=7, choices=HearingStatus, default=HearingStatus.OPEN)
    # True as soon as one nomination to rehabilitation is on its list.
    is_confidential = models.BooleanField(default=False)
    minutes = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["facility", "-held_on"], name="programmes_hearing_list")]


@tracked
class Nomination(Row):
    """A person proposed for a batch; the board decides, and never the proposer alone."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField()
    motive = models.CharField(max_length=200, blank=True)
    # Why somebody is proposed though a criterion is not met, such as a release before the batch ends.
    exception_reason = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=9, choices=NominationStatus, default=NominationStatus.PROPOSED)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="nominations")
    decision_reason = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "person"], condition=~Q(status="withdrawn"), name="programmes_nomination_once"
            )
        ]
        indexes = [models.Index(fields=["facility", "status"], name="programmes_nomination_waiting")]


@tracked
class Decree(Row):
    """An SK Kalapas: drafted here from a template and signed, or recorded from outside with its number."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="decrees")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="decrees")
    kind = models.CharField(max_length=12, choices=DecreeKind)
    status = models.CharField(max_length=6, choices=DecreeStatus, default=DecreeStatus.DRAFT)
    is_confidential = models.BooleanField()
    is_from_outside = models.BooleanField(default=False)
    number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True)
    # Considerations, basis and articles as drafted; a team decree lists its team here.
    content = models.JSONField(default=dict)
    signatory = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "status"], name="programmes_decree_waiting")]


@tracked
class Enrolment(Row):
    """Somebody's part in a batch, by hearing and decree, until it is completed or left."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="+")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="enrolment")
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="enrolments")
    is_confidential = models.BooleanField()
    status = models.CharField(max_length=12, choices=EnrolmentStatus, default=EnrolmentStatus.ENROLLED)
    enrolled_on = models.DateField()
    exit_kind = models.CharField(max_length=24, blank=True)
    exit_group = models.CharField(max_length=8, choices=ExitGroup, blank=True)
    exit_on = models.DateField(null=True)
    exit_reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="programmes_enrolment_once"),
            models.CheckConstraint(
                condition=~Q(status="left") | (~Q(exit_kind="") & ~Q(exit_group="") & Q(exit_on__isnull=False)),
                name="programmes_enrolment_exit_has_kind",
            ),
        ]
        indexes = [models.Index(fields=["facility", "person"], name="programmes_enrolment_person")]


@tracked
class Tag(Row):
    """A participant's tag (tanda peserta): worn during the batch, given back at its end. Its QR holds `code` alone."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="tags")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="tag")
    is_confidential = models.BooleanField()
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=8, choices=TagStatus, default=TagStatus.WORN)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="programmes_tag_number")]


@tracked
class Session(Row):
    """A meeting (pertemuan) of a batch: planned from its weekly pattern, then held, held in part, or not held."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sessions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
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
                fields=["batch", "number"], condition=Q(is_active=True), name="programmes_session_number"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="programmes_session_hours"),
        ]
        indexes = [models.Index(fields=["facility", "held_on"], name="programmes_session_day")]


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
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="programmes_attendance_once"),
            models.CheckConstraint(
                condition=Q(is_present=True, absence_reason="")
                | Q(is_present=False, counted_jp=0, participation="") & ~Q(absence_reason=""),
                name="programmes_attendance_facts",
            ),
        ]
        indexes = [models.Index(fields=["facility", "enrolment"], name="programmes_attendance_person")]
