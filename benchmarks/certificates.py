"""Certificates a second on one core: number, QR, drawing, seal, database, trail; beside typst alone drawing the same paper.

Ours is `certificates.operations.issue`, one transaction each, as the job of a closing calls it. The floor compiles the same
template with data of the same size and does nothing else. Both alternate in one process, so that a busy machine slows both.
"""

import json
import statistics
import time
from datetime import UTC, date, datetime
from typing import Any

NAME, GOAL = "certificates", 0.3
ROUNDS, A_ROUND = 8, 10


def _house(now: datetime) -> tuple[Any, Any, list[Any]]:
    """A facility with people who have completed a batch: whoever issues, the scope, the parts in the batch."""
    from bekal.delivery.certificates.tests.factories import enrol, make_batch, make_person
    from bekal.foundation.accounts.access import scope_of
    from bekal.foundation.accounts.queries import system_user
    from bekal.foundation.core.scope import entered
    from bekal.foundation.facilities.models import Facility, Official, Place

    by = system_user()
    facility = Facility.objects.create(
        code="UKUR",
        name="Lapas Ukur",
        kind="lapas",
        zone="WITA",
        regency_code="51.02",
        issuer_name="Balai Latihan Amerta",
        issue_place="Amerta",
        asks_at="Balai Latihan Amerta, Jalan Kenari 1, Amerta",
        created_at=now,
    )
    scope = scope_of(by)
    with entered(scope):
        Place.objects.create(facility=facility, name="Dapur", capacity=200)
        Official.objects.create(
            facility=facility, name="I Gede Wira Pranata", post="Kepala", is_head=True, from_on=date(2025, 1, 1)
        )
        batch = make_batch(facility, code="TB2", at=now)
        people = [make_person(facility, f"Peserta {place:03}", at=now) for place in range(ROUNDS * A_ROUND + 2)]
        return by, scope, [enrol(batch, person, by=by, at=now) for person in people]


def _floor_data(printed: dict[str, Any], place: int) -> str:
    """Data of the same shape as what was printed, with other words, so that nothing drawn before helps."""
    from bekal.delivery.certificates.documents import check_address
    from bekal.foundation.papers import qr

    code = f"F7QM-4XTD-{place:04}"
    told = {**printed, "nama": f"Pembanding {place:03}", "kode": code, "qr": qr.svg(check_address(code))}
    return json.dumps(told, ensure_ascii=False)


def run() -> dict[str, Any]:
    """Measure, and say whether the promise holds."""
    import typst

    from bekal.delivery.certificates import operations
    from bekal.foundation.core.scope import entered
    from bekal.foundation.papers import drawing

    now = datetime.now(UTC)
    by, scope, enrolments = _house(now)
    compiler = typst.Compiler(root=str(drawing.TEMPLATES), ignore_system_fonts=True)
    template = str(drawing.TEMPLATES / "sertifikat.typ")

    def ours(enrolment: Any) -> Any:
        with entered(scope):
            return operations.issue(enrolment=enrolment, by=by, at=datetime.now(UTC))

    def floor(data: str) -> None:
        compiler.compile(
            input=template,
            format="pdf",
            pdf_standards=drawing.STANDARDS,
            sys_inputs={"data": data},
            timestamp=int(now.timestamp()),
        )

    # The first of each loads fonts and makes the key: it is not counted.
    printed = ours(enrolments[0]).paper.data
    ours(enrolments[1])
    floor(_floor_data(printed, 9000))
    ratios, ours_seconds, floor_seconds = [], 0.0, 0.0
    for turn in range(ROUNDS):
        todo = enrolments[2 + turn * A_ROUND : 2 + (turn + 1) * A_ROUND]
        data = [_floor_data(printed, turn * A_ROUND + place) for place in range(A_ROUND)]
        start = time.perf_counter()
        for enrolment in todo:
            ours(enrolment)
        between = time.perf_counter()
        for text in data:
            floor(text)
        end = time.perf_counter()
        ratios.append((end - between) / (between - start))
        ours_seconds, floor_seconds = ours_seconds + between - start, floor_seconds + end - between
    ratio, count = statistics.median(ratios), ROUNDS * A_ROUND
    return {
        "name": NAME,
        "ratio": round(ratio, 3),
        "goal": GOAL,
        "better": "higher",
        "holds": ratio >= GOAL,
        "detail": f"{count / ours_seconds:.0f}/s issued, sealed and kept; typst alone {count / floor_seconds:.0f}/s;"
        f" median of {ROUNDS} rounds of {A_ROUND}, one process",
    }
