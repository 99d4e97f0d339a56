"""What is known of a person and of a stay, as forms and rosters hand it to operations."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Self

from django.db import models


class Facts:
    """Values with the names of a row's fields."""

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]  # type: ignore[arg-type]

    @classmethod
    def of(cls, row: models.Model) -> Self:
        """The facts as the row holds them now."""
        return cls(**{name: getattr(row, name) for name in cls.names()})

    def differences(self, row: models.Model) -> list[str]:
        """The fields in which the row says something else."""
        return [name for name, value in asdict(self).items() if getattr(row, name) != value]  # type: ignore[call-overload]

    def put_on(self, row: models.Model) -> None:
        """Write the facts on the row, in memory."""
        for name in self.names():
            setattr(row, name, getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class PersonFacts(Facts):
    """Who somebody is. `nik` is sixteen digits or null."""

    full_name: str
    birth_place: str = ""
    birth_on: date | None = None
    sex: str = ""
    nik: str | None = None


@dataclass(frozen=True, kw_only=True)
class StayFacts(Facts):
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

    @property
    def legal_dates(self) -> list[date | None]:
        """1/3, 1/2, 2/3 and expiry, in this order."""
        return [self.third_on, self.half_on, self.two_thirds_on, self.expires_on]
