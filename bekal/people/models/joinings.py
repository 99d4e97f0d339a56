"""Two records of one person, joined without changing either; and told apart again.

These rows never change: what was said is taken back by another one.
"""

from django.db import models
from django.db.models import F, Q

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row
from bekal.foundation.facilities.models import Facility
from bekal.people.models.people import Person


class Joining(Row):
    """An officer said that two records are one person (gabung). Stays, parts and papers keep pointing at their own record.

    Pages of `merged` lead to `kept`. It holds until a `Parting` of it is there.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joined_records")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joined_into")
    reason = models.CharField(max_length=200)
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kept=F("merged")), name="people_joining_of_two")]
        indexes = [models.Index(fields=["facility", "-joined_at"], name="people_joining_list")]


class Parting(Row):
    """A joining that was undone (pisahkan), and why."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    joining = models.OneToOneField(Joining, on_delete=models.PROTECT, related_name="parting")
    reason = models.CharField(max_length=200)
    parted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    parted_at = models.DateTimeField()


class Distinction(Row):
    """An officer said that two records that look alike are two people (orang lain): they are not offered again."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    # The two records, the one with the smaller key first.
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_distinction_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="people_distinction_once"),
        ]
