"""Who takes part: nominated, heard, decided by decree, enrolled, with a tag.

Rows that tell who takes part carry `is_confidential`: true in rehabilitation, where membership is a health fact.
"""

from django.db import models
from django.db.models import Q

from bekal.delivery.programmes.choices import (
    DecreeKind,
    DecreeStatus,
    EnrolmentStatus,
    ExitGroup,
    HearingStatus,
    NominationStatus,
    TagStatus,
)
from bekal.delivery.programmes.models.batches import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility, Official
from bekal.foundation.papers.models import Paper
from bekal.people.models import Custody, Person


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
