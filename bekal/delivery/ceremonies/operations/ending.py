"""The end of a ceremony, and the minutes that say what happened."""

from datetime import datetime, timedelta

from django.db import transaction

from bekal.delivery.ceremonies import documents, queries, rules
from bekal.delivery.ceremonies.choices import CeremonyStatus
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.ceremonies.operations.planning import locked
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.audit import queries as trail
from bekal.foundation.core.moves import check_move
from bekal.foundation.papers import operations as papers
from bekal.foundation.papers.choices import PaperKind


@transaction.atomic
def end_ceremony(*, ceremony: Ceremony, by: User, at: datetime) -> Ceremony:
    """End a ceremony and write its minutes (berita acara), which carry the day's root of the audit trail.

    The events of this transaction take their places in the chain before the minutes are drawn, so that the printed root
    holds all that was recorded until then.
    """
    ceremony = locked(ceremony)
    if ceremony.status == CeremonyStatus.ENDED:
        return ceremony
    check_move(rules.CEREMONY_MOVES, ceremony.status, CeremonyStatus.ENDED)
    counts = queries.counts_of(ceremony)
    rules.check_all_recorded(queries.total(counts.values()).waiting)
    audit.record("ceremonies.ceremony.ended", on=ceremony, by=by, at=at)
    audit.settle()
    root = trail.root_until(ceremony.facility_id, at + timedelta(microseconds=1))
    ceremony.minutes = papers.make_paper(
        kind=PaperKind.CLOSING_MINUTES,
        template=documents.MINUTES,
        data=documents.minutes(ceremony, counts=counts, root=root, by=by, at=at),
        facility=ceremony.facility,
        is_confidential=False,
        by=by,
        at=at,
    )
    ceremony.status, ceremony.ended_at = CeremonyStatus.ENDED, at
    ceremony.save(update_fields=["status", "ended_at", "minutes"])
    return ceremony
