"""A closing with its batches, as small as it can be."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bekal.delivery.ceremonies import operations, queries
from bekal.delivery.ceremonies.models import Ceremony
from bekal.delivery.certificates.tests.factories import NAMES, enrol, make_batch, make_person
from bekal.delivery.programmes.models import Batch, Session, Tag
from bekal.foundation.accounts.models import User
from bekal.foundation.facilities.models import Facility, Official


def make_running_batch(
    facility: Facility, *, code: str, by: User, at: datetime, kind: str = "training", people: int = 3
) -> Batch:
    """A batch whose only session was held and attended by all, one step before closing."""
    batch = make_batch(facility, code=code, at=at, kind=kind, status="running")
    session = Session.objects.create(
        facility=facility,
        batch=batch,
        number=1,
        held_on=at.date() - timedelta(days=7),
        starts_at=time(9),
        ends_at=time(12),
        place=batch.place,
        shares_place=True,
        jp=4,
        status="held",
        held_jp=4,
        recorded_by=by,
        recorded_at=at,
    )
    for number, name in enumerate(NAMES[:people], start=1):
        enrolment = enrol(batch, make_person(facility, f"{name} {code}", at=at), by=by, at=at, status="enrolled")
        hidden = enrolment.is_confidential
        tag = f"{code}-{number}"
        Tag.objects.create(
            facility=facility, batch=batch, enrolment=enrolment, is_confidential=hidden, number=number, code=tag
        )
        session.attendances.create(
            facility=facility,
            enrolment=enrolment,
            is_confidential=hidden,
            is_present=True,
            participation="active",
            counted_jp=4,
            recorded_by=by,
            recorded_at=at,
        )
    return batch


def make_ceremony(facility: Facility, batches: Sequence[Batch], *, by: User, at: datetime) -> Ceremony:
    """A closing planned for these batches, in this order."""
    return operations.plan_ceremony(
        facility=facility,
        title="Penutupan pelatihan",
        held_on=at.date() + timedelta(days=1),
        starts_at=time(8, 30),
        place="Aula",
        signatory=Official.objects.filter(facility=facility, is_head=True).order_by("pk")[0],
        batches=batches,
        handed_over_by="Ibu Kartika",
        by=by,
        at=at,
    )


def issue_all(ceremony: Ceremony, *, by: User, at: datetime) -> Ceremony:
    """Close the batches and do at once what the job would do."""
    operations.close_batches(ceremony=ceremony, by=by, at=at)
    for position, enrolment in enumerate(queries.calling_order(ceremony), start=1):
        operations.issue_in_turn(ceremony=ceremony, enrolment=enrolment, position=position, by=by, at=at)
    return operations.begin_handing_over(ceremony=ceremony, by=by, at=at)


def receive_all(ceremony: Ceremony, batch: Batch, *, by: User, at: datetime) -> int:
    """Record as received whatever of a batch nobody has recorded yet."""
    return operations.record_hand_overs(
        ceremony=ceremony, batch=batch, read={}, entered={}, handed_by="", is_rest_received=True, by=by, at=at
    )
