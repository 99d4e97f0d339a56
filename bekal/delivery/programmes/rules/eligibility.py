"""What a programme asks of a person. Each criterion is a function of the same name as its code in `CriterionRule`.

Legal dates are taken as they were imported, never computed. What is not known is never counted as met.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from bekal.delivery.programmes.choices import CriterionRule
from bekal.foundation.core.refusals import RuleBroken


class Finding(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    WILL_BE = "will_be"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Facts:
    """What is known of a person's stay: standing, sentence, legal dates as imported, group of the offence."""

    standing: str
    sentence: tuple[int, int, int] | None = None
    third_on: date | None = None
    half_on: date | None = None
    two_thirds_on: date | None = None
    expires_on: date | None = None
    offence_group: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was found, and from which day on it will be met where time alone does it."""

    finding: Finding
    on: date | None = None
    label: str = ""

    @property
    def is_met(self) -> bool:
        return self.finding == Finding.MET


def _met(is_met: bool) -> Verdict:
    return Verdict(Finding.MET if is_met else Finding.NOT_MET)


UNKNOWN = Verdict(Finding.UNKNOWN)


def standing_is(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """The person's standing is one of those named, parted by a bar: `sentenced|child`."""
    return _met(facts.standing in value.split("|")) if facts.standing else UNKNOWN


def remaining_days_at_least(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """At least so many days lie between the end of the batch and the expiry of the sentence."""
    return UNKNOWN if facts.expires_on is None else _met((facts.expires_on - ends_on).days >= int(value))


def served_fraction_at_least(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """The imported day of 1/3, 1/2 or 2/3 lies not after the first day of the batch."""
    days = {"1/3": facts.third_on, "1/2": facts.half_on, "2/3": facts.two_thirds_on}
    day = days.get(value)
    if day is None:
        return UNKNOWN
    return Verdict(Finding.MET, day) if day <= starts_on else Verdict(Finding.WILL_BE, day)


def _months(sentence: tuple[int, int, int]) -> Fraction:
    """The length in months; days count as parts of a month of thirty, enough to tell longer from shorter."""
    years, months, days = sentence
    return Fraction(years * 12 + months) + Fraction(days, 30)


def sentence_at_most_months(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """The sentence is not longer than so many months."""
    return _met(_months(facts.sentence) <= int(value)) if facts.sentence else UNKNOWN


def sentence_at_least_months(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """The sentence is not shorter than so many months."""
    return _met(_months(facts.sentence) >= int(value)) if facts.sentence else UNKNOWN


def offence_group_is(facts: Facts, value: str, *, starts_on: date, ends_on: date) -> Verdict:
    """The offence belongs to one of the groups named, parted by a bar."""
    return _met(facts.offence_group in value.split("|")) if facts.offence_group else UNKNOWN


_Rule = Callable[..., Verdict]
RULES: dict[str, _Rule] = {
    CriterionRule.STANDING_IS: standing_is,
    CriterionRule.REMAINING_DAYS_AT_LEAST: remaining_days_at_least,
    CriterionRule.SERVED_FRACTION_AT_LEAST: served_fraction_at_least,
    CriterionRule.SENTENCE_AT_MOST_MONTHS: sentence_at_most_months,
    CriterionRule.SENTENCE_AT_LEAST_MONTHS: sentence_at_least_months,
    CriterionRule.OFFENCE_GROUP_IS: offence_group_is,
}
_NUMBERS = {
    CriterionRule.REMAINING_DAYS_AT_LEAST,
    CriterionRule.SENTENCE_AT_MOST_MONTHS,
    CriterionRule.SENTENCE_AT_LEAST_MONTHS,
}


def judge(rule: str, value: str, facts: Facts, *, starts_on: date, ends_on: date) -> Verdict:
    """What one criterion says of a person for a batch that runs from `starts_on` to `ends_on`."""
    return RULES[rule](facts, value, starts_on=starts_on, ends_on=ends_on)


def released_before(facts: Facts, *, ends_on: date) -> Verdict:
    """Nobody is placed in a batch that ends after the expected release unless someone says why.

    The expected release is the imported expiry; a leave granted earlier is an exit by law, known when granted.
    """
    label = _("Still here when the batch ends")
    if facts.expires_on is None:
        return Verdict(Finding.UNKNOWN, label=label)
    return Verdict(Finding.MET if facts.expires_on >= ends_on else Finding.NOT_MET, label=label)


def judge_all(
    criteria: Iterable[tuple[str, str, str]], facts: Facts, *, starts_on: date, ends_on: date
) -> list[Verdict]:
    """The verdict of each criterion (rule, value, label), and of the house's own rule about the release."""
    found = []
    asks_release = False
    for rule, value, label in criteria:
        verdict = judge(rule, value, facts, starts_on=starts_on, ends_on=ends_on)
        found.append(Verdict(verdict.finding, verdict.on, label))
        asks_release = asks_release or rule == CriterionRule.REMAINING_DAYS_AT_LEAST
    return found if asks_release else [*found, released_before(facts, ends_on=ends_on)]


def is_eligible(verdicts: Iterable[Verdict]) -> bool:
    """Whether everything asked is met."""
    return all(verdict.is_met for verdict in verdicts)


def needs_exception(verdicts: Iterable[Verdict], *, reason: str) -> None:
    """Whoever lacks something may be proposed only with a reason.

    Raises:
        RuleBroken: naming what is missing.
    """
    lacking = [verdict.label for verdict in verdicts if not verdict.is_met]
    if lacking and not reason.strip():
        raise RuleBroken(
            _("Not everything is met: %(what)s. Say why this person is proposed all the same.")
            % {"what": ", ".join(lacking)},
            field="exception_reason",
        )


def read_value(rule: str, said: str, *, known: Mapping[str, Mapping[str, str]]) -> str:
    """The value of a criterion as it is kept: a number, a fraction of the sentence, or codes of a table parted by `|`.

    `known` holds, for the rules that ask for codes, each code and how officers say it. They may say either, with commas.

    Raises:
        RuleBroken: with what would fit.
    """
    if rule in _NUMBERS and not (said.isdecimal() and len(said) <= 5):
        raise RuleBroken(_("This rule asks for a whole number."), field="value")
    if rule == CriterionRule.SERVED_FRACTION_AT_LEAST and said not in ("1/3", "1/2", "2/3"):
        raise RuleBroken(_("This rule asks for 1/3, 1/2 or 2/3."), field="value")
    if rule not in known:
        return said
    codes = {word.casefold(): code for code, label in known[rule].items() for word in (code, label)}
    words = [word.strip().casefold() for word in said.replace("|", ",").split(",")]
    if not codes.keys() >= set(words):
        labels = ", ".join(sorted(known[rule].values()))
        raise RuleBroken(_("This rule asks for one or more of: %(words)s.") % {"words": labels}, field="value")
    return "|".join(codes[word] for word in words)
