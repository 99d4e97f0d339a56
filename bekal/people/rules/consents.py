"""What holds for consents: who said what last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken
from bekal.people.choices import ConsentKind, ConsentProof


@dataclass(frozen=True)
class Word:
    """Something a person said about one kind of use: yes (perhaps until a day), or no. Taking a yes back is a no."""

    is_yes: bool
    on: date
    said_at: datetime
    until_on: date | None = None


def last_word(words: Iterable[Word], *, on: date) -> Word | None:
    """The latest word said by a day; of two said on one day the one written down later.

    Of two written down at one instant the narrower one: a no before a yes, a yes that runs out sooner before another.
    """
    said = [word for word in words if word.on <= on]
    return max(said, key=_lateness, default=None)


def _lateness(word: Word) -> tuple[date, datetime, bool, int]:
    return word.on, word.said_at, not word.is_yes, -(word.until_on or date.max).toordinal()


def holds(words: Iterable[Word], *, on: date) -> bool:
    """Whether there is consent on a day: the latest word is a yes and has not run out. No word is no consent."""
    word = last_word(words, on=on)
    return word is not None and word.is_yes and (word.until_on is None or on <= word.until_on)


def check_answer(
    *,
    kind: str,
    proof: str,
    witness_name: str,
    witness_post: str,
    given_on: date,
    until_on: date | None,
    today: date,
) -> None:
    """An answer is to one of the questions, was said by today, and has its proof.

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    if kind not in ConsentKind.values:
        raise RuleBroken(_("Choose what the person was asked about."), field="kind")
    if given_on > today:
        raise RuleBroken(_("An answer cannot lie in the future. Record it once it is given."), field="given_on")
    if until_on is not None and until_on < given_on:
        raise RuleBroken(_("The last day lies before the day of the answer."), field="until_on")
    if proof == ConsentProof.WITNESSED and not (witness_name.strip() and witness_post.strip()):
        raise RuleBroken(
            _("Name the witness and the post: without a signature somebody must have heard it."), field="witness_name"
        )


def check_withdrawal(*, withdrawn_on: date, given_on: date, received_post: str, today: date) -> None:
    """A consent is taken back after it was given, by today, and received by somebody in a post.

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    if withdrawn_on > today:
        raise RuleBroken(_("A withdrawal cannot lie in the future: it holds at once."), field="withdrawn_on")
    if withdrawn_on < given_on:
        raise RuleBroken(_("The consent was given later than that day."), field="withdrawn_on")
    if not received_post.strip():
        raise RuleBroken(_("Say in which post the withdrawal was received."), field="received_post")


LARGEST_SCAN = 5 * 1024 * 1024
_SCANS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def media_type_of_scan(content: bytes) -> str:
    """What a scan is, by its first bytes; what its name says does not count.

    Raises:
        RuleBroken: it is no PDF, JPEG or PNG, or larger than 5 MB.
    """
    if len(content) > LARGEST_SCAN:
        raise RuleBroken(_("The scan is larger than 5 MB. Scan in black and white, or at 150 dpi."), field="scan")
    for beginning, media_type in _SCANS.items():
        if content.startswith(beginning):
            return media_type
    raise RuleBroken(_("A scan is a PDF, JPEG or PNG file."), field="scan")
