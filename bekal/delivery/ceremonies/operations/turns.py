"""Who takes the tags back and who hands the certificates over, batch by batch."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.delivery.ceremonies import queries, rules
from bekal.delivery.ceremonies.models import Ceremony, Guest, HandOverTurn, SymbolicReceiver
from bekal.delivery.ceremonies.operations.planning import check_unchanged, locked
from bekal.delivery.programmes.models import Batch, Enrolment
from bekal.foundation.accounts.models import User
from bekal.foundation.audit import operations as audit
from bekal.foundation.core.refusals import RuleBroken
from bekal.foundation.facilities.models import Official

TURNS_SET = "ceremonies.turns.set"
Giver = Official | Guest | None


@transaction.atomic
def set_turns(
    *,
    ceremony: Ceremony,
    givers: Mapping[tuple[Batch, str], Giver],
    read_version: str | None = None,
    by: User,
    at: datetime,
) -> Ceremony:
    """Say who takes the tags back and hands the certificates over (bagi penyerahan), for each batch and kind of turn.

    Raises:
        Changed: somebody else said it since `read_version`.
        RuleBroken: the ceremony is over, or somebody named is neither an official in office nor a guest of this ceremony.
    """
    ceremony = locked(ceremony)
    check_unchanged(ceremony, TURNS_SET, read=read_version)
    rules.check_guests_may_change(ceremony.status)
    officials, guests = queries.givers_for(ceremony)
    closing = {row.batch_id for row in queries.batches_of(ceremony)}
    for (batch, what), giver in givers.items():
        if batch.pk not in closing or (giver is not None and giver not in [*officials, *guests]):
            raise RuleBroken(_("Somebody chosen is not on the list any more. Choose again."))
        chosen = {
            "official": giver if isinstance(giver, Official) else None,
            "guest": giver if isinstance(giver, Guest) else None,
        }
        HandOverTurn.objects.update_or_create(
            ceremony=ceremony,
            batch=batch,
            what=what,
            defaults=chosen,
            create_defaults={**chosen, "facility": ceremony.facility},
        )
    turns = sum(giver is not None for giver in givers.values())
    audit.record(TURNS_SET, on=ceremony, by=by, at=at, payload={"turns": turns})
    return ceremony


@transaction.atomic
def set_receivers(
    *, ceremony: Ceremony, receivers: Mapping[Batch, Enrolment | None], by: User, at: datetime
) -> Ceremony:
    """Say who comes forward for each batch (penerima simbolis); batches that the officer does not see stay as they are.

    Raises:
        RuleBroken: the ceremony is over, or somebody chosen does not consent to be photographed on its day.
    """
    ceremony = locked(ceremony)
    rules.check_guests_may_change(ceremony.status)
    may = queries.who_may_receive(ceremony)
    for batch, enrolment in receivers.items():
        if enrolment is not None and enrolment not in may.get(batch.pk, []):
            raise RuleBroken(
                _("Somebody chosen does not consent to photos on that day. Choose again: to refuse costs nothing.")
            )
        SymbolicReceiver.objects.update_or_create(
            ceremony=ceremony,
            batch=batch,
            defaults={"enrolment": enrolment},
            create_defaults={
                "enrolment": enrolment,
                "facility": ceremony.facility,
                "is_confidential": batch.programme.is_confidential,
            },
        )
    chosen = sum(enrolment is not None for enrolment in receivers.values())
    audit.record("ceremonies.receivers.set", on=ceremony, by=by, at=at, payload={"receivers": chosen})
    return ceremony
