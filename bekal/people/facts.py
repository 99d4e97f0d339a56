"""What is known of a person and of a stay, as forms and rosters hand it to operations."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from django.db import models


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Who somebody is. `nik` is sixteen digits or null."""

    full_name: str
    birth_place: str = ""
    birth_on: date | None = None
    sex: str = ""
    nik: str | None = None

    @classmethod
    def of(cls, row: models.Model) -> Self:
        """The facts as the row holds them now."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def differences(self, row: models.Model) -> list[str]:
        """The fields in which the row says something else."""
        return [name for name, value in asdict(self).items() if getattr(row, name) != value]


@dataclass(frozen=True, kw_only=True)
class StayFacts:
    """What the register says of a stay. Legal dates are as imported or typed, with the day on which they were read."""

    register_number: str
    standing: str
    admitted_on: date | None = None
    offence: str | None = None
    sentence_years: int | None = None
    sentence_months: int | None = None
    sentence_days: int | None = None
    third_on: date | None = None
    half_on: date | None = None
    two_thirds_on: date | None = None
    expires_on: date | None = None
    legal_dates_read_on: date | None = None
    block: str = ""
    remark: str = ""

    of = classmethod(PersonFacts.of.__func__)  # type: ignore[attr-defined]
    differences = PersonFacts.differences

    @property
    def legal_dates(self) -> list[date | None]:
        """1/3, 1/2, 2/3 and expiry, in this order."""
        return [self.third_on, self.half_on, self.two_thirds_on, self.expires_on]


PERSON_FIELDS = frozenset(field.name for field in fields(PersonFacts))
STAY_FIELDS = frozenset(field.name for field in fields(StayFacts))
__all__ = ["PERSON_FIELDS", "STAY_FIELDS", "Any", "PersonFacts", "StayFacts", "replace"]
