"""Where: regional offices, facilities, their rooms, their officials, their holidays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from bekal.foundation.core.bases import Row, tracked
from bekal.foundation.core.days import ZONES
from bekal.foundation.facilities.choices import FacilityKind, Zone


class Region(Row):
    """A regional office (Kanwil Ditjenpas) that looks after the facilities of a province or two."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)


@tracked
class Facility(Row):
    """A unit (UPT): Lapas, Rutan, LPKA or Bapas. Its day is the day of its own time zone."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=FacilityKind)
    facility_class = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=4, choices=Zone)
    regency_code = models.CharField(max_length=5)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="facilities")
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    letterhead = models.TextField(blank=True)
    logo = models.BinaryField(null=True)
    # What leaves the house in a person's hands names these, and never the facility.
    issuer_name = models.CharField(max_length=120)
    issue_place = models.CharField(max_length=80)
    asks_at = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "facilities"

    @property
    def tz(self) -> ZoneInfo:
        return ZONES[self.zone]

    def day_of(self, at: datetime) -> date:
        """The facility's day at an instant."""
        return at.astimezone(self.tz).date()

    def at_local(self, at: datetime) -> datetime:
        """An instant on the facility's own clock."""
        return at.astimezone(self.tz)


@tracked
class Place(Row):
    """A room or yard with room for so many."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField()
    # Several batches may be here at the same time, as long as there is room for all.
    is_shared = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "name"], name="facilities_place_name")]


@tracked
class Official(Row):
    """Somebody who signs for the facility. A paper freezes name, NIP and post as they were on its day."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="officials")
    name = models.CharField(max_length=120)
    nip = models.CharField(max_length=18, blank=True)
    post = models.CharField(max_length=120)
    is_head = models.BooleanField(default=False)
    is_acting = models.BooleanField(default=False)
    acting_basis = models.CharField(max_length=160, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_acting=False) | ~Q(acting_basis=""), name="facilities_official_acting_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="facilities_official_span",
            ),
        ]


@tracked
class Holiday(Row):
    """A day without sessions: national, or the facility's own (an inspection, the water cut off)."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=160)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "on", "name"], name="facilities_holiday_once")]
