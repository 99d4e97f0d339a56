"""The trail: one row for each thing that was done, chained per facility, which nobody can rewrite unseen."""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """Something that somebody did. Values and public ids only: it stands below all apps and records all of them.

    `seq`, `prev_hash` and `hash` are given by a deferred trigger at commit, when the row takes its place in the chain of
    its facility; the house's own events, of no facility, have `facility` 0.
    """

    id = models.BigAutoField(primary_key=True)
    facility = models.BigIntegerField()
    seq = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=80)
    actor = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    prev_hash = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "seq"], name="audit_event_place")]
        indexes = [
            models.Index(
                fields=["facility", "subject", "-id"], name="audit_event_subject", condition=Q(subject__isnull=False)
            ),
            models.Index(fields=["facility", "-at"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.facility}/{self.seq}"


class Head(models.Model):
    """Where the chain of a facility ends now. Only the trigger writes it."""

    facility = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"Head {self.facility}/{self.seq}"
