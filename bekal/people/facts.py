"""What is known of a person and of a stay, as forms and rosters hand it to operations."""

from dataclasses import dataclass
from datetime import date

from bekal.foundation.core.facts import Facts


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
