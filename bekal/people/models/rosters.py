"""Rosters that came in, what was doubtful in them, and how their columns were read."""

from django.db import models

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.encryption import EncryptedTextField
from bekal.foundation.facilities.models import Facility
from bekal.people.choices import DoubtDecision, RosterState


@tracked
class RosterImport(Row):
    """A roster that was read: its file's hash, what was found, and whether it was saved.

    `file` is the file itself, or the copy rebuilt without clinical columns where there were any; `report` is what
    is known of the whole list; its rows are in its pages. Both hold personal data and are encrypted.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="roster_imports")
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=4, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(null=True)
    header_key = models.CharField(max_length=64, blank=True)
    columns = models.JSONField(default=dict)
    ignored = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=RosterState)
    refusal = models.CharField(max_length=24, blank=True)
    legal_dates_read_on = models.DateField(null=True)
    file = models.BinaryField(null=True)
    report = EncryptedTextField(null=True, bound_as="people.rosterimport.report")
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    committed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["facility", "-read_at"], name="people_rosterimport_list")]


class RosterPage(Row):
    """Fifty rows of a roster in one state, as they were judged; or register numbers of who was absent, or the workbook.

    `judging` counts how often the list was judged. A page is never written over: the next judging has its own.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    roster_import = models.ForeignKey(RosterImport, on_delete=models.PROTECT, related_name="pages")
    judging = models.PositiveIntegerField()
    kind = models.CharField(max_length=9)
    number = models.PositiveIntegerField()
    # A JSON list; of a workbook its bytes in base64.
    content = EncryptedTextField(bound_as="people.rosterpage.content")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roster_import", "judging", "kind", "number"], name="people_rosterpage_once"
            )
        ]


@tracked
class RosterDoubt(Row):
    """A doubtful row of a roster, waiting for an officer."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    roster_import = models.ForeignKey(RosterImport, on_delete=models.PROTECT, related_name="doubts")
    row = models.PositiveIntegerField()
    # Person fields and reasons as read, as JSON text.
    content = EncryptedTextField(bound_as="people.rosterdoubt.content")
    decision = models.CharField(max_length=8, choices=DoubtDecision, default=DoubtDecision.WAITING)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster_import", "row"], name="people_rosterdoubt_row")]
        indexes = [models.Index(fields=["facility", "decision"], name="people_rosterdoubt_waiting")]


@tracked
class RosterMapping(Row):
    """How an officer read the columns of files with this header: remembered for the next one."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    header_key = models.CharField(max_length=64)
    mapping = models.JSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "header_key"], name="people_rostermapping_once")]
