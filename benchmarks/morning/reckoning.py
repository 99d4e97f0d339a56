"""After the morning: is everything there that was acknowledged, is nothing there by half?"""

import time
from dataclasses import dataclass, field

from benchmarks.morning.officers import ROWS
from benchmarks.morning.promises import Marked, Promise


@dataclass
class Reckoning:
    """How much was acknowledged and kept; every fault in words."""

    acknowledged: int
    kept: int
    faults: list[str] = field(default_factory=list)


def wait_for_work(seconds: float = 120) -> bool:
    """Until no job waits or runs; whether that came."""
    from bekal.foundation.accounts.access import scope_of
    from bekal.foundation.accounts.queries import system_user
    from bekal.foundation.core.scope import entered
    from bekal.foundation.jobs.choices import JobState
    from bekal.foundation.jobs.models import Job

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with entered(scope_of(system_user())):
            if not Job.objects.exclude(state__in=(JobState.DONE, JobState.FAILED)).exists():
                return True
        time.sleep(0.5)
    return False


def reckon(promises: list[Promise]) -> Reckoning:
    """Compare the house with what it said."""
    from bekal.foundation.accounts.access import scope_of
    from bekal.foundation.accounts.queries import system_user
    from bekal.foundation.core.scope import entered

    with entered(scope_of(system_user())):
        last = {promise.session: promise for promise in promises if isinstance(promise, Marked)}
        lasting = [promise for promise in promises if not isinstance(promise, Marked)] + list(last.values())
        lost = [promise for promise in lasting if not promise.is_kept()]
        missing = _saves_without_trace(promises)
        found = Reckoning(len(promises), len(promises) - len(lost) - missing)
        found.faults += [f"lost: {promise}" for promise in lost]
        found.faults += [f"{missing} saved sheets left no event"] if missing else []
        found.faults += [*_half_lists(), *_gaps(), *_broken_rules()]
    return found


def _saves_without_trace(promises: list[Promise]) -> int:
    """Sheets that were acknowledged more often than the trail says that they were saved."""
    from bekal.foundation.audit.models import Event

    said = [promise.session for promise in promises if isinstance(promise, Marked)]
    return sum(
        max(
            0,
            said.count(session) - Event.objects.filter(code="programmes.attendance.recorded", subject=session).count(),
        )
        for session in set(said)
    )


def _half_lists() -> list[str]:
    """Lists of which some rows are here and others are not, and sheets marked in part."""
    from django.db.models import Count, Sum

    from bekal.delivery.programmes.models import Session
    from bekal.people.models import Custody

    lists: dict[tuple[str, int], int] = {}
    for code, number in Custody.objects.values_list("facility__code", "register_number"):
        running = int(number.split()[1].split("/")[0])
        if running >= 30000:
            lists[code, running // 100] = lists.get((code, running // 100), 0) + 1
    half = [f"half a list: {key}, {count} of {ROWS}" for key, count in lists.items() if count != ROWS]
    sheets = (
        Session.objects.annotate(rows=Count("attendances"))
        .filter(rows__gt=0)
        .annotate(hours=Sum("attendances__counted_jp"))
    )
    return half + [f"half a sheet: {sheet}" for sheet in sheets if sheet.hours not in (0, sheet.rows * sheet.jp)]


def _gaps() -> list[str]:
    """Numbers that are missing in a series, or given twice."""
    from bekal.foundation.papers.models import Series

    return [
        f"numbers of {series.kind}: {len(given)} papers, last number {series.last_number}"
        for series in Series.objects.all()
        if (given := sorted(series.papers.values_list("sequence", flat=True))) != list(range(1, series.last_number + 1))
    ]


def _broken_rules() -> list[str]:
    """What the house itself finds: rows that should not exist, breaks of the chain, work that failed."""
    from bekal.foundation.audit.queries import breaks
    from bekal.foundation.core.invariants import violations
    from bekal.foundation.jobs.models import Job

    failed = Job.objects.filter(state="failed").count()
    return [
        *(f"{violation.invariant}: {violation.row}" for violation in violations()),
        *(f"chain: {found}" for found in breaks()),
        *([f"{failed} jobs failed"] if failed else []),
    ]
