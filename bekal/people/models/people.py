"""A person for life, and their stays."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.encryption import EncryptedTextField
from bekal.foundation.facilities.models import Facility
from bekal.people.choices import CustodyEnd, Sex, Standing


@tracked
class Person(Row):
    """A person, for life, under an id of our own. `facility` holds them now; admission and transfer alone change it."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="people")
    full_name = models.CharField(max_length=160)
    # The name as it is searched: lower case, without accents, written by operations beside the name.
    search_name = models.CharField(max_length=160)
    birth_place = models.CharField(max_length=120, blank=True)
    birth_on = models.DateField(null=True)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    nik = EncryptedTextField(null=True, bound_as="people.person.nik")
    nik_index = models.BinaryField(null=True)
    # Whether more than one facility has held them: only then does the thread ask what happened elsewhere.
    has_moved = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["facility", "search_name", "id"], name="people_person_list"),
            models.Index(fields=["nik_index"], name="people_person_nik"),
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="people_person_search"),
        ]


@tracked
class Custody(Row):
    """One stay in one facility. Its register number may change; `RegisterNumber` keeps what it was.

    Legal dates are imported with the day on which they were read, never computed: remission moves them.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="custodies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custodies")
    register_number = models.CharField(max_length=24)
    standing = models.CharField(max_length=10, choices=Standing)
    admitted_on = models.DateField(null=True)
    offence = EncryptedTextField(null=True, bound_as="people.custody.offence")
    offence_group = models.CharField(max_length=20, blank=True)
    sentence_years = models.PositiveSmallIntegerField(null=True)
    sentence_months = models.PositiveSmallIntegerField(null=True)
    sentence_days = models.PositiveSmallIntegerField(null=True)
    third_on = models.DateField(null=True)
    half_on = models.DateField(null=True)
    two_thirds_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    legal_dates_read_on = models.DateField(null=True)
    block = models.CharField(max_length=40, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)
    end_kind = models.CharField(max_length=20, choices=CustodyEnd, blank=True)
    end_note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "custodies"
        constraints = [
            models.UniqueConstraint(fields=["facility", "register_number"], name="people_custody_register"),
            models.UniqueConstraint(fields=["person"], condition=Q(ended_on=None), name="people_custody_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_kind="") | (Q(ended_on__isnull=False) & ~Q(end_kind="")),
                name="people_custody_end_has_kind",
            ),
        ]
        indexes = [models.Index(fields=["facility", "ended_on", "person"], name="people_custody_open")]

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None


class RegisterNumber(Row):
    """A register number that a stay had until a day."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    custody = models.ForeignKey(Custody, on_delete=models.PROTECT, related_name="register_numbers")
    number = models.CharField(max_length=24)
    until_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["facility", "number"], name="people_registernumber_find")]
