"""What holds for people and their stays."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from bekal.foundation.core.refusals import RuleBroken
from bekal.people.choices import CustodyEnd

NAME_LENGTH = 160
_APOSTROPHES = re.compile(r"['’ʼ‘`]")
_NO_LETTERS = re.compile(r"[\W_]+")


def search_name(full_name: str) -> str:
    """The name as it is searched: lower case, no accents or apostrophes, one space between words.

    Everything that writes or searches a name comes through here: `I Gusti Ngurah Ra'i, S.Pd.` is `i gusti ngurah rai s pd`.
    """
    plain = full_name
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _NO_LETTERS.sub(" ", _APOSTROPHES.sub("", plain.casefold()))
    return words.strip()[:NAME_LENGTH].rstrip()


def is_named(search: str, term: str) -> bool:
    """Whether every word of `term` begins a word of the name; both as `search_name` writes them."""
    words = search.split()
    return all(any(word.startswith(part) for word in words) for part in term.split())


def masked_nik(nik: str) -> str:
    """`5102…0004`: enough to compare with a card in the hand, too little to copy."""
    return f"{nik[:4]}…{nik[-4:]}"


def digits_of_nik(text: str) -> str:
    """The sixteen digits of a NIK as typed with spaces, dots, hyphens or apostrophes.

    Raises:
        RuleBroken: what is left is not sixteen digits.
    """
    digits = re.sub(r"[\s.\-'’]", "", text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise RuleBroken(_("A NIK has sixteen digits."), field="nik")
    return digits


def offence_group(offence: str | None, *, groups: Iterable[Mapping[str, str]]) -> str:
    """The group of an offence as written: the first of `reference/offence_groups.csv` that fits; empty where none is known."""
    words = (offence or "").casefold()
    return next((group["code"] for group in groups if words and re.search(group["pattern"], words)), "")


def age_on(birth_on: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def days_ahead(day: date | None, today: date) -> int | None:
    """How many days until a day that lies ahead; null for one that does not."""
    return (day - today).days if day is not None and day > today else None


def check_legal_dates(dates: list[date | None]) -> None:
    """1/3, 1/2, 2/3 and expiry, as far as they are known, do not fall.

    Raises:
        RuleBroken: a later one lies before an earlier one.
    """
    known = [day for day in dates if day is not None]
    if known != sorted(known):
        raise RuleBroken(_("The legal dates must follow each other: 1/3, 1/2, 2/3, expiry."), field="expires_on")


def check_end(*, kind: str, ended_on: date, admitted_on: date | None, today: date) -> None:
    """A stay ends in a known way, not before it began and not in the future.

    Raises:
        RuleBroken: naming the field that is wrong.
    """
    if kind not in CustodyEnd.values:
        raise RuleBroken(_("Choose how the stay ended."), field="end_kind")
    if ended_on > today:
        raise RuleBroken(_("A stay cannot end in the future. Record it on the day itself."), field="ended_on")
    if admitted_on is not None and ended_on < admitted_on:
        raise RuleBroken(_("The stay cannot end before the day of admission."), field="ended_on")


def check_birth(*, birth_on: date | None, today: date) -> None:
    """Nobody is born in the future.

    Raises:
        RuleBroken: the day of birth lies after today.
    """
    if birth_on is not None and birth_on > today:
        raise RuleBroken(_("The day of birth lies in the future."), field="birth_on")
