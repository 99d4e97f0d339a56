"""A person on the way from one facility to another, as a request that the other facility answers."""

from django.db import models
from django.db.models import F, Q

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility
from bekal.people.choices import TransferStatus
from bekal.people.models.people import Custody, Person


@tracked
class Transfer(Row):
    """A transfer (mutasi): one facility asks, the other answers, the person departs and arrives.

    `facility` holds the person when it is asked. Where the destination asked, it knows a NIK and the name of the facility
    that holds it, and nothing else until that facility agrees: row security hides the person.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="transfers_out")
    destination = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="transfers_in")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transfers")
    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="transfers")
    is_asked_by_destination = models.BooleanField(default=False)
    # The name as the destination has it written down, where it asked: its own words, not those of the other facility.
    asked_as = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=200)
    letter_number = models.CharField(max_length=80, blank=True)
    letter_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    status = models.CharField(max_length=11, choices=TransferStatus, default=TransferStatus.REQUESTED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Why it was refused, withdrawn or turned back.
    closing_reason = models.CharField(max_length=200, blank=True)
    departed_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    new_custody = models.OneToOneField(Custody, on_delete=models.PROTECT, null=True, related_name="came_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(facility=F("destination")), name="people_transfer_elsewhere"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["agreed", "departed"]), name="people_transfer_one_way"
            ),
            models.UniqueConstraint(
                fields=["person", "destination"],
                condition=Q(status__in=["requested", "agreed", "departed"]),
                name="people_transfer_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["departed", "arrived"]) | Q(departed_on__isnull=False),
                name="people_transfer_departed_on",
            ),
            models.CheckConstraint(
                condition=Q(status="arrived", arrived_on__isnull=False, new_custody__isnull=False)
                | (~Q(status="arrived") & Q(arrived_on=None, new_custody=None)),
                name="people_transfer_arrived_with_stay",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "withdrawn", "turned_back"]) | ~Q(closing_reason=""),
                name="people_transfer_closed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "status", "-asked_at"], name="people_transfer_out"),
            models.Index(fields=["destination", "status", "-asked_at"], name="people_transfer_in"),
        ]
