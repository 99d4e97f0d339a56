"""Who must be kept apart from whom, who tried to bring them together, and where it was allowed all the same."""

from django.db import models
from django.db.models import F, Q

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.encryption import EncryptedTextField
from bekal.foundation.facilities.models import Facility
from bekal.people.models.people import Person


@tracked
class KeepApart(Row):
    """Two people who share neither batch nor room (pisahkan), from a day until a day; the reason is encrypted.

    Seen by security alone (docs/adr/0012). It holds wherever both are, and is seen by the security of the facility that holds both.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    # The pair has one order, so that it is there once: the smaller key first.
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(bound_as="people.keepapart.reason")
    basis = models.CharField(max_length=160)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = EncryptedTextField(null=True, bound_as="people.keepapart.end_reason")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_keepapart_ordered"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at=None), name="people_keepapart_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="people_keepapart_span"
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "-since_on"], name="people_keepapart_list"),
            models.Index(fields=["second", "first"], name="people_keepapart_other"),
        ]


@tracked
class ApartAttempt(Row):
    """Somebody tried to place a person beside one from whom they are kept apart, and was told nothing of whom.

    Only a database function writes it, for who tries may not see it. `group` is a batch on a floor above.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(KeepApart, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = models.UUIDField()
    group_title = models.CharField(max_length=160)
    is_confidential = models.BooleanField()
    tried_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["facility", "seen_at", "-tried_at"], name="people_apartattempt_list"),
            models.Index(fields=["pair", "group"], name="people_apartattempt_pair"),
        ]


@tracked
class ApartOverride(Row):
    """Security let a pair be together in one batch all the same, for a reason."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(KeepApart, on_delete=models.PROTECT, related_name="overrides")
    group = models.UUIDField()
    group_title = models.CharField(max_length=160)
    is_confidential = models.BooleanField()
    reason = EncryptedTextField(bound_as="people.apartoverride.reason")
    allowed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    allowed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "group"], name="people_apartoverride_once")]
