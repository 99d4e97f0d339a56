"""What the house promised when it said that something was done, and how it is found again afterwards."""

from dataclasses import dataclass
from typing import Any, Protocol


class Promise(Protocol):
    """Something acknowledged."""

    def is_kept(self) -> bool:
        """Whether the whole of it is there, once."""


@dataclass(frozen=True)
class Admitted:
    """One person, with one open stay under this register number."""

    facility: str
    number: str

    def is_kept(self) -> bool:
        return _stays(self.facility, [self.number]).count() == 1


@dataclass(frozen=True)
class Imported:
    """Every row of a list."""

    facility: str
    numbers: tuple[str, ...]

    def is_kept(self) -> bool:
        return _stays(self.facility, self.numbers).count() == len(self.numbers)


@dataclass(frozen=True)
class Marked:
    """A session whose sheet was saved whole. Which save was the last is asked of the reckoning."""

    session: str
    is_present: bool

    def is_kept(self) -> bool:
        from bekal.delivery.programmes.models import Attendance

        rows = Attendance.objects.filter(session__public_id=self.session)
        return set(rows.values_list("is_present", flat=True)) == {self.is_present} and rows.count() == 8


@dataclass(frozen=True)
class Decided:
    """A hearing with its minutes and every nomination on its list accepted."""

    hearing: str
    nominations: int

    def is_kept(self) -> bool:
        from bekal.delivery.programmes.models import Hearing

        hearing = Hearing.objects.get(public_id=self.hearing)
        accepted = hearing.nominations.filter(status="accepted").count()
        return hearing.minutes_id is not None and hearing.status == "decided" and accepted == self.nominations


@dataclass(frozen=True)
class Closed:
    """A ceremony whose batch is closed, with a certificate for each of its three participants and each tag back."""

    ceremony: str

    def is_kept(self) -> bool:
        from bekal.delivery.ceremonies.models import Ceremony, HandOver
        from bekal.delivery.programmes.models import Tag

        ceremony = Ceremony.objects.get(public_id=self.ceremony)
        batch = ceremony.ceremony_batches.get().batch
        issued = HandOver.objects.filter(ceremony=ceremony, certificate__paper__file__isnull=False).count()
        outside = Tag.objects.filter(batch=batch, released_at=None).count()
        return (batch.status, issued, outside) == ("completed", 3, 0)


def _stays(facility: str, numbers: Any) -> Any:
    from bekal.people.models import Custody

    return Custody.objects.filter(facility__code=facility, register_number__in=numbers, ended_on=None)
