"""Rules of numbers and of the clock: pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from string import Formatter

from django.utils.translation import gettext as _

from bekal.foundation.core.days import ROMAN
from bekal.foundation.core.refusals import RuleBroken

# What a number may be made of: its place in the series (with leading noughts), the facility, the month, the year.
PLACEHOLDERS = ("urut", "kode_upt", "bulan", "bulan_romawi", "tahun")
FALLBACK_PATTERN = "{urut:04}/{tahun}"


def write_number(pattern: str, *, sequence: int, day: date, facility_code: str) -> str:
    """The number of a paper: `{urut:04}/{kode_upt}/{bulan_romawi}/{tahun}` gives `0147/MLT/X/2026`."""
    return pattern.format(
        urut=sequence, kode_upt=facility_code, bulan=day.month, bulan_romawi=ROMAN[day.month - 1], tahun=day.year
    )


def check_pattern(pattern: str) -> None:
    """A pattern names `{urut}` and `{tahun}` and nothing that is not known, so that no two papers share a number.

    Raises:
        RuleBroken: with the placeholders that may be used.
    """
    try:
        names = {name for _text, name, _spec, _conversion in Formatter().parse(pattern) if name is not None}
        write_number(pattern, sequence=1, day=date(2026, 1, 1), facility_code="X")
    except (ValueError, KeyError, IndexError, AttributeError):
        names = {"?"}
    if not {"urut", "tahun"} <= names or not names <= set(PLACEHOLDERS) or len(pattern) > 70:
        raise RuleBroken(
            _("A number needs {urut} and {tahun}, and may hold {kode_upt}, {bulan} and {bulan_romawi}."),
            field="pattern",
        )


def default_pattern(formats: Iterable[Mapping[str, str]], kind: str) -> str:
    """The pattern with which a facility begins: the reference table's, until the office chooses its own."""
    return next((row["pattern"] for row in formats if row["kind"] == kind), FALLBACK_PATTERN)


# Two officers at once: whoever began first may seal last, and a slow PC is busy with one page for long.
AT_ONCE = timedelta(minutes=5)


def check_clock(at: datetime, *, last: datetime | None) -> None:
    """Nothing is sealed by a clock that stands before what has already happened; five minutes are two officers at once.

    Raises:
        RuleBroken: the clock is behind the facility's last event.
    """
    if last is not None and at < last - AT_ONCE:
        raise RuleBroken(
            _("The clock of this PC stands before the last entry of the trail. Set the clock, then seal again.")
        )
