"""The first text for the press, drafted from facts. Pure, and always Indonesian.

The draft knows no names: `PressFacts` has no place for one. Numbers of people below `SMALLEST_TOLD` are not told, nor a sum
from which they could be found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bekal.delivery.ceremonies.rules.script import together
from bekal.foundation.core.days import indonesian_full_day
from bekal.foundation.core.words import in_words

# Fewer people than this can be known by whoever knows the house (practice of official statistics; the office's own choice).
SMALLEST_TOLD = 5


@dataclass(frozen=True)
class PressBatch:
    """A batch as the facility announces it: its name, how many take part in the closing, its hours."""

    name: str
    people: int
    hours_jp: int


@dataclass(frozen=True)
class PressFacts:
    """All that the draft may know. People stand here by number, officials and guests by post."""

    facility: str
    town: str
    title: str
    day: date
    hour: str
    place: str
    is_ahead: bool
    batches: Sequence[PressBatch]
    tags_by: Sequence[str] = ()
    certificates_by: Sequence[str] = ()
    attended: Sequence[str] = ()
    has_families: bool = False
    checked_at: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Draft:
    """A title and paragraphs."""

    title: str
    paragraphs: Sequence[str]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def drafted(facts: PressFacts) -> Draft:
    """The first text for the press, from the facts and nothing else."""
    paragraphs = (_lead(facts), _of_batches(facts), _of_giving(facts), _of_guests(facts), *_closing(facts))
    return Draft(f"{facts.facility} {_now(facts, 'Gelar')} {facts.title}", [part for part in paragraphs if part])


def _now(facts: PressFacts, verb: str) -> str:
    """What happens, or what will happen: a text may be drafted before the day."""
    return f"{'Akan ' if verb[0].isupper() else 'akan '}{verb}" if facts.is_ahead else verb


def _lead(facts: PressFacts) -> str:
    day = indonesian_full_day(facts.day)
    return (
        f"{facts.town.upper()} – {facts.facility} {_now(facts, 'menggelar')} {facts.title} di {facts.place}, {day}, "
        f"pukul {facts.hour}."
    )


def people_told(number: int) -> str:
    """`20 (dua puluh) peserta`; fewer than can be told are `beberapa peserta`, nobody is nothing."""
    if number <= 0:
        return ""
    return "beberapa peserta" if number < SMALLEST_TOLD else f"{number} ({in_words(number)}) peserta"


def _of_batches(facts: PressFacts) -> str:
    told = [f"Acara ini {_now(facts, 'menutup')} {len(facts.batches)} ({in_words(len(facts.batches))}) angkatan."]
    told += [_of_batch(batch) for batch in facts.batches]
    numbers = [batch.people for batch in facts.batches if batch.people]
    sentences = [" ".join(told)]
    # One small number could be found by subtracting the others from the sum.
    if len(numbers) > 1 and min(numbers) >= SMALLEST_TOLD:
        sentences.append(f"Seluruhnya {people_told(sum(numbers))}.")
    return " ".join(part for part in sentences if part)


def _of_batch(batch: PressBatch) -> str:
    hours = f"berlangsung {batch.hours_jp} jam pelajaran" if batch.hours_jp else ""
    people = people_told(batch.people)
    said = ", ".join(part for part in (hours, f"diikuti {people}" if people else "") if part)
    return f"{batch.name} {said}." if said else f"{batch.name}."


def _of_giving(facts: PressFacts) -> str:
    tags = f"tanda peserta {_now(facts, 'dilepas')}{_by(facts.tags_by)}"
    certificates = f"sertifikat {_now(facts, 'diserahkan')}{_by(facts.certificates_by)}"
    return f"Pada acara ini {tags} dan {certificates}."


def _by(posts: Sequence[str]) -> str:
    return f" oleh {together(posts)}" if posts else ""


def _of_guests(facts: PressFacts) -> str:
    guests = [*facts.attended, *(["keluarga peserta"] if facts.has_families else [])]
    return f"Acara ini {_now(facts, 'dihadiri')} {together(guests)}." if guests else ""


def _closing(facts: PressFacts) -> list[str]:
    checked = f"Keaslian sertifikat dapat diperiksa siapa saja di {facts.checked_at}." if facts.checked_at else ""
    kept = "Nama peserta tidak dimuat untuk melindungi hak mereka setelah kembali ke masyarakat."
    return [checked, kept, f"Narahubung: {facts.contact}" if facts.contact else ""]
