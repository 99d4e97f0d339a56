"""What the world may know of a certificate: read through the one database function that gives public columns only."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from bekal.delivery.certificates.choices import CertificateStatus
from bekal.foundation.core.days import ZONES


@dataclass(frozen=True)
class Checked:
    """A certificate as a stranger sees it. Where only the verdict may be shown, all that was printed is None."""

    standing: str
    is_verdict_only: bool
    is_unchanged: bool | None
    is_replaced: bool
    ended_at: datetime | None
    issued_at: datetime | None
    number: str | None
    name: str | None
    birth_year: str | None
    title: str | None
    period: str | None
    hours: int | None
    minutes: int | None
    is_participation: bool | None
    modules: list[tuple[str, int]] | None
    place_and_day: str | None
    issuer: str
    asks_at: str
    zone: str
    sealed_by: str | None

    @property
    def is_valid(self) -> bool:
        return self.standing == CertificateStatus.VALID

    @property
    def tz(self) -> ZoneInfo:
        return ZONES[self.zone]


def check(*, code: str | None = None, sha256: bytes | None = None) -> Checked | None:
    """The certificate with this code; without a code, the one whose file has this SHA-256. None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select * from certificates_check(%s, %s)", [code, sha256])
        row = cursor.fetchone()
        columns = [column.name for column in cursor.description or ()]
    if row is None:
        return None
    facts = dict(zip(columns, row, strict=True))
    # Django hands jsonb out as the text that it is.
    return Checked(**{**facts, "modules": json.loads(facts["modules"]) if facts["modules"] else None})


def was_sealed_here(pdf: bytes) -> bool:
    """Whether the bytes carry, whole or broken, a seal of a facility of this house."""
    return False
