"""What the master of ceremonies says, line by line, from the running order and the turns. Pure, and always Indonesian."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A line of the running order: the hour as written, what happens, who leads it, what is noted."""

    hour: str
    title: str
    in_charge: str = ""
    note: str = ""


@dataclass(frozen=True)
class Giving:
    """Of one batch, by its name: who takes the tags back, who hands the certificates over, whose names may be called first."""

    batch: str
    tags_by: str = ""
    certificates_by: str = ""
    receivers: Sequence[str] = ()


def spoken(part: Part) -> str:
    """What is said at a line of the running order."""
    if part.in_charge:
        return f"Acara berikutnya, {part.title}. Kepada {part.in_charge}, waktu dan tempat kami persilakan."
    return f"Acara berikutnya, {part.title}."


def spoken_givings(givings: Sequence[Giving]) -> list[str]:
    """What is said when tags come back and certificates are handed over, batch by batch in calling order."""
    return [sentence for giving in givings for sentence in _of(giving)]


def _of(giving: Giving) -> list[str]:
    sentences = []
    if giving.tags_by:
        sentences.append(
            f"Pelepasan tanda peserta {giving.batch}. Kepada {giving.tags_by}, kami persilakan melepas tanda peserta."
        )
    if giving.certificates_by:
        sentences.append(
            f"Penyerahan sertifikat {giving.batch}. Kepada {giving.certificates_by}, kami persilakan menyerahkan sertifikat."
        )
    if giving.receivers:
        sentences.append(f"Sebagai penerima simbolis kami undang maju ke depan: {together(giving.receivers)}.")
    return sentences


def together(names: Sequence[str]) -> str:
    """`A`, `A dan B`, `A, B, dan C`."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
