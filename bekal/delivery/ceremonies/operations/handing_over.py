"""Handing over: who received the paper, who was absent, to whom it will be sent. Recorded, corrected, undone."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus, HandOverOutcome
from bekal.delivery.ceremonies.models import Ceremony, HandOver
from bekal.delivery.ceremonies.operations.planning import locked
from bekal.delivery.programmes.models import Batch
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.days import clock
from bekal.foundation.core.moves import check_move
from bekal.foundation.core.refusals import Changed, RuleBroken


@transaction.atomic
def record_hand_overs(
    *,
    ceremony: Ceremony,
    batch: Batch,
    read: Mapping[UUID, str],
    entered: Mapping[UUID, str],
    handed_by: str,
    is_rest_received: bool = False,
    by: User,
    at: datetime,
) -> int:
    """Record what became of the certificates of a batch, and say how many rows changed (simpan penyerahan).

    `read` is what the form showed when it was opened, `entered` what it says now, by the row's public id. Rows that the
    officer did not touch stay as somebody else may have left them; with `is_rest_received` those of them that nobody has recorded
    are received (terima sisanya).

    Raises:
        Changed: somebody else changed one of the touched rows meanwhile, to something else. Nothing is saved.
    """
    rows = {row.public_id: row for row in _held(ceremony, batch)}
    if is_rest_received:
        waiting = [key for key, row in rows.items() if row.outcome == HandOverOutcome.WAITING]
        entered = dict.fromkeys(waiting, HandOverOutcome.RECEIVED.value) | dict(entered)
    touched = [
        row
        for key, row in rows.items()
        if entered.get(key) and entered[key] != read.get(key, row.outcome) and entered[key] != row.outcome
    ]
    clash = next((row for row in touched if row.outcome != read.get(row.public_id, row.outcome)), None)
    if clash:
        raise Changed(_who_was_faster(clash))
    for row in touched:
        check_move(rules.HAND_OVER_MOVES, row.outcome, entered[row.public_id])
        _write(row, entered[row.public_id], handed_by=handed_by, by=by, at=at)
    _note("ceremonies.hand_overs.recorded", ceremony, batch, len(touched), by=by, at=at)
    return len(touched)


def _held(ceremony: Ceremony, batch: Batch) -> QuerySet[HandOver]:
    """The rows of a batch, held; while certificates are in people's hands or on the way there."""
    ceremony = locked(ceremony)
    if ceremony.status not in (CeremonyStatus.UNDER_WAY, CeremonyStatus.ENDED):
        raise RuleBroken(_("Handing over begins when all certificates are issued."))
    rows = queries.hand_overs_of(ceremony, batch=batch).select_related(None)
    return rows.select_for_update(of=("self",), no_key=True)


def _who_was_faster(row: HandOver) -> str:
    facility, recorded = row.facility, row.recorded_at
    return _(
        "%(name)s recorded something else in this list at %(time)s. Yours is not saved and not lost: compare both."
    ) % {
        "name": row.recorded_by.name if row.recorded_by else "–",
        "time": clock(facility.at_local(recorded)) if recorded else "–",
    }


def _write(row: HandOver, outcome: str, *, handed_by: str, by: User, at: datetime) -> None:
    row.outcome, row.recorded_by, row.recorded_at = outcome, by, at
    row.handed_by = handed_by if outcome == HandOverOutcome.RECEIVED else ""
    row.save(update_fields=["outcome", "handed_by", "recorded_by", "recorded_at"])


def _note(code: str, ceremony: Ceremony, batch: Batch, rows: int, *, by: User, at: datetime) -> None:
    if rows:
        audit.record(code, on=ceremony, by=by, at=at, payload={"batch": str(batch.public_id), "rows": rows})


@transaction.atomic
def undo_hand_overs(*, ceremony: Ceremony, batch: Batch, by: User, at: datetime) -> int:
    """Take back the officer's own latest save in a batch (urungkan): each row says again what it said before.

    Raises:
        RuleBroken: the latest save was somebody else's, or there is none.
    """
    rows = list(_held(ceremony, batch))
    latest = max((row.recorded_at for row in rows if row.recorded_at), default=None)
    mine = [row for row in rows if row.recorded_at == latest and row.recorded_by_id == by.pk]
    if latest is None or not mine:
        raise RuleBroken(_("There is nothing of yours to undo here: the latest entry is somebody else's."))
    for row in mine:
        before = row.past.order_by("-pgh_id").first()
        _write(row, before.outcome, handed_by=before.handed_by, by=by, at=at)
    _note("ceremonies.hand_overs.undone", ceremony, batch, len(mine), by=by, at=at)
    return len(mine)
