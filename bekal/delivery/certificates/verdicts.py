"""The verdict on a file, for the house itself: known, unchanged, revoked, and what its signatures say."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from bekal.delivery.certificates.checking import ends_of_revisions, seals_of
from bekal.foundation.papers.choices import PaperStatus
from bekal.foundation.papers.models import Paper
from bekal.foundation.papers.verifying import Finding


@dataclass(frozen=True)
class FileVerdict:
    """What is known of a file; None where there is nothing to judge by."""

    known: bool
    unchanged: bool | None
    revoked: bool | None
    signatures: list[Finding]
    reason: str

    @property
    def is_good(self) -> bool:
        return self.known and self.unchanged is True and self.revoked is False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def verdict_on(pdf: bytes) -> FileVerdict:
    """Judge a file against the archive in sight. Whatever the bytes are, there is an answer."""
    seals = seals_of(pdf)
    paper = _paper(pdf)
    if paper:
        revoked = paper.status == PaperStatus.VOIDED
        reason = (
            "Surat ini dicabut atau diganti." if revoked else "Surat ini sah: dikenal, tidak berubah, tidak dicabut."
        )
        return FileVerdict(True, True, revoked, seals, reason)
    original = next((found for end in ends_of_revisions(pdf) if (found := _paper(pdf[:end]))), None)
    if original:
        revoked = original.status == PaperStatus.VOIDED
        return FileVerdict(True, False, revoked, seals, "Berkas ini berubah: ada yang ditambahkan sesudah disegel.")
    if any(seal.is_of_house for seal in seals):
        return FileVerdict(False, False, None, seals, "Berkas ini berubah: segelnya tidak cocok dengan arsip.")
    if pdf[:5] != b"%PDF-":
        return FileVerdict(False, None, None, seals, "Berkas ini bukan PDF.")
    return FileVerdict(False, None, None, seals, "Berkas ini tidak ada dalam arsip, atau rusak.")


def _paper(pdf: bytes) -> Paper | None:
    return Paper.objects.filter(sha256=hashlib.sha256(pdf).digest()).first()
