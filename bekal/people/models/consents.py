"""What a person answered when asked: photo, publicity, contact after release; and what they took back."""

from django.db import models
from django.db.models import F, Q

from bekal.foundation.accounts.models import User
from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.encryption import EncryptedTextField
from bekal.foundation.facilities.models import Facility
from bekal.people.choices import ConsentAnswer, ConsentKind, ConsentProof, WithdrawnThrough
from bekal.people.models.people import Person


@tracked
class ConsentScan(Row):
    """A signed form as it came back: its hash for everybody who may know, its bytes encrypted and bound to the row."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    is_confidential = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    # The file in base64.
    content = EncryptedTextField(bound_as="people.consentscan.content")
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField()


@tracked
class Consent(Row):
    """An answer (jawaban persetujuan): given or refused, to the words that were read out, for everything or one occasion.

    Never changed: a new answer is a new row, a withdrawal stands in `Withdrawal`. The latest word decides
    (`rules.last_word`). An occasion stands on a floor above and is kept by its public id and its title.
    """

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    answer = models.CharField(max_length=7, choices=ConsentAnswer)
    occasion = models.UUIDField(null=True)
    occasion_title = models.CharField(max_length=160, blank=True)
    # The occasion alone tells that somebody is in rehabilitation.
    is_confidential = models.BooleanField(default=False)
    given_on = models.DateField()
    until_on = models.DateField(null=True)
    proof = models.CharField(max_length=9, choices=ConsentProof)
    witness_name = models.CharField(max_length=120, blank=True)
    witness_post = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(ConsentScan, on_delete=models.PROTECT, null=True, related_name="consents")
    # Which words were read out, and the words themselves: the table may get better ones.
    text_code = models.CharField(max_length=24)
    text = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("given_on")), name="people_consent_span"
            ),
            models.CheckConstraint(
                condition=Q(occasion__isnull=True, occasion_title="", is_confidential=False)
                | Q(occasion__isnull=False) & ~Q(occasion_title=""),
                name="people_consent_occasion_has_title",
            ),
            models.CheckConstraint(
                condition=~Q(proof="witnessed") | (~Q(witness_name="") & ~Q(witness_post="")),
                name="people_consent_witness_has_post",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "kind", "person"], name="people_consent_list"),
            models.Index(fields=["person", "kind"], name="people_consent_person"),
        ]


@tracked
class Withdrawal(Row):
    """A consent taken back (pencabutan) from a day on. The consent stays as it was given."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    is_confidential = models.BooleanField(default=False)
    withdrawn_on = models.DateField()
    through = models.CharField(max_length=14, choices=WithdrawnThrough)
    received_post = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
