"""What becomes of a text for the press, and whether it points at anybody who must not stand in it. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from bekal.delivery.ceremonies.choices import PressStatus
from bekal.foundation.core.moves import Moves
from bekal.foundation.core.refusals import RuleBroken
from bekal.people.rules import search_name

# Changing an approved text takes its approval back; what was released stays as it was.
PRESS_MOVES: Moves = {
    PressStatus.DRAFT: {PressStatus.APPROVED},
    PressStatus.APPROVED: {PressStatus.DRAFT, PressStatus.RELEASED},
    PressStatus.RELEASED: frozenset(),
}

# Parts of names that half the country shares: two of them side by side are nobody yet.
_SHARED = frozenset(
    "i ni wayan made nyoman ketut gede kadek komang putu luh anak agung ayu dewa dewi gusti ngurah ida bagus cokorda"
    " muhammad mohammad ahmad abdul siti nur sri bin binti lalu baiq raden haji s h pd m e st sh".split()
)
_REGISTER = re.compile(
    r"\b[AB]\s*[./-]?\s*(?:IV|V|I{1,3})[./\s-]*[AB]?[./\s-]*\d{1,6}\s*/\s*(?:\d{4}|\d{2})\b", re.IGNORECASE
)
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Mention:
    """Something in a text that points at one person: the line (0 is the title) and the words that stand there."""

    line: int
    said: str
    is_number: bool = False


def mentions(title: str, body: str, *, names: Iterable[str]) -> list[Mention]:
    """Where a text names somebody of `names` (as `search_name` writes them), or holds a register number or a NIK.

    Two words of a name side by side are enough, unless both are words that many share; across the end of a line too.
    """
    lines = [title, *body.splitlines()]
    found = [
        Mention(place, hit[0], is_number=True)
        for place, line in enumerate(lines)
        for pattern in (_REGISTER, _NIK)
        for hit in pattern.finditer(line)
    ]
    words = [(word, place) for place, line in enumerate(lines) for word in _words(line)]
    pairs = {f"{one} {two}": place for (one, place), (two, _next) in pairwise(words)}
    single = dict(reversed(words))
    whole = " ".join(["", *(word for word, _place in words), ""])
    for name in names:
        said = _said(name.split(), pairs, single, whole)
        if said is not None:
            found.append(Mention(said[1], said[0]))
    return sorted(set(found), key=lambda mention: (mention.line, mention.said))


def _words(line: str) -> list[str]:
    # A name is at most so long, a line is not: the words are cut out one by one.
    return [word for part in line.split() for word in search_name(part).split()]


def _said(parts: list[str], pairs: dict[str, int], single: dict[str, int], whole: str) -> tuple[str, int] | None:
    """The words of a name that a text holds and the line of the first of them."""
    if len(parts) == 1:
        return (parts[0], single[parts[0]]) if parts[0] in single else None
    for one, two in pairwise(parts):
        pair = f"{one} {two}"
        if pair in pairs and not {one, two} <= _SHARED:
            return pair, pairs[pair]
    pair = " ".join(parts[:2])
    return (" ".join(parts), pairs[pair]) if pair in pairs and f" {' '.join(parts)} " in whole else None


def check_names_nobody(found: Sequence[Mention], *, is_namesake: bool) -> None:
    """No text for the press holds the name of somebody whom the house serves, nor a register number or NIK.

    `is_namesake` is an officer's word that a name belongs to somebody else; for numbers there is no such word.

    Raises:
        RuleBroken: naming the first line and the words that stand there.
    """
    wrong = [mention for mention in found if mention.is_number or not is_namesake]
    if not wrong:
        return
    first = next((mention for mention in wrong if mention.is_number), wrong[0])
    where = _("The title") if first.line == 0 else _("Line %(n)s") % {"n": first.line}
    if first.is_number:
        raise RuleBroken(
            _(
                '%(where)s holds "%(said)s", a register number or NIK. Take it out: the press hears no number of a person.'
            )
            % {"where": where, "said": first.said}
        )
    raise RuleBroken(
        _(
            '%(where)s holds "%(said)s", words of the name of somebody who is or was here. Take them out; if they are the name '
            "of somebody else, tick that."
        )
        % {"where": where, "said": first.said}
    )
