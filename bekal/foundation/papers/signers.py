"""Who seals a paper. One provider now: the facility's own key. Others (BSrE) take the same place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bekal.foundation.facilities.models import Facility
from bekal.foundation.papers.seal_keys import SealKey, key_of
from bekal.foundation.papers.sealing import seal

# Shown wherever a seal is shown: PP 71/2019 art. 60(2) knows certified and non-certified signatures, and this is the second.
LABELS = {"own_key": "segel elektronik, tidak tersertifikasi"}


class Signer(Protocol):
    """Something that seals papers for a facility."""

    @property
    def provider(self) -> str:
        """Its code in `LABELS`."""
        ...

    @property
    def name(self) -> str:
        """The neutral name on the certificate."""
        ...

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate."""
        ...

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """The paper, sealed."""
        ...


@dataclass(frozen=True)
class OwnKeySigner:
    """Seals with the facility's own key, which nobody certified."""

    key: SealKey
    provider: str = "own_key"

    @property
    def name(self) -> str:
        return self.key.subject

    @property
    def fingerprint(self) -> bytes:
        return self.key.fingerprint

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        return seal(pdf, key=self.key, at=at)


def signer_for(facility: Facility) -> Signer:
    """The signer of a facility. Its certificate names the neutral issuer, never the facility."""
    return OwnKeySigner(key_of(facility.public_id, subject=facility.issuer_name))
