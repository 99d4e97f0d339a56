"""What the world may know of a certificate: read through the one database function that gives public columns only."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from bekal.delivery.certificates.choices import CertificateStatus
from bekal.foundation.papers.seal_keys import certificates_of_house
from bekal.foundation.papers.verifying import Finding, signatures_of

MOST_REVISIONS = 4


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


def ends_of_revisions(pdf: bytes) -> list[int]:
    """Where earlier states of a PDF may end: behind each end mark, with its line end; the latest few."""
    marks: list[int] = []
    found = len(pdf)
    while len(marks) < MOST_REVISIONS and (found := pdf.rfind(b"%%EOF", 0, found)) >= 0:
        marks.append(found + len(b"%%EOF"))
    return [end + more for end in marks for more in (2, 1, 0) if end + more < len(pdf)]


def original_within(pdf: bytes) -> Checked | None:
    """The certificate to whose file something was added, if the file begins with one that was issued here."""
    for end in ends_of_revisions(pdf):
        found = check(sha256=hashlib.sha256(pdf[:end]).digest())
        if found:
            return found
    return None


def seals_of(pdf: bytes) -> list[Finding]:
    """The seals and signatures of a file, whatever its bytes are; none where it cannot be read."""
    return signatures_of(pdf, trusted=certificates_of_house()) or []
