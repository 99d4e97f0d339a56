"""How often somebody has knocked at the public door this minute. No address is kept, and nothing outlives its day."""

from django.db import models


class DaySecret(models.Model):
    """The secret of a day, with which addresses become signs that nobody can turn back once it is gone."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField()

    def __str__(self) -> str:
        return f"DaySecret {self.day}"


class Tally(models.Model):
    """Visits of one sign in one minute."""

    visitor = models.BinaryField()
    minute = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["visitor", "minute"], name="site_tally_once")]

    def __str__(self) -> str:
        return f"Tally {self.pk}"
