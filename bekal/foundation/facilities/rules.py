"""Rules of facilities: pure."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken

MAX_LOGO_BYTES = 300_000
_PNG = b"\x89PNG\r\n\x1a\n"
# A paper in a person's hands must not say where they were; these words do.
_SAYS_PRISON = re.compile(
    r"\b(lapas|rutan|lpka|bapas|pemasyarakatan|penjara|narapidana|tahanan|napi|wbp)\b", re.IGNORECASE
)


def check_code(code: str) -> None:
    """A code stands in letters' numbers: 2 to 12 capital letters and digits."""
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,11}", code):
        raise RuleBroken(_("A code has 2 to 12 capital letters or digits and begins with a letter."), field="code")


def check_regency(code: str, regencies: Mapping[str, object]) -> None:
    """The regency is one of the official codes."""
    if code not in regencies:
        raise RuleBroken(_("This regency is not in the list of official codes."), field="regency_code")


def check_takes_office(from_on: date) -> None:
    """Nobody who signs here took office before there was a republic: such a year is a slip of the pen.

    Raises:
        RuleBroken: the day lies before 17 August 1945.
    """
    if from_on < date(1945, 8, 17):
        raise RuleBroken(_("This day lies too far back. Look at the year."), field="from_on")


def says_prison(text: str) -> bool:
    """Whether a text that leaves the house in a person's hands would tell where they were."""
    return bool(_SAYS_PRISON.search(text))


def check_neutral(text: str, *, field: str) -> None:
    """What a certificate prints does not say prison.

    Raises:
        RuleBroken: the text names a kind of facility.
    """
    if says_prison(text):
        raise RuleBroken(
            _("This stands on certificates that people show to employers: name no prison in it."), field=field
        )


def check_logo(content: bytes) -> None:
    """A logo is a PNG picture of at most 300 KB."""
    if len(content) > MAX_LOGO_BYTES or not content.startswith(_PNG):
        raise RuleBroken(_("A logo is a PNG picture of at most 300 KB."), field="logo")
