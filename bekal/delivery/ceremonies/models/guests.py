"""Who is invited to a closing, and who hands over what there."""

from django.db import models
from django.db.models import Q

from bekal.delivery.ceremonies.choices import GuestAnswer, GuestKind, TurnKind
from bekal.delivery.ceremonies.models.ceremonies import Ceremony
from bekal.delivery.programmes.models import Batch, Enrolment
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.facilities.models import Facility, Official
from bekal.foundation.papers.models import Paper


@tracked
class Guest(Row):
    """Somebody invited to a ceremony: by name, or by post and office alone; what they answered, and whether they came.

    The family of a participant where a rehabilitation batch closes is a health fact: the policy asks the ceremony, so that it
    holds for the plan as it stands, and no column has to follow it.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="guests")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=GuestKind)
    name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=160, blank=True)
    answer = models.CharField(max_length=9, choices=GuestAnswer, default=GuestAnswer.WAITING)
    has_come = models.BooleanField(default=False)
    invitation = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name="", post=""), name="ceremonies_guest_named")]


@tracked
class HandOverTurn(Row):
    """Who takes the tags of a batch back, or hands its certificates over: an official of the house, or a guest."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="turns")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=TurnKind)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "batch", "what"], name="ceremonies_turn_once"),
            models.CheckConstraint(condition=Q(official=None) | Q(guest=None), name="ceremonies_turn_one_giver"),
        ]


@tracked
class SymbolicReceiver(Row):
    """Who comes forward for a batch and receives its first certificate before all; only with consent to be photographed."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="receivers")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="+")
    is_confidential = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "batch"], name="ceremonies_receiver_once")]
